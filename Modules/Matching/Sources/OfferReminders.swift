internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// When the holder of an offer was last written to about it, after the offer itself.
struct OfferLetterRow: Record {
  static let table = "matching_offer_letter"

  /// The offer.
  let id: PlaceID
  let editionId: EditionID
  var sentAt: Instant
}

// Everybody who has not answered an offer yet is written to again at once: never two letters about one offer
// on one day, and whoever gets one is listed first.
extension MatchingModule {
  @UseCases var aboutOfferReminders: [Endpoint] {
    listOpenOffers
    remindOffers
  }

  struct OpenOffers: Codable, Sendable {
    let edition: EditionID
    let after: PageMark?
    let limit: PageSize?
  }
  /// An offer without an answer.
  struct OpenOffer: Codable, Sendable {
    let id: PlaceID
    let volunteer: VolunteerID
    let volunteerName: Name
    let briefTitle: Name
    let roleTitle: Name
    let confirmBy: Instant
    /// When they were last written to about it.
    let sentAt: Instant
    /// Whether a reminder would go to them now: not on a day on which they were written to.
    let isDue: Bool
  }
  struct RemindOffers: Codable, Sendable {
    let edition: EditionID
    /// Everybody who has not answered unless some are named.
    let places: [PlaceID]?
    let personalLine: Paragraph?
  }
  struct OffersReminded: Codable, Sendable {
    /// How many are written to.
    let reminded: Int
    /// How many were written to today already, and are not again.
    let writtenToToday: Int
  }

  var listOpenOffers: UseCase<OpenOffers, Page<OpenOffer>> {
    .query(
      "matching.open-offers", "/editions/{edition}/open-offers", by: .staff,
      Words(
        en: "List offers without an answer, and who a reminder would go to",
        fr: "Lister les offres sans réponse, et à qui irait un rappel"),
      asking: { input, _ in try await programmes.edition(input.edition) }
    ) { (input: OpenOffers, edition: Edition, transaction) in
      try openOffers(of: edition, after: input.after, limit: input.limit, in: transaction)
    }
  }

  var remindOffers: UseCase<RemindOffers, OffersReminded> {
    .command(
      "matching.remind-offers", .post, "/editions/{edition}/offer-reminders", by: .staff,
      Words(
        en: "Remind everybody who has not answered an offer, once a day at most",
        fr: "Rappeler à qui n’a pas répondu à une offre, une fois par jour au plus"),
      asking: { input, _ in try await programmes.edition(input.edition) }
    ) { (input: RemindOffers, edition: Edition, transaction) in
      var rows = try transaction.select(
        PlaceRow.self,
        "WHERE \(part: open(in: edition, at: transaction.now)) ORDER BY number")
      if let named = input.places {
        let open = Set(rows.map(\.id))
        let faults = named.enumerated().filter { !open.contains($1) }.map { index, _ in
          FieldProblem(
            "places[\(index)]", en: "is no offer of this edition that waits for an answer",
            fr: "n’est pas une offre de cette édition qui attend une réponse")
        }
        guard faults.isEmpty else { throw Problem.invalidInput(faults) }
        let wanted = Set(named)
        rows = rows.filter { wanted.contains($0.id) }
      }
      let today = edition.zone.start(of: edition.zone.day(of: transaction.now))
      let letters = try transaction.find(OfferLetterRow.self, all: rows.map(\.id))
      let due = rows.filter { max($0.offeredAt, letters[$0.id]?.sentAt ?? $0.offeredAt) < today }
      for row in due {
        try transaction.noteLetter(about: row)
        try transaction.emit(
          OfferReminded(
            edition: row.editionId, place: row.id, brief: row.brief, role: row.role,
            volunteer: row.volunteer, confirmBy: row.confirmBy,
            personalLine: input.personalLine))
      }
      return OffersReminded(reminded: due.count, writtenToToday: rows.count - due.count)
    }
  }

  private func open(in edition: Edition, at now: Instant) -> SQL {
    "edition_id = \(edition.id) AND state = 'offered' AND confirm_by > \(now)"
  }

  func openOffers(
    of edition: Edition, after: PageMark?, limit: PageSize?, in transaction: Transaction
  ) throws -> Page<OpenOffer> {
    let today = edition.zone.start(of: edition.zone.day(of: transaction.now))
    let page = try transaction.page(
      PlaceRow.self, where: open(in: edition, at: transaction.now), by: "number", after: after,
      limit: limit)
    let letters = try transaction.find(OfferLetterRow.self, all: page.items.map(\.id))
    return page.map { row in
      let sent = max(row.offeredAt, letters[row.id]?.sentAt ?? row.offeredAt)
      return OpenOffer(
        id: row.id, volunteer: row.volunteer, volunteerName: row.volunteerName,
        briefTitle: row.briefTitle, roleTitle: row.roleTitle, confirmBy: row.confirmBy,
        sentAt: sent, isDue: sent < today)
    }
  }

  /// How many open offers there are, and to how many of them a reminder would go now.
  func openOfferCounts(
    of edition: Edition, in transaction: Transaction
  ) throws -> (open: Int, due: Int) {
    let today = edition.zone.start(of: edition.zone.day(of: transaction.now))
    let condition = open(in: edition, at: transaction.now)
    return (
      try transaction.count(PlaceRow.self, "WHERE \(part: condition)"),
      try transaction.count(
        PlaceRow.self,
        """
        WHERE \(part: condition) AND offered_at < \(today) AND NOT EXISTS (
          SELECT 1 FROM matching_offer_letter l
          WHERE l.id = matching_place.id AND l.sent_at >= \(today))
        """)
    )
  }
}

extension Transaction {
  /// Notes that the holder of an offer is written to about it now.
  func noteLetter(about place: PlaceRow) throws {
    if var row = try find(OfferLetterRow.self, place.id) {
      row.sentAt = now
      try update(row)
    } else {
      try insert(OfferLetterRow(id: place.id, editionId: place.editionId, sentAt: now))
    }
  }
}
