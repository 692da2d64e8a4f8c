internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension PartnersModule {
  @UseCases var aboutMoves: [Endpoint] {
    changePartner
  }

  struct Move: Codable, Sendable {
    let volunteer: VolunteerID
    let version: Int?
    /// Whom they take part for now; left out, they come on their own.
    let partner: PartnerID?
    let regime: Regime
    /// The part of the company they work in.
    let service: Name?
    /// The first day of the change; today when left out.
    let from: Day?
  }

  var changePartner: UseCase<Move, VolunteerView> {
    .command(
      "partners.change-partner", .put, "/volunteers/{volunteer}/partner", by: .staff,
      Words(
        en:
          "Move a volunteer to another partner; profile and past hours stay, consent is asked anew",
        fr:
          "Passer un volontaire à un autre partenaire ; profil et heures passées restent, l’accord est redemandé"
      ),
      problems: ["partners/edition-closed"],
      asking: { (input: Move, context) -> Edition in
        let row = try await host.read {
          try visibleVolunteer(input.volunteer, to: context.actor, in: $0)
        }
        return try await currentEdition(row.editionId)
      }
    ) { (input: Move, edition, transaction) in
      var row = try visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction)
      try row.expect(version: input.version)
      let partner = try input.partner.map { try transaction.partner($0) }
      let agreed = try partner.flatMap {
        try agreement(of: $0.id, for: row.editionId, in: transaction)
      }
      if let words = objection(to: input.regime, sentBy: partner, under: agreed) {
        throw Problem.invalid("regime", en: words.en, fr: words.fr)
      }
      let previous = row.partner
      row.partner = partner?.id
      row.regime = input.regime
      row.service = input.service
      // What they let one partner see, they did not let another see.
      row.profile?.consent = false
      try transaction.update(&row)
      try transaction.emit(
        VolunteerMoved(
          edition: row.editionId, volunteer: row.id, previous: previous, partner: row.partner,
          regime: row.regime, from: input.from ?? edition.zone.day(of: transaction.now)))
      return try VolunteerView(row, in: transaction)
    }
  }
}
