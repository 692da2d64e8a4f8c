internal import AccompanimentAPI
internal import Kernel
internal import ProgrammesAPI

/// What somebody writes into a brief, checked against the catalogue and the edition's calendar.
struct BriefContent: Sendable {
  struct Role: Codable, Sendable {
    let title: Name
    let skill: Key
    let level: SkillLevel
    let niceToHave: [Key]?
    let seats: Whole<1, 10>
  }

  let roles: [Role]
  let halfDays: [HalfDayID]
  let languages: [Language]

  /// Everything that is wrong with it at once.
  func faults(in around: Surroundings) -> [FieldProblem] {
    roleFaults(around.catalogue) + halfDayFaults(around.halfDays) + languageFaults
  }

  private func roleFaults(_ catalogue: Catalogue) -> [FieldProblem] {
    guard (1...10).contains(roles.count) else {
      return [FieldProblem("roles", en: "needs 1 to 10 roles", fr: "demande 1 à 10 rôles")]
    }
    return roles.enumerated().flatMap { index, role in
      var asked = [("roles[\(index)].skill", role.skill)]
      for (place, key) in (role.niceToHave ?? []).enumerated() {
        asked.append(("roles[\(index)].niceToHave[\(place)]", key))
      }
      return asked.filter { catalogue.skill($0.1) == nil }.map { field, key in
        FieldProblem(
          field, en: "“\(key)” is not a skill of the catalogue",
          fr: "« \(key) » n’est pas une compétence du catalogue")
      }
    }
  }

  private func halfDayFaults(_ calendar: [HalfDay]) -> [FieldProblem] {
    if halfDays.isEmpty {
      return [
        FieldProblem(
          "halfDays", en: "needs at least one half-day", fr: "demande au moins une demi-journée")
      ]
    }
    return halfDays.enumerated().compactMap { index, id in
      if !calendar.contains(where: { $0.id == id }) {
        return FieldProblem(
          "halfDays[\(index)]", en: "is not in the calendar of the edition",
          fr: "n’est pas au calendrier de l’édition")
      }
      if halfDays[..<index].contains(id) {
        return FieldProblem(
          "halfDays[\(index)]", en: "is named twice", fr: "est indiquée deux fois")
      }
      return nil
    }
  }

  private var languageFaults: [FieldProblem] {
    languages.isEmpty
      ? [FieldProblem("languages", en: "needs at least one", fr: "en demande au moins une")] : []
  }

  func keptRoles(in transaction: Transaction) -> [BriefRole] {
    roles.map {
      BriefRole(
        id: transaction.newID(), title: $0.title, skill: $0.skill, level: $0.level,
        niceToHave: unique($0.niceToHave ?? []).filter { [skill = $0.skill] in $0 != skill },
        seats: $0.seats)
    }
  }

  var keptLanguages: [Language] { unique(languages) }
}

extension BriefRow {
  /// Checked again before publication: catalogue and calendar may have changed since the draft.
  func faults(in around: Surroundings) -> [FieldProblem] {
    let content = BriefContent(
      roles: roles.map {
        .init(
          title: $0.title, skill: $0.skill, level: $0.level, niceToHave: $0.niceToHave,
          seats: $0.seats)
      }, halfDays: halfDays, languages: languages)
    return missionTypeFaults(missionType, in: around.catalogue) + content.faults(in: around)
  }
}

func missionTypeFaults(_ key: Key, in catalogue: Catalogue) -> [FieldProblem] {
  guard catalogue.missionType(key) == nil else { return [] }
  return [
    FieldProblem(
      "need", en: "its mission type “\(key)” is no longer in the catalogue",
      fr: "son type de mission « \(key) » n’est plus au catalogue")
  ]
}

private func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
  var seen: Set<Element> = []
  return elements.filter { seen.insert($0).inserted }
}
