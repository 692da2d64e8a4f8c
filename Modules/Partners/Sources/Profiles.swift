internal import ApplicationsAPI
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension PartnersModule {
  @UseCases var aboutProfiles: [Endpoint] {
    completeProfile
  }

  /// Where somebody can work; an edition can be both, a meeting cannot.
  enum Meeting: String, Codable, CaseIterable, Sendable {
    case onSite = "on-site"
    case remote

    var format: Format { self == .onSite ? .onSite : .remote }
  }
  struct Complete: Codable, Sendable {
    let volunteer: VolunteerID
    let version: Int?
    let skills: [VolunteerSkill]
    let wishes: [Key]
    let causes: [Key]
    let languages: [Language]
    let halfDays: [HalfDayID]
    let formats: [Meeting]
    let capacity: Whole<1, 3>
    let conflicts: [OrganisationID]
    let previousEmployers: [OrganisationID]
    let consent: Bool
  }
  /// What other modules know that a profile refers to.
  private struct Known: Sendable {
    let skills: Set<Key>
    let calendar: [HalfDay]
    /// What each that was named is called by now: another where two became one.
    let organisations: [OrganisationID: OrganisationID]

    func present(_ ids: [OrganisationID]) -> [OrganisationID] {
      Set(ids.compactMap { organisations[$0] }).sorted()
    }
  }

  var completeProfile: UseCase<Complete, VolunteerView> {
    .command(
      "partners.complete-profile", .put, "/volunteers/{volunteer}/profile",
      by: .staff(and: .volunteer),
      Words(
        en: "Say what a volunteer can do and when; said again, it replaces what was there",
        fr: "Dire ce qu’un volontaire sait faire et quand ; une nouvelle saisie remplace l’ancienne"
      ),
      problems: ["partners/already-withdrawn", "partners/edition-closed"],
      asking: { input, context in
        // Before anything is asked for, so that nobody learns about others' volunteers or editions.
        let row = try await host.read {
          try visibleVolunteer(input.volunteer, to: context.actor, in: $0)
        }
        let edition = try await currentEdition(row.editionId)
        return Known(
          skills: Set(try await programmes.catalogue().skills.map(\.key)),
          calendar: try await programmes.halfDays(of: edition.id),
          organisations: try await known(input.conflicts + input.previousEmployers))
      }
    ) { (input: Complete, known, transaction) in
      var row = try visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction)
      try row.expect(version: input.version)
      guard row.withdrawnAt == nil else { throw PartnersError.alreadyWithdrawn }
      let faults = self.faults(of: input, known)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      let given = Set(input.halfDays)
      row.profile = Profile(
        skills: input.skills, wishes: unique(input.wishes), causes: unique(input.causes),
        languages: unique(input.languages),
        halfDays: known.calendar.map(\.id).filter { given.contains($0) },
        formats: unique(input.formats.map(\.format)), capacity: input.capacity.value,
        conflicts: known.present(input.conflicts),
        previousEmployers: known.present(input.previousEmployers),
        consent: input.consent)
      let first = row.completedAt == nil
      row.completedAt = row.completedAt ?? transaction.now
      try transaction.update(&row)
      if first {
        try transaction.emit(ProfileCompleted(edition: row.editionId, volunteer: row.id))
      } else {
        try transaction.emit(ProfileChanged(edition: row.editionId, volunteer: row.id))
      }
      return try VolunteerView(row, in: transaction)
    }
  }

  /// Those of the organisations that exist.
  private func known(_ ids: [OrganisationID]) async throws -> [OrganisationID: OrganisationID] {
    var known: [OrganisationID: OrganisationID] = [:]
    // A longer list is refused below; asking for each would only keep the others waiting.
    for id in Set(ids.prefix(2 * Self.mostOrganisations)).sorted() {
      do {
        known[id] = try await applications.organisation(id).id
      } catch let error as any UserFacing where error.problem.status == 404 {
        continue
      }
    }
    return known
  }

  private static var mostOrganisations: Int { 50 }

  private func faults(of input: Complete, _ known: Known) -> [FieldProblem] {
    var faults: [FieldProblem] = []
    for (field, empty) in [
      ("skills", input.skills.isEmpty), ("languages", input.languages.isEmpty),
      ("formats", input.formats.isEmpty),
    ] where empty {
      faults.append(FieldProblem(field, en: "name at least one", fr: "indiquez-en au moins un"))
    }
    var seen: Set<Key> = []
    for (index, skill) in input.skills.map(\.skill).enumerated() {
      let field = "skills[\(index)].skill"
      if !known.skills.contains(skill) { faults.append(unknownSkill(field, skill)) }
      if !seen.insert(skill).inserted {
        faults.append(
          FieldProblem(field, en: "“\(skill)” is listed twice", fr: "« \(skill) » figure deux fois")
        )
      }
    }
    for (index, wish) in input.wishes.enumerated() where !known.skills.contains(wish) {
      faults.append(unknownSkill("wishes[\(index)]", wish))
    }
    let days = Set(known.calendar.map(\.id))
    for (index, day) in input.halfDays.enumerated() where !days.contains(day) {
      faults.append(
        FieldProblem(
          "halfDays[\(index)]", en: "is not a half-day of the edition",
          fr: "n’est pas une demi-journée de l’édition"))
    }
    return faults + organisationFaults(in: "conflicts", input.conflicts, known)
      + organisationFaults(in: "previousEmployers", input.previousEmployers, known)
  }

  private func organisationFaults(
    in field: String, _ ids: [OrganisationID], _ known: Known
  ) -> [FieldProblem] {
    guard ids.count <= Self.mostOrganisations else {
      let limit = Self.mostOrganisations
      return [FieldProblem(field, en: "at most \(limit) entries", fr: "\(limit) entrées au plus")]
    }
    return ids.enumerated().filter { known.organisations[$1] == nil }.map { index, _ in
      FieldProblem(
        "\(field)[\(index)]", en: "is no organisation we know",
        fr: "n’est pas une organisation connue")
    }
  }
}

private func unknownSkill(_ field: String, _ key: Key) -> FieldProblem {
  FieldProblem(
    field, en: "the catalogue has no skill “\(key)”",
    fr: "le catalogue n’a pas la compétence « \(key) »")
}

/// Each once, in the order they were given.
private func unique<Item: Hashable>(_ items: [Item]) -> [Item] {
  var seen: Set<Item> = []
  return items.filter { seen.insert($0).inserted }
}
