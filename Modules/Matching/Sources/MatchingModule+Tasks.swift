public import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

// What waits for whom, read off the states of offers and runs.
extension MatchingModule {
  public func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    switch actor.role {
    case .volunteer:
      guard let id = actor.subject(as: .volunteer, VolunteerID.self) else { return [] }
      return try await host.read { connection in
        try connection.select(
          PlaceRow.self,
          """
          WHERE volunteer = \(id) AND state = 'offered' AND confirm_by > \(now)
          ORDER BY confirm_by, number
          """
        ).map { place in
          WaitingTask(
            "matching.confirm-place",
            title: Words(
              en: "Say whether you take your place: “\(place.briefTitle)”",
              fr: "Dire si vous prenez votre place : « \(place.briefTitle) »"),
            since: place.offeredAt, due: place.confirmBy, page: "/places/\(place.id)")
        }
      }
    case .administrator, .manager: return try await staffTasks(at: now)
    case .member, .reviewer, .partner, .system, .anyone: return []
    }
  }

  /// Offers that nobody has answered, edition by edition; drafts that wait for publication.
  private func staffTasks(at now: Instant) async throws -> [WaitingTask] {
    let (offers, drafts) = try await host.read { connection in
      (
        try connection.rows(
          """
          SELECT edition_id, COUNT(*) AS n, MIN(offered_at) AS since, MIN(confirm_by) AS due
          FROM matching_place WHERE state = 'offered' GROUP BY edition_id ORDER BY due
          """),
        try connection.rows(
          """
          SELECT edition_id, COUNT(*) AS n, MIN(made_at) AS since FROM matching_run r
          WHERE state = 'draft' AND NOT EXISTS (
            SELECT 1 FROM matching_run p WHERE p.edition_id = r.edition_id AND p.state = 'published')
          GROUP BY edition_id ORDER BY since
          """)
      )
    }
    var tasks: [WaitingTask] = []
    for row in offers {
      let (id, count): (EditionID, Int) = (try row.get("edition_id"), try row.get("n"))
      let name = try await programmes.edition(id).name
      tasks.append(
        WaitingTask(
          "matching.offers-open",
          title: Words(
            en: "Offers without an answer: \(count) in “\(name)”",
            fr: "Propositions sans réponse : \(count) dans « \(name) »"),
          since: try row.get("since"), due: try row.get("due"),
          page: "/editions/\(id)/places", count: count))
    }
    for row in drafts {
      let (id, count): (EditionID, Int) = (try row.get("edition_id"), try row.get("n"))
      let name = try await programmes.edition(id).name
      tasks.append(
        WaitingTask(
          "matching.publish",
          title: Words(
            en: "Teams of “\(name)” are ready to be looked at and published",
            fr: "Les équipes de « \(name) » sont prêtes à être relues et publiées"),
          since: try row.get("since"), page: "/editions/\(id)/matching", count: count))
    }
    return tasks
  }
}
