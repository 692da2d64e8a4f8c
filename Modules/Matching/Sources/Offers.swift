internal import AccompanimentAPI
public import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

extension MatchingModule {
  @UseCases var aboutOffers: [Endpoint] {
    publishRun
  }

  struct Publish: Codable, Sendable {
    let run: RunID
    let version: Int?
    /// The last day on which an offer can be confirmed.
    let confirmBy: Day
    let personalLine: Paragraph?
  }

  var publishRun: UseCase<Publish, RunRow> {
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
      ], relying: Self.situationChanges
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
      let stale = try staleness(of: run.id, in: situation, transaction)
      guard stale.clauses.isEmpty else { throw MatchingError.outdated(run.id, stale.clauses) }
      let proposals = try transaction.select(
        ProposalRow.self, "WHERE run = \(run.id) ORDER BY position")
      run.state = .published
      try transaction.update(&run)
      try transaction.emit(TeamsPublished(edition: run.editionId, run: run.id))
      for proposal in proposals {
        guard let role = proposal.role, let seat = situation.seat(role),
          let volunteer = situation.volunteer(proposal.volunteer)
        else { continue }
        try Matching.offer(
          seat, to: volunteer, affinity: proposal.affinity, reason: proposal.reason,
          until: deadline, replacing: nil, situation: situation, adding: input.personalLine,
          in: transaction)
      }
      for proposal in proposals
      where proposal.role == nil && situation.volunteer(proposal.volunteer) != nil {
        try transaction.emit(
          VolunteerWaiting(
            edition: run.editionId, run: run.id, volunteer: proposal.volunteer,
            reason: proposal.reason, personalLine: input.personalLine))
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
        for overdue in due {
          try await run.write { transaction in
            guard var place = try transaction.find(PlaceRow.self, overdue.id),
              place.state == .offered
            else { return }
            try release(&place, as: .lapsed, in: transaction)
            try offerAgain(place, in: transaction)
          }
        }
      })
  }

  public var jobs: [Job] { [lapseOffers, resumeRuns] }

  public var subscriptions: [Subscription] {
    [
      endTeam, reopenTeam, disbandTeam, fillNewMission, fillReopenedTeam, followVolunteer,
      followPartner, followMerge, followParting, followTexts, computeRun, stopRun, repairTeams,
      .on(VolunteerWithdrew.self, "matching.free-places-of-leaver") { event, transaction in
        let held = try transaction.select(
          PlaceRow.self, "WHERE volunteer = \(event.volunteer) ORDER BY number")
        for var place in held where place.state.isActive {
          place.remark = event.reason
          try release(&place, as: place.state == .offered ? .declined : .withdrawn, in: transaction)
          try offerAgain(place, in: transaction)
        }
      },
      .on(ProfileCompleted.self, "matching.seat-newcomer") { event, transaction in
        guard let edition = event.edition else { return }
        try seat(event.volunteer, in: edition, transaction)
      },
      // Whoever waits and is free after all is asked, as somebody who comes.
      .on(ProfileChanged.self, "matching.seat-changed") { event, transaction in
        guard let edition = event.edition else { return }
        try seat(event.volunteer, in: edition, transaction)
      },
    ]
  }
}

/// Whether the teams of the edition are with the volunteers.
func isPublished(_ edition: EditionID, in connection: any Connection) throws -> Bool {
  try connection.count(
    RunRow.self, "WHERE edition_id = \(edition) AND state = 'published'") > 0
}

/// Offers a seat to somebody, with a deadline.
@discardableResult
func offer(
  _ seat: MatchingCase.Seat, to volunteer: Volunteer, affinity: Int, reason: Words, until: Instant,
  replacing: PlaceID?, situation: MatchingCase, adding personalLine: Paragraph? = nil,
  in transaction: Transaction
) throws -> PlaceRow {
  let number = try transaction.nextNumber(
    of: "matching.place.\(situation.edition.id)",
    after: transaction.rows(
      """
      SELECT COALESCE(MAX(number), 0) AS last FROM matching_place
      WHERE edition_id = \(situation.edition.id)
      """
    ).first?.get("last") ?? 0)
  let place = PlaceRow(
    id: transaction.newID(), version: 1, editionId: situation.edition.id, number: Int(number),
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
      volunteer: place.volunteer, confirmBy: until, personalLine: personalLine))
  return place
}
