internal import AccompanimentAPI
public import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

extension MatchingModule {
  private struct Publish: Codable, Sendable {
    let run: RunID
    let version: Int?
    /// The last day on which an offer can be confirmed.
    let confirmBy: Day
  }

  var publishRun: Endpoint {
    .command(
      "matching.publish", .post, "/runs/{run}/publication", by: .staff,
      Words(
        en: "Publish a run: its teams are offered their places, the others learn why they wait",
        fr:
          "Publier un appariement : les places sont proposées, les autres savent pourquoi ils attendent"
      ),
      problems: [
        "matching/not-draft", "matching/already-published", "matching/outdated",
        "matching/still-computing", "matching/run-failed",
      ]
    ) { (input: Publish, context) in
      let edition = try await host.read { connection in
        try finishedRun(input.run, in: connection).editionId
      }
      return try await gather(edition)
    } answer: { (input: Publish, situation: MatchingCase, transaction) in
      var run = try transaction.get(RunRow.self, input.run)
      try run.expect(version: input.version)
      guard run.state == .draft else { throw MatchingError.notDraft }
      guard
        try transaction.count(
          RunRow.self, "WHERE edition_id = \(run.editionId) AND state = 'published'") == 0
      else { throw MatchingError.alreadyPublished }
      let deadline = situation.edition.zone.end(of: input.confirmBy)
      guard deadline > transaction.now else { throw MatchingError.deadlinePast(input.confirmBy) }
      let proposals = try transaction.select(
        ProposalRow.self, "WHERE run = \(run.id) ORDER BY position")
      let offers = try holders(
        of: proposals, in: situation, locks: locks(of: run.editionId, in: transaction))
      run.state = .published
      try transaction.update(&run)
      try transaction.emit(TeamsPublished(edition: run.editionId, run: run.id))
      for (proposal, volunteer, seat) in offers {
        try offer(
          seat, to: volunteer, affinity: proposal.affinity, reason: proposal.reason,
          until: deadline, replacing: nil, situation: situation, in: transaction)
      }
      for proposal in proposals where proposal.role == nil {
        try transaction.emit(
          VolunteerWaiting(
            edition: run.editionId, run: run.id, volunteer: proposal.volunteer,
            reason: proposal.reason))
      }
      return run
    }
  }

  /// Ends the offers whose deadline passed and asks the next, one at a time.
  var lapseOffers: Job {
    .every(
      seconds: 600, "matching.lapse-offers",
      outside: { run in
        let due = try await run.read { transaction in
          try transaction.select(
            PlaceRow.self,
            "WHERE state = 'offered' AND confirm_by <= \(transaction.now) ORDER BY edition_id, number"
          )
        }
        for editionID in Set(due.map(\.editionId)).sorted() {
          let situation = try await gather(editionID)
          for overdue in due where overdue.editionId == editionID {
            try await run.write { transaction in
              guard var place = try transaction.find(PlaceRow.self, overdue.id),
                place.state == .offered
              else { return }
              try release(&place, as: .lapsed, situation: situation, in: transaction)
            }
          }
        }
      })
  }

  public var jobs: [Job] { [lapseOffers, resumeRuns] }

  public var subscriptions: [Subscription] {
    [
      endTeam, computeRun, stopRun,
      .on(VolunteerWithdrew.self, "matching.free-places-of-leaver") { event, _ in
        try await event.edition.asyncMap { try await gather($0) }
      } handle: { (event: VolunteerWithdrew, situation: MatchingCase?, transaction) in
        guard let situation else { return }
        let held = try transaction.select(
          PlaceRow.self, "WHERE volunteer = \(event.volunteer) ORDER BY number")
        for var place in held where place.state.isActive {
          place.remark = event.reason
          try release(
            &place, as: place.state == .offered ? .declined : .withdrawn, situation: situation,
            in: transaction)
        }
      },
    ]
  }
}

extension Optional {
  fileprivate func asyncMap<T>(_ transform: (Wrapped) async throws -> T) async rethrows -> T? {
    guard let value = self else { return nil }
    return try await transform(value)
  }
}

/// Who is to be offered which seat. A draft may be days old: whoever left since, or came under a hard
/// rule, makes it outdated. Throws `MatchingError.outdated`.
private func holders(
  of proposals: [ProposalRow], in situation: MatchingCase, locks: [LockRow]
) throws -> [(ProposalRow, Volunteer, MatchingCase.Seat)] {
  var offers: [(ProposalRow, Volunteer, MatchingCase.Seat)] = []
  var lost: [Name] = []
  var held: [VolunteerID: Int] = [:]
  for proposal in proposals {
    guard let role = proposal.role else { continue }
    guard let volunteer = situation.volunteers.first(where: { $0.id == proposal.volunteer }),
      let seat = situation.seats.first(where: { $0.role.id == role }),
      exclusions(of: volunteer, from: seat.role, in: seat.brief).isEmpty,
      !locks.contains(where: {
        $0.kind == .forbidden && $0.volunteer == volunteer.id && $0.role == role
      }),
      held[volunteer.id, default: 0] < volunteer.capacity
    else {
      lost.append(proposal.volunteerName)
      continue
    }
    held[volunteer.id, default: 0] += 1
    offers.append((proposal, volunteer, seat))
  }
  guard lost.isEmpty else { throw MatchingError.outdated(lost) }
  return offers
}

/// Offers a seat that became free to the volunteer it fits best among those who hold no place that
/// stands in the way and were not asked for it before. Nobody else is moved.
func offerNext(
  after place: PlaceRow, situation: MatchingCase, in transaction: Transaction
) throws {
  // A closed edition or a mission that is over has no seat to give.
  guard situation.edition.state != .closed,
    try transaction.find(DoneTeamRow.self, place.brief) == nil,
    let seat = situation.seats.first(where: { $0.role.id == place.role })
  else { return }
  let all = try transaction.select(
    PlaceRow.self, "WHERE edition_id = \(place.editionId) ORDER BY number")
  let active = Dictionary(grouping: all.filter(\.state.isActive), by: \.volunteer)
  let asked = Set(all.filter { $0.role == place.role }.map(\.volunteer))
  let weights = try currentWeights(in: transaction)
  let forbidden = Set(
    try locks(of: place.editionId, in: transaction).filter {
      $0.kind == .forbidden && $0.role == place.role
    }.map(\.volunteer))
  let rules = try transaction.first(
    RunRow.self, "WHERE edition_id = \(place.editionId) AND state = 'published'")?.rules
  let team = all.filter { $0.state.isActive && $0.brief == place.brief }
  func isFree(_ volunteer: Volunteer) -> Bool {
    let held = active[volunteer.id] ?? []
    guard held.count < volunteer.capacity else { return false }
    return held.allSatisfy { other in
      other.brief != place.brief && Set(other.halfDays).isDisjoint(with: seat.brief.halfDays)
    }
  }
  func fitsCompanyMix(_ volunteer: Volunteer) -> Bool {
    guard let cap = rules?.companyCap, volunteer.regime != .jobSeeker,
      let name = situation.partnerName(of: volunteer)
    else { return true }
    return team.count { $0.partnerName == name } < cap.value
  }
  let candidates = situation.volunteers.enumerated().filter { _, volunteer in
    !asked.contains(volunteer.id) && !forbidden.contains(volunteer.id) && isFree(volunteer)
      && fitsCompanyMix(volunteer)
      && exclusions(of: volunteer, from: seat.role, in: seat.brief).isEmpty
  }.map { number, volunteer in
    (number, volunteer, situation.affinity(of: volunteer, for: seat, weights: weights))
  }
  // Best fit first; among equals, who registered first.
  guard
    let next = candidates.min(by: { ($1.2.points, $0.0) < ($0.2.points, $1.0) })
  else { return }
  let span = place.confirmBy.milliseconds - place.offeredAt.milliseconds
  // The next has as long as the first had, a week at least, to the end of the last day.
  let zone = situation.edition.zone
  let until = zone.end(
    of: zone.day(of: transaction.now.advanced(bySeconds: max(span / 1000, 7 * 86_400))))
  try offer(
    seat, to: next.1, affinity: next.2.points,
    reason: next.2.words(for: next.1, role: seat.role, situation),
    until: until, replacing: place.id, situation: situation, in: transaction)
}

private func offer(
  _ seat: MatchingCase.Seat, to volunteer: Volunteer, affinity: Int, reason: Words, until: Instant,
  replacing: PlaceID?, situation: MatchingCase, in transaction: Transaction
) throws {
  let number: Int =
    try transaction.rows(
      """
      SELECT COALESCE(MAX(number), 0) + 1 AS n FROM matching_place
      WHERE edition_id = \(situation.edition.id)
      """
    ).first?.get("n") ?? 1
  let place = PlaceRow(
    id: transaction.newID(), version: 1, editionId: situation.edition.id, number: number,
    brief: seat.brief.id, briefTitle: seat.brief.title, role: seat.role.id,
    roleTitle: seat.role.title, volunteer: volunteer.id, volunteerName: volunteer.contact.name,
    partnerName: situation.partnerName(of: volunteer), regime: volunteer.regime,
    halfDays: seat.brief.halfDays, affinity: affinity, reason: reason, state: .offered,
    offeredAt: transaction.now, confirmBy: until, answeredAt: nil, replaces: replacing,
    remark: nil, handover: nil)
  try transaction.insert(place)
  try transaction.emit(
    PlaceOffered(
      edition: place.editionId, place: place.id, brief: place.brief, role: place.role,
      volunteer: place.volunteer, confirmBy: until))
}
