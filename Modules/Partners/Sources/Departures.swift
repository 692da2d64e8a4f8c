internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

// A partner leaves in the middle of an edition. Its people came on its time or through it, so each of
// them is asked: stay in their own time, or leave. Hours of before stay with the partner.
extension PartnersModule {
  @UseCases var aboutDepartures: [Endpoint] {
    previewDeparture
    endAgreement
    stay
  }

  struct PreviewDeparture: Codable, Sendable {
    let edition: EditionID
    let partner: PartnerID
  }
  struct End: Codable, Sendable {
    let edition: EditionID
    let partner: PartnerID
    let reason: Paragraph
    /// The last day on which people can say whether they stay.
    let answerBy: Day
  }

  /// What ending an agreement does, or did, to the people who came under it.
  struct Departure: Codable, Sendable {
    struct Someone: Codable, Sendable {
      let volunteer: VolunteerID
      let name: Name
      let regime: Regime
      let becomes: Becomes
    }
    /// What becomes of somebody.
    enum Becomes: String, Codable, CaseIterable, Sendable {
      /// Asked whether they stay in their own time.
      case asked
      /// They came in their own time, and go on so, sent by nobody.
      case stays
    }
    let partner: PartnerID
    let partnerName: Name
    let people: [Someone]
  }

  var previewDeparture: UseCase<PreviewDeparture, Departure> {
    .query(
      "partners.preview-departure", "/editions/{edition}/partners/{partner}/departure", by: .staff,
      Words(
        en: "Show whom it would concern if a partner left the edition",
        fr: "Montrer qui serait concerné si un partenaire quittait l’édition"),
      asking: { input, _ in try await currentEdition(input.edition).id }
    ) { (input: PreviewDeparture, edition, transaction) in
      let partner = try transaction.partner(input.partner)
      return Departure(partner, try concerned(by: partner, in: edition, transaction))
    }
  }

  var endAgreement: UseCase<End, Departure> {
    .command(
      "partners.end-agreement", .post, "/editions/{edition}/partners/{partner}/departure",
      by: .staff,
      Words(
        en:
          "End a partner’s part in an edition: its people are asked whether they stay in their own time",
        fr:
          "Mettre fin à la participation d’un partenaire : ses volontaires disent s’ils restent sur leur temps personnel"
      ), problems: ["partners/edition-closed", "partners/not-taking-part"],
      asking: { input, _ in try await currentEdition(input.edition) }
    ) { (input: End, edition, transaction) in
      let today = edition.zone.day(of: transaction.now)
      guard input.answerBy >= today else {
        throw Problem.invalid("answerBy", en: "is past", fr: "est passé")
      }
      let partner = try transaction.partner(input.partner)
      let people = try concerned(by: partner, in: edition.id, transaction)
      let signed = try agreement(of: partner.id, for: edition.id, in: transaction)
      guard signed?.endedOn == nil, signed != nil || !people.isEmpty else {
        throw PartnersError.notTakingPart
      }
      if var signed {
        signed.endedOn = today
        signed.endReason = input.reason
        try transaction.update(&signed)
      }
      for var row in people {
        switch row.becomes {
        case .asked:
          row.askedToStay = input.answerBy
          try transaction.update(&row)
          try transaction.emit(
            AskedToStay(
              edition: edition.id, volunteer: row.id, partner: partner.id,
              answerBy: input.answerBy))
        case .stays: try goOn(&row, from: today, in: transaction)
        }
      }
      try transaction.emit(
        PartnerLeft(edition: edition.id, partner: partner.id, reason: input.reason))
      return Departure(partner, people)
    }
  }

  var stay: UseCase<OneVolunteer, VolunteerView> {
    .command(
      "partners.stay", .post, "/volunteers/{volunteer}/stay", by: .staff(and: .volunteer),
      Words(
        en: "Stay in the edition in one’s own time after one’s partner has left",
        fr: "Rester dans l’édition sur son temps personnel après le départ de son partenaire"),
      problems: ["partners/not-asked", "partners/edition-closed"],
      asking: { (input: OneVolunteer, context) -> Edition in
        let row = try await host.read {
          try visibleVolunteer(input.volunteer, to: context.actor, in: $0)
        }
        return try await currentEdition(row.editionId)
      }
    ) { (input: OneVolunteer, edition, transaction) in
      var row = try visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction)
      guard row.askedToStay != nil, row.withdrawnAt == nil else { throw PartnersError.notAsked }
      try goOn(&row, from: edition.zone.day(of: transaction.now), in: transaction)
      return try VolunteerView(row, in: transaction)
    }
  }

  /// Goes on in their own time, sent by nobody; what they did before stays with their partner.
  private func goOn(
    _ row: inout VolunteerRow, from day: Day, in transaction: Transaction
  ) throws {
    let previous = row.partner
    row.askedToStay = nil
    row.partner = nil
    row.regime = .ownTime
    row.service = nil
    row.profile?.consent = false
    try transaction.update(&row)
    try transaction.emit(
      VolunteerMoved(
        edition: row.editionId, volunteer: row.id, previous: previous, partner: nil,
        regime: row.regime, from: day))
  }

  /// The people of a partner who still take part in an edition.
  private func concerned(
    by partner: PartnerRow, in edition: EditionID, _ connection: any Connection
  ) throws -> [VolunteerRow] {
    try connection.select(
      VolunteerRow.self,
      """
      WHERE edition_id = \(edition) AND partner = \(partner.id) AND withdrawn_at IS NULL
        AND claim_of IS NULL
      """
    ).alphabetical { $0.name }
  }
}

extension PartnersModule.Departure {
  fileprivate init(_ partner: PartnerRow, _ people: [VolunteerRow]) {
    self.init(
      partner: partner.id, partnerName: partner.name,
      people: people.map {
        Someone(volunteer: $0.id, name: $0.name, regime: $0.regime, becomes: $0.becomes)
      })
  }
}

extension VolunteerRow {
  /// What becomes of somebody whose partner leaves.
  fileprivate var becomes: PartnersModule.Departure.Becomes {
    regime == .ownTime ? .stays : .asked
  }
}
