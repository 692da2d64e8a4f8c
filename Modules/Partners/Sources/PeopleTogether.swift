internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

// Many people at once: written to again, or taken off.
extension PartnersModule {
  @UseCases var aboutPeopleTogether: [Endpoint] {
    remindProfiles
    withdrawTogether
  }

  struct RemindProfiles: Codable, Sendable {
    let edition: EditionID
    /// Everybody without a profile unless some are named.
    let volunteers: [VolunteerID]?
    let personalLine: Paragraph?
  }
  struct Reminded: Codable, Sendable {
    /// How many are written to.
    let reminded: Int
  }
  struct WithdrawTogether: Codable, Sendable {
    let volunteers: [VolunteerID]
    let reason: Paragraph?
  }
  struct WithdrawnTogether: Codable, Sendable {
    let withdrawn: [VolunteerView]
    /// Those who had left already.
    let before: [VolunteerID]
  }

  var remindProfiles: UseCase<RemindProfiles, Reminded> {
    .command(
      "partners.remind-profiles", .post, "/editions/{edition}/profile-reminders", by: .staff,
      Words(
        en: "Invite people who have no profile yet again, once a day at most",
        fr: "Inviter de nouveau les personnes sans profil, une fois par jour au plus"),
      problems: ["partners/edition-closed"],
      asking: { input, _ in try await currentEdition(input.edition) }
    ) { (input: RemindProfiles, edition: Edition, transaction) in
      var rows = try transaction.select(
        VolunteerRow.self,
        """
        WHERE edition_id = \(edition.id) AND completed_at IS NULL AND withdrawn_at IS NULL
          AND claim_of IS NULL AND invite_at IS NULL ORDER BY sequence
        """)
      if let named = input.volunteers {
        let open = Set(rows.map(\.id))
        let faults = named.enumerated().filter { !open.contains($1) }.map { index, _ in
          FieldProblem(
            "volunteers[\(index)]", en: "is nobody without a profile in this edition",
            fr: "n’est pas une personne sans profil de cette édition")
        }
        guard faults.isEmpty else { throw Problem.invalidInput(faults) }
        let wanted = Set(named)
        rows = rows.filter { wanted.contains($0.id) }
      }
      for row in rows {
        try transaction.emit(
          ProfileReminded(
            edition: edition.id, volunteer: row.id, personalLine: input.personalLine))
      }
      return Reminded(reminded: rows.count)
    }
  }

  var withdrawTogether: UseCase<WithdrawTogether, WithdrawnTogether> {
    .command(
      "partners.withdraw-together", .post, "/volunteer-withdrawals", by: .staff(and: .partner),
      Words(
        en: "Withdraw several volunteers at once, or nobody where one of them is unknown",
        fr: "Retirer plusieurs volontaires à la fois, ou personne si l’un d’eux est inconnu")
    ) { (input: WithdrawTogether, transaction) in
      guard (1...500).contains(input.volunteers.count) else {
        throw Problem.invalid(
          "volunteers", en: "name one at least, and 500 at most",
          fr: "indiquez-en un au moins, et 500 au plus")
      }
      var withdrawn: [VolunteerView] = []
      var before: [VolunteerID] = []
      for id in input.volunteers {
        var row = try visibleVolunteer(id, to: transaction.actor, in: transaction)
        guard row.withdrawnAt == nil else {
          if !withdrawn.contains(where: { $0.id == row.id }) { before.append(row.id) }
          continue
        }
        try withdraw(&row, input.reason, in: transaction)
        withdrawn.append(try VolunteerView(row, in: transaction))
      }
      return WithdrawnTogether(withdrawn: withdrawn, before: before)
    }
  }
}
