internal import Kernel
internal import PartnersAPI

extension PartnersModule {
  @UseCases var aboutLeaving: [Endpoint] {
    withdraw
    rejoin
  }

  struct Withdraw: Codable, Sendable {
    let volunteer: VolunteerID
    let reason: Paragraph?
  }

  var withdraw: UseCase<Withdraw, VolunteerView> {
    .command(
      "partners.withdraw", .post, "/volunteers/{volunteer}/withdrawal",
      by: .staff(and: .partner, .volunteer),
      Words(en: "Withdraw a volunteer from the edition", fr: "Retirer un volontaire de l’édition"),
      problems: ["partners/already-withdrawn"]
    ) { (input: Withdraw, transaction) in
      var row = try visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction)
      guard row.withdrawnAt == nil else { throw PartnersError.alreadyWithdrawn }
      try withdraw(&row, input.reason, in: transaction)
      return try VolunteerView(row, in: transaction)
    }
  }

  /// Takes somebody off the edition and says so; who was only claimed is not heard of.
  func withdraw(
    _ row: inout VolunteerRow, _ reason: Paragraph?, in transaction: Transaction
  ) throws {
    row.withdrawnAt = transaction.now
    row.withdrawalReason = reason
    try transaction.update(&row)
    guard row.claimOf == nil else { return }
    try transaction.emit(
      VolunteerWithdrew(edition: row.editionId, volunteer: row.id, reason: reason))
  }

  var rejoin: UseCase<OneVolunteer, VolunteerView> {
    .command(
      "partners.rejoin", .post, "/volunteers/{volunteer}/return", by: .staff,
      Words(
        en: "Let a volunteer who withdrew take part after all",
        fr: "Réinscrire un volontaire qui s’était retiré"),
      problems: ["partners/not-withdrawn", "partners/edition-closed"],
      asking: { input, context in
        let row = try await host.read {
          try visibleVolunteer(input.volunteer, to: context.actor, in: $0)
        }
        _ = try await currentEdition(row.editionId)
      }
    ) { (input: OneVolunteer, _, transaction) in
      var row = try visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction)
      guard row.withdrawnAt != nil else { throw PartnersError.notWithdrawn }
      // The agreement may have been amended while they were away.
      let partner = try row.partner.flatMap { try transaction.find(PartnerRow.self, $0) }
      let agreed = try row.partner.flatMap {
        try agreement(of: $0, for: row.editionId, in: transaction)
      }
      if let words = objection(to: row.regime, sentBy: partner, under: agreed) {
        throw Problem.invalid("volunteer", en: words.en, fr: words.fr)
      }
      row.withdrawnAt = nil
      row.withdrawalReason = nil
      row.inviteAt = nil
      try transaction.update(&row)
      if row.completedAt == nil {
        try transaction.emit(VolunteerRegistered(edition: row.editionId, volunteer: row.id))
      } else {
        try transaction.emit(ProfileCompleted(edition: row.editionId, volunteer: row.id))
      }
      return try VolunteerView(row, in: transaction)
    }
  }
}
