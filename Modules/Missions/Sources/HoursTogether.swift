internal import Kernel
internal import MissionsAPI
internal import PartnersAPI

// Whoever has many hours to check looks at them once, not line by line.
extension MissionsModule {
  @UseCases var aboutHoursTogether: [Endpoint] {
    validateTogether
  }

  struct ValidateTogether: Codable, Sendable {
    let entries: [HoursEntryID]
    /// Staff only: why they are let in although the hours of their days are closed.
    let late: Paragraph?
  }
  /// What became of several things that were done at once.
  struct ValidatedTogether: Codable, Sendable {
    struct Left: Codable, Sendable {
      let entry: HoursEntryID
      let why: Words
    }
    let validated: [HoursView]
    /// Those that could not be, and why: the others are done all the same.
    let left: [Left]
  }

  var validateTogether: UseCase<ValidateTogether, ValidatedTogether> {
    .command(
      "missions.validate-together", .post, "/hours-validations", by: .staff(and: .member),
      Words(
        en: "Validate hours that wait, several at once; those that cannot be are named",
        fr: "Valider du temps en attente, plusieurs à la fois ; ce qui ne peut l’être est nommé"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: ValidateTogether, viewer, transaction) in
      guard (1...500).contains(input.entries.count) else {
        throw Problem.invalid(
          "entries", en: "name one at least, and 500 at most",
          fr: "indiquez-en une au moins, et 500 au plus")
      }
      var validated: [HoursView] = []
      var left: [ValidatedTogether.Left] = []
      var seen: Set<HoursEntryID> = []
      for entry in input.entries where seen.insert(entry).inserted {
        do {
          validated.append(
            try validate(
              Validate(entry: entry, version: nil, late: input.late), viewer, transaction))
        } catch let error as any UserFacing where !(error is StorageError) {
          // Nothing was written of it: it is judged before its row is.
          left.append(ValidatedTogether.Left(entry: entry, why: error.problem.detail))
        }
      }
      return ValidatedTogether(validated: validated, left: left)
    }
  }
}
