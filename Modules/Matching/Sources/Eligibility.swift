internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

/// A hard rule that keeps a volunteer out of a role.
enum Exclusion: Hashable, Sendable {
  case lacksSkill(Key)
  case levelTooLow(Key, has: Int, needs: Int)
  case notFree([HalfDayID])
  case cannotMeet(Format)
  case noCommonLanguage
  case conflictOfInterest
  /// A job seeker must not volunteer for a previous employer (French labour code, art. L.5425-8).
  case previousEmployer

  /// Why, for the operator's staff. A conflict or a former job is theirs to see, nobody else's.
  func words(_ situation: MatchingCase) -> Words {
    switch self {
    case .lacksSkill(let skill):
      let name = situation.skillName(skill)
      return Words(en: "does not have “\(name.en)”", fr: "n’a pas « \(name.fr) »")
    case .levelTooLow(let skill, let has, let needs):
      let name = situation.skillName(skill)
      return Words(
        en: "“\(name.en)” at level \(has), \(needs) needed",
        fr: "« \(name.fr) » au niveau \(has), \(needs) demandé")
    case .notFree(let days):
      let names = situation.halfDayNames(days)
      return Words(en: "not free on \(names.en)", fr: "pas libre le \(names.fr)")
    case .cannotMeet(let format):
      return Words(
        en: "cannot take part \(format.rawValue)",
        fr: format == .remote
          ? "ne peut pas participer à distance" : "ne peut pas participer sur site")
    case .noCommonLanguage: return Words(en: "no language in common", fr: "aucune langue commune")
    case .conflictOfInterest:
      return Words(en: "declared a conflict of interest", fr: "a déclaré un conflit d’intérêts")
    case .previousEmployer:
      return Words(
        en: "the organisation employed them before", fr: "l’organisation les a employés auparavant")
    }
  }

  /// Whether somebody has some of what is asked for.
  var isOfDegree: Bool {
    switch self {
    case .levelTooLow, .notFree: true
    case .lacksSkill, .cannotMeet, .noCommonLanguage, .conflictOfInterest, .previousEmployer: false
    }
  }

  /// Whether it is about what somebody can do and when, and not about their past.
  var isOfProfile: Bool {
    switch self {
    case .lacksSkill, .levelTooLow, .notFree, .cannotMeet, .noCommonLanguage: true
    case .conflictOfInterest, .previousEmployer: false
    }
  }
}

extension MatchingCase {
  /// “Wed 18 Nov morning, Thu 19 Nov afternoon”; those the calendar does not know are counted.
  func halfDayNames(_ ids: [HalfDayID]) -> Words {
    let known = halfDays.filter { ids.contains($0.id) }
    guard known.count == ids.count else {
      let one = ids.count == 1
      return Words(
        en: one ? "1 half-day" : "\(ids.count) half-days",
        fr: one ? "1 demi-journée" : "\(ids.count) demi-journées")
    }
    let names = known.map(\.shortName)
    return Words(
      en: names.map(\.en).joined(separator: ", "), fr: names.map(\.fr).joined(separator: ", "))
  }
}

extension HalfDay {
  /// “Wed 18 Nov morning”.
  var shortName: Words {
    let parts = day.description.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, let monday = Day("1970-01-05") else { return Words(key.description) }
    let weekday = ((monday.days(until: day) % 7) + 7) % 7
    let (month, number) = (parts[1] - 1, parts[2])
    switch part {
    case .morning:
      return Words(
        en: "\(Self.weekdays.en[weekday]) \(number) \(Self.months.en[month]) morning",
        fr: "\(Self.weekdays.fr[weekday]) \(number) \(Self.months.fr[month]) matin")
    case .afternoon:
      return Words(
        en: "\(Self.weekdays.en[weekday]) \(number) \(Self.months.en[month]) afternoon",
        fr: "\(Self.weekdays.fr[weekday]) \(number) \(Self.months.fr[month]) après-midi")
    }
  }

  private static let weekdays = (
    en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    fr: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
  )
  private static let months = (
    en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    fr: [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
      "octobre", "novembre", "décembre",
    ]
  )
}

/// The hard rules between a volunteer and a role; empty when the pair is eligible.
func exclusions(of volunteer: Volunteer, from role: BriefRole, in brief: Brief) -> [Exclusion] {
  var found: [Exclusion] = []
  if let skill = volunteer.skills.first(where: { $0.skill == role.skill }) {
    if skill.level < role.level {
      found.append(.levelTooLow(role.skill, has: skill.level.value, needs: role.level.value))
    }
  } else {
    found.append(.lacksSkill(role.skill))
  }
  let missing = brief.halfDays.filter { !volunteer.halfDays.contains($0) }
  if !missing.isEmpty { found.append(.notFree(missing)) }
  if !canMeet(volunteer.formats, brief.format) { found.append(.cannotMeet(brief.format)) }
  if Set(volunteer.languages).isDisjoint(with: brief.languages) { found.append(.noCommonLanguage) }
  if volunteer.conflicts.contains(brief.organisation) { found.append(.conflictOfInterest) }
  if volunteer.regime == .jobSeeker, volunteer.previousEmployers.contains(brief.organisation) {
    found.append(.previousEmployer)
  }
  return found
}

private func canMeet(_ formats: [Format], _ format: Format) -> Bool {
  switch format {
  case .onSite: formats.contains(.onSite) || formats.contains(.hybrid)
  case .remote: formats.contains(.remote) || formats.contains(.hybrid)
  case .hybrid: !formats.isEmpty
  }
}
