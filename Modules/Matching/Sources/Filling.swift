internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

/// Who of those that wait takes which empty seat.
struct Filling: Sendable {
  let situation: MatchingCase
  let weights: AffinityWeights
  let offers: [Holding]
}

extension MatchingModule {
  @UseCases var aboutFilling: [Endpoint] {
    fillSeats
  }

  struct Filled: Codable, Sendable {
    /// How many offers went out.
    let offered: Int
  }

  var fillSeats: UseCase<OfEdition, Filled> {
    .command(
      "matching.fill", .post, "/editions/{edition}/empty-seats", by: .staff,
      Words(
        en: "Offer the empty seats of published teams to those who wait; nobody placed is moved",
        fr: "Proposer les places vides à celles et ceux qui attendent ; personne n’est déplacé")
    ) { (input: OfEdition, context) in
      try await filling(input.edition)
    } answer: { (_: OfEdition, filling: Filling?, transaction) in
      Filled(offered: try filling.map { try offer($0, in: transaction) } ?? 0)
    }
  }

  /// A mission that comes, or comes back, after the teams were published has seats for those who wait.
  var fillNewMission: Subscription {
    .on(BriefPublished.self, "matching.fill-new-mission", relying: Self.situationChanges) {
      event, _ in
      guard let edition = event.edition else { return nil as Filling? }
      return try await filling(edition)
    } handle: { (_: BriefPublished, filling: Filling?, transaction) in
      if let filling { _ = try offer(filling, in: transaction) }
    }
  }

  var fillReopenedTeam: Subscription {
    .on(TeamReopened.self, "matching.fill-reopened-team", relying: Self.situationChanges) {
      event, _ in
      guard let edition = event.edition else { return nil as Filling? }
      return try await filling(edition, reopened: event.brief)
    } handle: { (_: TeamReopened, filling: Filling?, transaction) in
      if let filling { _ = try offer(filling, in: transaction) }
    }
  }

  /// The best the engine finds for the empty seats among those who hold none; everybody who holds one
  /// keeps it, and nobody is asked twice for a role. Nil where nothing is published.
  private func filling(_ edition: EditionID, reopened: BriefID? = nil) async throws -> Filling? {
    guard try await host.read({ try isPublished(edition, in: $0) }) else { return nil }
    let gathered = try await gather(edition)
    guard gathered.edition.state != .closed else { return nil }
    let (situation, order) = try await host.read { connection in
      let places = try connection.select(
        PlaceRow.self, "WHERE edition_id = \(edition) ORDER BY number")
      let standing = places.filter(\.state.isActive)
      let situation = gathered.withHolders(of: standing)
      let done = Set(
        try connection.select(DoneTeamRow.self, "WHERE edition_id = \(edition)").map(\.id)
      ).subtracting([reopened].compactMap(\.self))
      let run = try connection.first(
        RunRow.self, "WHERE edition_id = \(edition) AND state = 'published'")
      var order = InstanceOrder(
        rules: run?.rules ?? RunRules(), weights: try currentWeights(in: connection))
      order.isRepair = true
      // A team that fills up one by one is no reason to leave its seats empty.
      order.rules.minimumTeam = nil
      order.locks = try locks(of: edition, in: connection).filter { $0.kind == .forbidden }
      order.holding = standing.map(\.holding)
      order.keeps = Set(order.holding)
      let holders = Set(standing.map(\.volunteer))
      order.refused = places.filter { !$0.state.isActive }.map(\.holding)
      for seat in situation.seats {
        for volunteer in situation.volunteers
        where done.contains(seat.brief.id) || holders.contains(volunteer.id) {
          order.refused.append(Holding(volunteer: volunteer.id, role: seat.role.id))
        }
      }
      return (situation, order)
    }
    let seats = situation.seats
    let assignment = try await apart {
      let instance = try situation.instance(order)
      let solution = try strategy(named: nil).solve(
        instance, options: SolveOptions(timeLimit: 20, seed: 1)
      ) { _ in true }
      return solution.assignment
    }
    let offers = assignment.map {
      Holding(
        volunteer: situation.volunteers[Int($0.volunteer)].id, role: seats[Int($0.role)].role.id)
    }.filter { !order.keeps.contains($0) }
    return Filling(situation: situation, weights: order.weights, offers: offers)
  }

  /// Sends the offers whose seat and person are still free; how many.
  private func offer(_ filling: Filling, in transaction: Transaction) throws -> Int {
    let situation = filling.situation
    let places = try transaction.select(
      PlaceRow.self, "WHERE edition_id = \(situation.edition.id) ORDER BY number")
    var taken = Dictionary(grouping: places.filter(\.state.isActive), by: \.role)
      .mapValues(\.count)
    var holders = Set(places.filter(\.state.isActive).map(\.volunteer))
    // As long as the first offers had, a week at least, to the end of the last day.
    let span = places.first.map { $0.confirmBy.milliseconds - $0.offeredAt.milliseconds } ?? 0
    let zone = situation.edition.zone
    let until = zone.end(
      of: zone.day(of: transaction.now.advanced(bySeconds: max(span / 1000, 7 * 86_400))))
    var sent = 0
    for next in filling.offers {
      guard let seat = situation.seat(next.role), let person = situation.volunteer(next.volunteer),
        taken[next.role, default: 0] < seat.role.seats.value,
        holders.insert(next.volunteer).inserted
      else { continue }
      taken[next.role, default: 0] += 1
      let affinity = situation.affinity(of: person, for: seat, weights: filling.weights)
      try Matching.offer(
        seat, to: person, affinity: affinity.points,
        reason: affinity.words(for: person, role: seat.role, situation), until: until,
        replacing: nil, situation: situation, in: transaction)
      sent += 1
    }
    return sent
  }
}
