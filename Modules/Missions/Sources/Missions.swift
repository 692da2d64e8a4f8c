internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

struct MissionRow: Versioned {
  static let table = "missions_mission"
  static let noun = Words(en: "mission", fr: "mission")

  let id: MissionID
  let editionId: EditionID
  var version: Int
  let brief: BriefID
  let organisation: OrganisationID
  let organisationName: Name
  var title: Name
  let missionType: Key
  var deliverable: Name
  let zone: Zone
  let seats: Int
  var state: MissionState
  let formedAt: Instant
  var startedAt: Instant?
  var closedAt: Instant?
  /// When and why it was closed without being carried out.
  var cancelledAt: Instant?
  var cancelReason: Paragraph?
  /// Where its title stands in the alphabet: the order of the lists.
  let titleOrder: String

  func contract(team: [MemberRow]) -> Mission {
    // Somebody who holds two roles is one person.
    var seen: Set<VolunteerID> = []
    return Mission(
      id: id, edition: editionId, brief: brief, organisation: organisation, title: title,
      state: state,
      team: team.filter(\.isActive).map(\.volunteer).filter { seen.insert($0).inserted })
  }

  func expect(_ states: MissionState...) throws {
    guard states.contains(state) else { throw MissionsError.wrongState(state) }
  }
}

/// A mission as its viewer may see it.
struct MissionView: Codable, Sendable {
  struct Person: Codable, Sendable {
    let volunteer: VolunteerID
    let name: Name
    let roleTitle: Name
    let joinedAt: Instant
    let leftAt: Instant?
    /// What their predecessor left them: for themselves and staff.
    let handover: Paragraph?
    /// For staff only, as the two below.
    let partnerName: Name?
    let regime: Regime?
    let leaveReason: Paragraph?
  }

  let id: MissionID
  let edition: EditionID
  let version: Int
  let brief: BriefID
  let organisation: OrganisationID
  let organisationName: Name
  let title: Name
  let missionType: Key
  let deliverable: Name
  let seats: Int
  let state: MissionState
  let startedAt: Instant?
  let closedAt: Instant?
  /// When and why it was cancelled.
  let cancelledAt: Instant?
  let cancelReason: Paragraph?
  let team: [Person]
  /// Those who left, for staff.
  let former: [Person]

  init(_ row: MissionRow, team: [MemberRow], for viewer: Viewer) {
    id = row.id
    edition = row.editionId
    version = row.version
    brief = row.brief
    organisation = row.organisation
    organisationName = row.organisationName
    title = row.title
    missionType = row.missionType
    deliverable = row.deliverable
    seats = row.seats
    state = row.state
    startedAt = row.startedAt
    closedAt = row.closedAt
    cancelledAt = row.cancelledAt
    cancelReason = row.cancelReason
    self.team = inOrder(team.filter(\.isActive), for: viewer).map { $0.person(for: viewer) }
    former =
      viewer.actor.isStaff ? team.filter { !$0.isActive }.map { $0.person(for: viewer) } : []
  }
}

extension MissionsModule {
  @UseCases var aboutMissions: [Endpoint] {
    listMissions
    showMission
    myMissions
    startMission
  }

  struct List: Codable, Sendable {
    let edition: EditionID
    let state: MissionState?
    let after: PageMark?
    let limit: PageSize?
  }
  struct Start: Codable, Sendable {
    let mission: MissionID
    let version: Int?
  }
  struct Mine: Codable, Sendable {
    let volunteer: VolunteerID
  }

  var listMissions: UseCase<List, Page<MissionView>> {
    .query(
      "missions.list", "/editions/{edition}/missions", by: .staff(and: .member, .volunteer),
      Words(
        en: "List the missions of an edition with their teams, a page at a time",
        fr: "Lister les missions d’une édition avec leurs équipes, page par page"),
      asking: { (input: List, context) in
        try await viewer(of: context, in: input.edition)
      }
    ) { (input: List, viewer, transaction) in
      let state: SQL = input.state.map { "AND state = \($0.rawValue)" } ?? ""
      let visible = MissionsPolicy.visible(to: viewer)
      let page = try transaction.page(
        MissionRow.self,
        where: "edition_id = \(input.edition) \(part: state) AND \(part: visible)",
        by: "title_order", "organisation_name", "id", after: input.after, limit: input.limit)
      let teams = try transaction.teams(of: page.items.map(\.id))
      return page.map { MissionView($0, team: teams[$0.id] ?? [], for: viewer) }
    }
  }

  var showMission: UseCase<OneMission, MissionView> {
    .query(
      "missions.mission", "/missions/{mission}", by: .staff(and: .member, .volunteer),
      Words(en: "Show a mission and its team", fr: "Montrer une mission et son équipe"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OneMission, viewer, transaction) in
      let (row, team) = try transaction.mission(input.mission, for: viewer)
      return MissionView(row, team: team, for: viewer)
    }
  }

  var myMissions: UseCase<Mine, [MissionView]> {
    .query(
      "missions.my-missions", "/volunteers/{volunteer}/missions", by: .staff(and: .volunteer),
      Words(
        en: "List the missions a volunteer is in, with their team-mates",
        fr: "Lister les missions d’un volontaire, avec ses coéquipiers"),
      asking: { (input: Mine, context) in
        try await viewer(of: context, about: input.volunteer)
      }
    ) { (input: Mine, viewer, transaction) in
      guard MissionsPolicy.mayActFor(input.volunteer, viewer) else {
        throw Problem.notFound(volunteerNoun, input.volunteer)
      }
      let missions = try transaction.select(
        MissionRow.self,
        """
        WHERE id IN (SELECT mission FROM missions_member
          WHERE volunteer = \(input.volunteer) AND left_at IS NULL) ORDER BY title_order, organisation_name, id
        """)
      let teams = try transaction.teams(of: missions.map(\.id))
      return missions.map { MissionView($0, team: teams[$0.id] ?? [], for: viewer) }
    }
  }

  var startMission: UseCase<Start, MissionView> {
    .command(
      "missions.start", .post, "/missions/{mission}/start", by: .staff,
      Words(
        en: "Start a mission whose team is complete enough",
        fr: "Démarrer une mission dont l’équipe est suffisante"),
      problems: ["missions/wrong-state", "missions/empty-team"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Start, viewer, transaction) in
      var (row, team) = try transaction.mission(input.mission, for: viewer)
      try row.expect(version: input.version)
      try row.expect(.forming)
      guard team.contains(where: \.isActive) else { throw MissionsError.emptyTeam }
      row.state = .running
      row.startedAt = transaction.now
      try transaction.update(&row)
      try transaction.emit(MissionStarted(edition: row.editionId, mission: row.id))
      return MissionView(row, team: team, for: viewer)
    }
  }
}

let volunteerNoun = Words(en: "volunteer", fr: "volontaire")
