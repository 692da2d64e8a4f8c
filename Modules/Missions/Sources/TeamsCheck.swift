internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MissionsAPI
internal import PartnersAPI

/// Where the teams here and the places of matching disagree: an event is late, or parked.
struct TeamFault: Codable, Sendable, Hashable {
  enum Kind: String, Codable, CaseIterable, Sendable {
    /// A place is confirmed, but its volunteer is not in the team.
    case notJoined = "not-joined"
    /// Somebody is in the team whose place is not confirmed any more.
    case notLeft = "not-left"
  }
  let kind: Kind
  let place: PlaceID
  let brief: BriefID
  let volunteer: VolunteerID
}

extension MissionsModule {
  @UseCases var aboutTeamsCheck: [Endpoint] {
    checkTeams
  }

  var checkTeams: UseCase<PageOfEdition, Page<TeamFault>> {
    .query(
      "missions.check-teams", "/editions/{edition}/teams-check", by: .staff,
      Words(
        en: "Compare the teams with the places that are confirmed",
        fr: "Comparer les équipes aux places confirmées"),
      asking: { (input: PageOfEdition, context) in
        _ = try await viewer(of: context, in: input.edition)
        return try await matching.places(of: input.edition)
      }
    ) { (input: PageOfEdition, places, transaction) in
      let missions = try transaction.select(
        MissionRow.self, "WHERE edition_id = \(input.edition) AND state = 'closed'")
      let closed = Set(missions.map(\.brief))
      let members = try transaction.select(
        MemberRow.self, "WHERE edition_id = \(input.edition) AND left_at IS NULL")
      let active = Set(members.map(\.place))
      let faults = places.filter { !closed.contains($0.brief) }.compactMap { place -> TeamFault? in
        let kind: TeamFault.Kind
        switch (place.state, active.contains(place.id)) {
        case (.confirmed, false): kind = .notJoined
        case (.offered, true), (.declined, true), (.lapsed, true), (.withdrawn, true):
          kind = .notLeft
        case (.confirmed, true), (.offered, false), (.declined, false), (.lapsed, false),
          (.withdrawn, false):
          return nil
        }
        return TeamFault(
          kind: kind, place: place.id, brief: place.brief, volunteer: place.volunteer)
      }
      return try Page(of: faults, after: input.after, limit: input.limit)
    }
  }
}
