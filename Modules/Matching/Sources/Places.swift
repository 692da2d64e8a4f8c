internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// A seat held for or taken by one volunteer. What it says of the person is how it was when the
/// place was offered: reports must not change when a profile does.
struct PlaceRow: Versioned {
  static let table = "matching_place"
  static let noun = Words(en: "place", fr: "place")
  let id: PlaceID
  var version: Int
  let editionId: EditionID
  let number: Int
  let brief: BriefID
  let briefTitle: Name
  let role: MissionRoleID
  let roleTitle: Name
  let volunteer: VolunteerID
  let volunteerName: Name
  let partnerName: Name?
  let regime: Regime
  let halfDays: [HalfDayID]
  let affinity: Int
  let reason: Words
  var state: PlaceState
  let offeredAt: Instant
  var confirmBy: Instant
  var answeredAt: Instant?
  /// The place this one follows, whose holder declined, let it lapse or left.
  let replaces: PlaceID?
  var remark: Paragraph?
  var handover: Paragraph?

  var holder: Grant { Grant(.volunteer, subject: volunteer.description) }
  var holding: Holding { Holding(volunteer: volunteer, role: role) }

  var contract: Place {
    Place(
      id: id, edition: editionId, brief: brief, role: role, volunteer: volunteer, state: state,
      confirmBy: confirmBy)
  }
}

/// A place as people see it: the regime stays between the person, the agency and the operator.
struct PlaceView: Codable, Sendable {
  let id: PlaceID
  let version: Int
  let state: PlaceState
  let volunteer: VolunteerID
  let volunteerName: Name
  let brief: BriefID
  let briefTitle: Name
  let role: MissionRoleID
  let roleTitle: Name
  let reason: Words
  let confirmBy: Instant

  init(_ row: PlaceRow) {
    id = row.id
    version = row.version
    state = row.state
    volunteer = row.volunteer
    volunteerName = row.volunteerName
    brief = row.brief
    briefTitle = row.briefTitle
    role = row.role
    roleTitle = row.roleTitle
    reason = row.reason
    confirmBy = row.confirmBy
  }
}

enum MatchingPolicy {
  /// Staff see every place; a volunteer sees their own.
  static func maySee(_ place: PlaceRow, _ actor: Actor) -> Bool {
    actor.isStaff || actor.subject(as: .volunteer, VolunteerID.self) == place.volunteer
  }
}

extension MatchingModule {
  @UseCases var aboutPlaces: [Endpoint] {
    listPlaces
    showPlace
    confirmPlace
    declinePlace
    withdrawPlace
  }

  struct ListPlaces: Codable, Sendable {
    let edition: EditionID
    let state: PlaceState?
    let after: PageMark?
    let limit: PageSize?
  }
  struct Refuse: Codable, Sendable {
    let place: PlaceID
    let version: Int?
    let reason: Paragraph?
  }
  struct Leave: Codable, Sendable {
    let place: PlaceID
    let version: Int?
    let reason: Paragraph?
    let handover: Paragraph?
  }

  var listPlaces: UseCase<ListPlaces, Page<PlaceView>> {
    .query(
      "matching.places", "/editions/{edition}/places", by: .staff(and: .volunteer),
      Words(
        en: "List the places of an edition, a page at a time",
        fr: "Lister les places d’une édition, page par page")
    ) { (input: ListPlaces, transaction) in
      let actor = transaction.actor
      let state: SQL = input.state.map { "AND state = \($0.rawValue)" } ?? ""
      let own: SQL =
        actor.isStaff
        ? "" : "AND volunteer = \(actor.subject(as: .volunteer, VolunteerID.self))"
      return try transaction.page(
        PlaceRow.self, where: "edition_id = \(input.edition) \(part: state) \(part: own)",
        by: "number", after: input.after, limit: input.limit
      ).map(PlaceView.init)
    }
  }

  var showPlace: UseCase<OnePlace, PlaceView> {
    .query(
      "matching.place", "/places/{place}", by: .staff(and: .volunteer),
      Words(en: "Show a place", fr: "Montrer une place")
    ) { (input: OnePlace, transaction) in PlaceView(try visible(input.place, in: transaction)) }
  }

  var confirmPlace: UseCase<OnePlace, PlaceView> {
    .command(
      "matching.confirm", .post, "/places/{place}/confirmation", by: .staff(and: .volunteer),
      Words(en: "Take the place that was offered", fr: "Accepter la place proposée"),
      problems: ["matching/wrong-place-state", "matching/deadline-passed"],
      relying: Reliance(VolunteerWithdrew.self)
    ) { input, context in
      try await hasLeft(holderOf: input.place, for: context.actor)
    } answer: { (input: OnePlace, hasLeft: Bool, transaction) in
      var place = try visible(input.place, in: transaction)
      guard !hasLeft else { throw MatchingError.wrongPlaceState(.withdrawn) }
      guard place.state == .offered else { throw MatchingError.wrongPlaceState(place.state) }
      guard transaction.now < place.confirmBy else {
        throw MatchingError.deadlinePassed(place.confirmBy)
      }
      transaction.actsOnBehalf(of: place.holder)
      place.state = .confirmed
      place.answeredAt = transaction.now
      try transaction.update(&place)
      try transaction.emit(
        PlaceConfirmed(
          edition: place.editionId, place: place.id, brief: place.brief, role: place.role,
          volunteer: place.volunteer))
      return PlaceView(place)
    }
  }

  var declinePlace: UseCase<Refuse, PlaceView> {
    .command(
      "matching.decline", .post, "/places/{place}/refusal", by: .staff(and: .volunteer),
      Words(
        en: "Do not take the place; the next best is asked",
        fr: "Décliner la place ; la personne suivante est sollicitée"),
      problems: ["matching/wrong-place-state"]
    ) { (input: Refuse, transaction) in
      var place = try visible(input.place, in: transaction)
      try place.expect(version: input.version)
      guard place.state == .offered else { throw MatchingError.wrongPlaceState(place.state) }
      transaction.actsOnBehalf(of: place.holder)
      place.remark = input.reason
      try release(&place, as: .declined, in: transaction)
      try offerAgain(place, in: transaction)
      return PlaceView(place)
    }
  }

  var withdrawPlace: UseCase<Leave, PlaceView> {
    .command(
      "matching.withdraw", .post, "/places/{place}/withdrawal", by: .staff(and: .volunteer),
      Words(
        en: "Give a confirmed place up, with a note for the successor",
        fr: "Libérer une place confirmée, avec une note pour la relève"),
      problems: ["matching/wrong-place-state"]
    ) { (input: Leave, transaction) in
      var place = try visible(input.place, in: transaction)
      try place.expect(version: input.version)
      guard place.state == .confirmed else { throw MatchingError.wrongPlaceState(place.state) }
      place.remark = input.reason
      place.handover = input.handover
      transaction.actsOnBehalf(of: place.holder)
      try release(&place, as: .withdrawn, in: transaction)
      try offerAgain(place, in: transaction)
      return PlaceView(place)
    }
  }

  /// Whether the holder of a place left the edition, and Matching has not heard of it yet.
  private func hasLeft(holderOf place: PlaceID, for actor: Actor) async throws -> Bool {
    let row = try await host.read { try $0.find(PlaceRow.self, place) }
    guard let row, MatchingPolicy.maySee(row, actor) else {
      throw Problem.notFound(PlaceRow.noun, place)
    }
    return try await !partners.takesPart(row.volunteer)
  }

  private func visible(_ id: PlaceID, in transaction: Transaction) throws -> PlaceRow {
    let place = try transaction.get(PlaceRow.self, id)
    guard MatchingPolicy.maySee(place, transaction.actor) else {
      throw Problem.notFound(PlaceRow.noun, id)
    }
    return place
  }

  /// All that is needed to find who comes next for a place; nothing is gathered for whoever has nothing
  /// to do with it.
  func gather(for place: PlaceID, as actor: Actor) async throws -> MatchingCase {
    let row = try await host.read { try $0.find(PlaceRow.self, place) }
    guard let row, MatchingPolicy.maySee(row, actor) else {
      throw Problem.notFound(PlaceRow.noun, place)
    }
    return try await gather(row.editionId)
  }
}

/// Ends a place, and says so.
func release(
  _ place: inout PlaceRow, as state: PlaceState, in transaction: Transaction
) throws {
  place.state = state
  place.answeredAt = transaction.now
  try transaction.update(&place)
  switch state {
  case .declined:
    try transaction.emit(
      PlaceDeclined(
        edition: place.editionId, place: place.id, brief: place.brief, role: place.role,
        volunteer: place.volunteer, reason: place.remark))
  case .lapsed:
    try transaction.emit(
      PlaceLapsed(
        edition: place.editionId, place: place.id, brief: place.brief, role: place.role,
        volunteer: place.volunteer))
  case .withdrawn:
    try transaction.emit(
      PlaceWithdrawn(
        edition: place.editionId, place: place.id, brief: place.brief, role: place.role,
        volunteer: place.volunteer, reason: place.remark, handover: place.handover))
  case .offered, .confirmed: break
  }
}
