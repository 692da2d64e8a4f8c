internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

/// The teams of a published run as they stand, repaired by the engine when somebody leaves or comes:
/// whoever holds a place or an offer keeps it, and only empty seats go to others.
struct Repair {
  /// Somebody who is to be offered a seat.
  struct Offer {
    let volunteer: Volunteer
    let seat: MatchingCase.Seat
    let affinity: Affinity
  }

  private let situation: MatchingCase
  private let order: InstanceOrder
  private let instance: Instance
  private let live: LiveMatching
  private let seats: [MatchingCase.Seat]

  /// `standing` are the places as they stand, with those that are being given up; `refusing` says who
  /// is not to be asked this time for what.
  init(
    _ situation: MatchingCase, rules: RunRules, locks: [LockRow], weights: AffinityWeights,
    standing: [PlaceRow], givenUp: [PlaceRow] = [], refusing: [Holding]
  ) throws {
    let situation = situation.withHolders(of: standing)
    let leaving = Set(givenUp.map(\.holding))
    var order = InstanceOrder(rules: rules, weights: weights)
    order.isRepair = true
    order.locks = locks.filter { $0.kind == .forbidden && !leaving.contains($0.holding) }
    order.holding = standing.map(\.holding)
    order.keeps = Set(order.holding).subtracting(leaving)
    order.refused = refusing.filter { !leaving.contains($0) }
    let instance = try situation.instance(order)
    seats = situation.seats
    let (volunteers, roles) = (index(situation.volunteers.map(\.id)), index(seats.map(\.role.id)))
    let pairs = order.holding.compactMap { holding -> Pair? in
      guard let volunteer = volunteers[holding.volunteer], let role = roles[holding.role] else {
        return nil
      }
      return Pair(volunteer: Int32(volunteer), role: Int32(role))
    }
    live = try LiveMatching(
      instance,
      solution: Solution(strategy: "standing", status: .feasible, assignment: pairs, of: instance))
    self.situation = situation
    self.order = order
    self.instance = instance
  }

  /// The places are given up: who follows.
  func offers(afterGivingUp places: [PlaceRow]) -> [Offer] {
    places.flatMap { place -> [LiveMatching.Change] in
      guard let pair = pair(place.volunteer, place.role) else { return [] }
      return live.forbid(pair)
    }.compactMap(offer)
  }

  /// Somebody is there who was not: what they can be offered.
  func offers(afterArrivalOf volunteer: VolunteerID) -> [Offer] {
    guard let number = situation.volunteers.firstIndex(where: { $0.id == volunteer }) else {
      return []
    }
    return live.restore(Int32(number)).compactMap(offer)
  }

  private func pair(_ volunteer: VolunteerID, _ role: MissionRoleID) -> Pair? {
    guard let volunteer = situation.volunteers.firstIndex(where: { $0.id == volunteer }),
      let role = seats.firstIndex(where: { $0.role.id == role })
    else { return nil }
    return Pair(volunteer: Int32(volunteer), role: Int32(role))
  }

  private func offer(_ change: LiveMatching.Change) -> Offer? {
    guard let role = change.to else { return nil }
    let (volunteer, seat) = (situation.volunteers[Int(change.volunteer)], seats[Int(role)])
    // Nobody who holds a seat is moved, whatever the engine would gain.
    guard change.from == nil || !order.keeps.contains(where: { $0.volunteer == volunteer.id })
    else { return nil }
    return Offer(
      volunteer: volunteer, seat: seat,
      affinity: situation.affinity(of: volunteer, for: seat, weights: order.weights))
  }
}

extension MatchingCase {
  /// The case with everybody who holds one of the places, also those who left the edition: they
  /// stand where they are until their place is given up.
  func withHolders(of places: [PlaceRow]) -> MatchingCase {
    let known = Set(volunteers.map(\.id))
    var all = self
    var added: Set<VolunteerID> = []
    for place in places
    where !known.contains(place.volunteer) && added.insert(place.volunteer).inserted {
      all.volunteers.append(
        Volunteer(
          id: place.volunteer, edition: edition.id,
          contact: Contact(name: place.volunteerName, email: .sample, language: .fr),
          regime: place.regime, skills: [], wishes: [], causes: [], languages: [], halfDays: [],
          formats: [], capacity: 1, conflicts: [], previousEmployers: []))
    }
    return all
  }
}

extension MatchingModule {
  /// Offers the seats of places that were given up to whoever fits best among those who wait: one
  /// offer a seat, and nobody else is moved.
  func offerAgain(
    _ givenUp: [PlaceRow], situation: MatchingCase, in transaction: Transaction
  ) throws {
    // A closed edition or a mission that is over has no seat to give.
    guard situation.edition.state != .closed else { return }
    let done = try doneTeams(in: situation.edition.id, transaction)
    let open = givenUp.filter { !done.contains($0.brief) }
    guard !open.isEmpty else { return }
    let all = try places(of: situation.edition.id, in: transaction)
    let repair = try repair(
      situation, places: all, givenUp: open, in: transaction,
      // Whoever gives a place up is not asked for another in the same breath.
      refusing: open.flatMap { place in
        situation.seats.map { Holding(volunteer: place.volunteer, role: $0.role.id) }
      })
    var free = open
    for next in repair.offers(afterGivingUp: open) {
      let replaced = free.firstIndex { $0.role == next.seat.role.id }.map { free.remove(at: $0) }
      let span =
        replaced.map { $0.confirmBy.milliseconds - $0.offeredAt.milliseconds } ?? 0
      try offer(
        next, span: span, replacing: replaced?.id, situation: situation, in: transaction)
    }
  }

  /// Offers an empty seat to somebody who came after the teams were published; without one, they
  /// are told that they wait, once.
  func seat(
    _ newcomer: VolunteerID, situation: MatchingCase, in transaction: Transaction
  ) throws {
    let edition = situation.edition.id
    guard situation.edition.state != .closed, let volunteer = situation.volunteer(newcomer),
      let run = try transaction.first(
        RunRow.self, "WHERE edition_id = \(edition) AND state = 'published'")
    else { return }
    let all = try places(of: edition, in: transaction)
    guard !all.contains(where: { $0.volunteer == newcomer && $0.state.isActive }) else { return }
    let done = try doneTeams(in: edition, transaction)
    let over = situation.seats.filter { done.contains($0.brief.id) }
    let repair = try repair(
      situation, places: all, givenUp: [], in: transaction,
      refusing: over.map { Holding(volunteer: newcomer, role: $0.role.id) })
    let span = all.first.map { $0.confirmBy.milliseconds - $0.offeredAt.milliseconds } ?? 0
    let offers = repair.offers(afterArrivalOf: newcomer)
    for next in offers {
      try offer(next, span: span, replacing: nil, situation: situation, in: transaction)
    }
    guard offers.isEmpty else { return }
    let known = try transaction.count(
      ProposalRow.self, "WHERE run = \(run.id) AND volunteer = \(newcomer)")
    guard known == 0 else { return }
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

  private func places(of edition: EditionID, in transaction: Transaction) throws -> [PlaceRow] {
    try transaction.select(PlaceRow.self, "WHERE edition_id = \(edition) ORDER BY number")
  }

  private func doneTeams(in edition: EditionID, _ transaction: Transaction) throws -> Set<BriefID> {
    Set(try transaction.select(DoneTeamRow.self, "WHERE edition_id = \(edition)").map(\.id))
  }

  /// The teams as they stand by the rules they were made with. Nobody is asked twice for a role.
  private func repair(
    _ situation: MatchingCase, places: [PlaceRow], givenUp: [PlaceRow],
    in transaction: Transaction, refusing: [Holding]
  ) throws -> Repair {
    let edition = situation.edition.id
    let run = try transaction.first(
      RunRow.self, "WHERE edition_id = \(edition) AND state = 'published'")
    let given = Set(givenUp.map(\.id))
    let asked = places.filter { !$0.state.isActive && !given.contains($0.id) }.map(\.holding)
    return try Repair(
      situation, rules: run?.rules ?? RunRules(), locks: locks(of: edition, in: transaction),
      weights: currentWeights(in: transaction),
      standing: places.filter { $0.state.isActive || given.contains($0.id) }, givenUp: givenUp,
      refusing: asked + refusing)
  }

  private func offer(
    _ next: Repair.Offer, span: Int64, replacing: PlaceID?, situation: MatchingCase,
    in transaction: Transaction
  ) throws {
    // The next has as long as the first had, a week at least, to the end of the last day.
    let zone = situation.edition.zone
    let until = zone.end(
      of: zone.day(of: transaction.now.advanced(bySeconds: max(span / 1000, 7 * 86_400))))
    try Matching.offer(
      next.seat, to: next.volunteer, affinity: next.affinity.points,
      reason: next.affinity.words(for: next.volunteer, role: next.seat.role, situation),
      until: until, replacing: replacing, situation: situation, in: transaction)
  }
}
