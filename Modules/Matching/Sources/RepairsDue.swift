internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

/// What waits for the engine: a place that was given up, or somebody who came after the teams were
/// published.
struct RepairDueRow: Record {
  static let table = "matching_repair_due"
  let id: ID<RepairDueRow>
  let editionId: EditionID
  /// The order in which they came.
  let number: Int
  let place: PlaceID?
  let newcomer: VolunteerID?
}

/// What the engine found for all that waited in an edition.
struct RepairFound: Sendable {
  let situation: MatchingCase
  /// What it looked at; nothing is written where this moved on.
  let seen: Situation
  let due: [ID<RepairDueRow>]
  let givenUp: [PlaceRow]
  let newcomers: [VolunteerID]
  let offers: [Repair.Offer]
  /// How long the first offers of the edition had (ms).
  let span: Int64
}

extension MatchingModule {
  /// Leaves a place that was given up to the engine.
  func offerAgain(_ place: PlaceRow, in transaction: Transaction) throws {
    try ask(in: place.editionId, place: place.id, transaction)
  }

  /// Leaves somebody who came to the engine. Before the teams are published nobody waits for it.
  func seat(_ newcomer: VolunteerID, in edition: EditionID, _ transaction: Transaction) throws {
    guard try isPublished(edition, in: transaction) else { return }
    try ask(in: edition, newcomer: newcomer, transaction)
  }

  private func ask(
    in edition: EditionID, place: PlaceID? = nil, newcomer: VolunteerID? = nil,
    _ transaction: Transaction
  ) throws {
    let number = try transaction.nextNumber(of: "matching.repair-due")
    try transaction.insert(
      RepairDueRow(
        id: transaction.newID(), editionId: edition, number: Int(number), place: place,
        newcomer: newcomer))
    try transaction.emit(RepairAsked(edition: edition))
  }

  /// Repairs an edition: all that waits by then at once, worked out beside the other writers.
  var repairTeams: Subscription {
    .on(RepairAsked.self, "matching.repair-teams", relying: Self.situationChanges) { event, _ in
      guard let edition = event.edition else { return nil as RepairFound? }
      return try await repair(edition)
    } handle: { (event: RepairAsked, found: RepairFound?, transaction) in
      guard let found else { return }
      let edition = found.situation.edition.id
      // Somebody answered or decided meanwhile: what was found is worked out again.
      guard try Situation(of: edition, in: transaction) == found.seen else {
        try transaction.emit(RepairAsked(edition: edition))
        return
      }
      for id in found.due { try transaction.delete(RepairDueRow.self, id) }
      try write(found, in: transaction)
    }
  }

  /// Who is offered which seat; nil where nothing waits.
  private func repair(_ edition: EditionID) async throws -> RepairFound? {
    let anything = try await host.read {
      try $0.count(RepairDueRow.self, "WHERE edition_id = \(edition)")
    }
    guard anything > 0 else { return nil }
    let situation = try await gather(edition)
    let standing = try await host.read { connection in
      try Standings(of: edition, in: connection, weights: currentWeights(in: connection))
    }
    return try await apart { try standing.repaired(situation) }
  }

  private func write(_ found: RepairFound, in transaction: Transaction) throws {
    let situation = found.situation
    var free = found.givenUp
    for next in found.offers {
      let replaced = free.firstIndex { $0.role == next.seat.role.id }.map { free.remove(at: $0) }
      let span =
        replaced.map { $0.confirmBy.milliseconds - $0.offeredAt.milliseconds } ?? found.span
      // The next has as long as the first had, a week at least, to the end of the last day.
      let zone = situation.edition.zone
      let until = zone.end(
        of: zone.day(of: transaction.now.advanced(bySeconds: max(span / 1000, 7 * 86_400))))
      try Matching.offer(
        next.seat, to: next.volunteer, affinity: next.affinity.points,
        reason: next.affinity.words(for: next.volunteer, role: next.seat.role, situation),
        until: until, replacing: replaced?.id, situation: situation, in: transaction)
    }
    let seated = Set(found.offers.map(\.volunteer.id))
    for newcomer in found.newcomers where !seated.contains(newcomer) {
      try tellThatTheyWait(newcomer, situation, in: transaction)
    }
  }

  /// Says to somebody for whom there is no seat that they wait, once.
  private func tellThatTheyWait(
    _ newcomer: VolunteerID, _ situation: MatchingCase, in transaction: Transaction
  ) throws {
    let edition = situation.edition.id
    guard let volunteer = situation.volunteer(newcomer),
      let run = try transaction.first(
        RunRow.self, "WHERE edition_id = \(edition) AND state = 'published'"),
      try transaction.count(
        ProposalRow.self, "WHERE run = \(run.id) AND volunteer = \(newcomer)") == 0
    else { return }
    let reason = situation.whyWaiting(volunteer)
    let last = try transaction.first(
      ProposalRow.self, "WHERE run = \(run.id) ORDER BY position DESC LIMIT 1")
    try transaction.insert(
      ProposalRow(
        id: transaction.newID(), run: run.id, editionId: edition,
        position: (last?.position ?? 0) + 1, volunteer: newcomer,
        volunteerName: volunteer.contact.name, brief: nil, briefTitle: nil, role: nil,
        roleTitle: nil, affinity: 0, reason: reason, explanation: nil))
    try transaction.emit(
      VolunteerWaiting(edition: edition, run: run.id, volunteer: newcomer, reason: reason))
  }
}

/// The rows a repair looks at, read at one moment.
private struct Standings: Sendable {
  private let seen: Situation
  private let due: [RepairDueRow]
  private let places: [PlaceRow]
  private let done: Set<BriefID>
  private let rules: RunRules
  private let locks: [LockRow]
  private let weights: AffinityWeights

  init(of edition: EditionID, in connection: any Connection, weights: AffinityWeights) throws {
    seen = try Situation(of: edition, in: connection)
    due = try connection.select(
      RepairDueRow.self, "WHERE edition_id = \(edition) ORDER BY number")
    places = try connection.select(
      PlaceRow.self, "WHERE edition_id = \(edition) ORDER BY number")
    done = Set(
      try connection.select(DoneTeamRow.self, "WHERE edition_id = \(edition)").map(\.id))
    rules =
      try connection.first(RunRow.self, "WHERE edition_id = \(edition) AND state = 'published'")?
      .rules ?? RunRules()
    locks = try connection.select(LockRow.self, "WHERE edition_id = \(edition) ORDER BY id")
    self.weights = weights
  }

  /// The teams by the rules they were made with. Nobody is asked twice for a role, and whoever gives a
  /// place up is not asked for another in the same breath.
  func repaired(_ situation: MatchingCase) throws -> RepairFound {
    let freed = Set(due.compactMap(\.place))
    // A mission that is over has no seat to give.
    let givenUp = places.filter {
      freed.contains($0.id) && !$0.state.isActive && !done.contains($0.brief)
    }
    let holders = Set(places.filter(\.state.isActive).map(\.volunteer))
    let present = Set(situation.volunteers.map(\.id))
    var newcomers: [VolunteerID] = []
    for newcomer in due.compactMap(\.newcomer)
    where !holders.contains(newcomer) && present.contains(newcomer)
      && !newcomers.contains(newcomer)
    {
      newcomers.append(newcomer)
    }
    let isClosed = situation.edition.state == .closed
    return RepairFound(
      situation: situation, seen: seen, due: due.map(\.id), givenUp: givenUp,
      newcomers: isClosed ? [] : newcomers,
      offers: isClosed || givenUp.isEmpty && newcomers.isEmpty
        ? [] : try offers(situation, givenUp, newcomers),
      span: places.first.map { $0.confirmBy.milliseconds - $0.offeredAt.milliseconds } ?? 0)
  }

  private func offers(
    _ situation: MatchingCase, _ givenUp: [PlaceRow], _ newcomers: [VolunteerID]
  ) throws -> [Repair.Offer] {
    let given = Set(givenUp.map(\.id))
    let asked = places.filter { !$0.state.isActive && !given.contains($0.id) }.map(\.holding)
    let seats = situation.seats
    let over = seats.filter { done.contains($0.brief.id) }
    let repair = try Repair(
      situation, rules: rules, locks: locks, weights: weights,
      standing: places.filter { $0.state.isActive || given.contains($0.id) }, givenUp: givenUp,
      refusing: asked
        + Set(givenUp.map(\.volunteer)).flatMap { volunteer in
          seats.map { Holding(volunteer: volunteer, role: $0.role.id) }
        }
        + newcomers.flatMap { newcomer in
          over.map { Holding(volunteer: newcomer, role: $0.role.id) }
        })
    return repair.offers(afterGivingUp: givenUp, andArrivalOf: newcomers)
  }
}
