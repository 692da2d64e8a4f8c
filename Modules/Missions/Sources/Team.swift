internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MissionsAPI
internal import PartnersAPI

enum MissionMemberEntity {}
typealias MissionMemberID = ID<MissionMemberEntity>

/// Somebody in a team, as they were when they joined: names and regimes that change elsewhere do
/// not change what happened here.
struct MemberRow: Record {
  static let table = "missions_member"

  let id: MissionMemberID
  let editionId: EditionID
  let mission: MissionID
  let place: PlaceID
  let role: MissionRoleID
  let roleTitle: Name
  let volunteer: VolunteerID
  let name: Name
  let language: Language
  let partner: PartnerID?
  let partnerName: Name?
  let regime: Regime
  let joinedAt: Instant
  var leftAt: Instant?
  var leaveReason: Paragraph?
  /// What they leave to whoever follows.
  var handoverNote: Paragraph?
  /// What whoever they follow left to them.
  var handover: Paragraph?
  var replaces: MissionMemberID?

  var isActive: Bool { leftAt == nil }

  /// Whether they were in the team at some moment of `from...to`.
  func wasIn(from: Instant, to: Instant) -> Bool {
    joinedAt <= to && leftAt.map { $0 >= from } ?? true
  }

  func person(for viewer: Viewer) -> MissionView.Person {
    let staff = viewer.actor.isStaff
    let own = viewer.volunteer == volunteer
    return MissionView.Person(
      volunteer: volunteer, name: name, roleTitle: roleTitle,
      // To the day: those of one partner may have been there within one moment.
      joinedAt: staff || own
        ? joinedAt
        : Instant(milliseconds: joinedAt.milliseconds - joinedAt.milliseconds % 86_400_000),
      leftAt: leftAt,
      handover: staff || own ? handover : nil, partnerName: staff ? partnerName : nil,
      regime: staff ? regime : nil, leaveReason: staff ? leaveReason : nil)
  }
}

/// The people of a team in an order that says nothing of whom they came with: by name, but for staff by
/// when they joined.
func inOrder(_ team: [MemberRow], for viewer: Viewer) -> [MemberRow] {
  guard !viewer.actor.isStaff else { return team }
  return team.sorted {
    ($0.name.description, $0.roleTitle.description, $0.joinedAt)
      < ($1.name.description, $1.roleTitle.description, $1.joinedAt)
  }
}

extension Connection {
  func members(of edition: EditionID) throws -> [MissionID: [MemberRow]] {
    Dictionary(
      grouping: try select(
        MemberRow.self, "WHERE edition_id = \(edition) ORDER BY joined_at, name, role_title"),
      by: \.mission)
  }
}

extension MissionsModule {
  struct Joining: Sendable {
    let forming: Forming
    let volunteer: Volunteer
    let partner: Partner?
  }

  func joining(_ brief: BriefID, _ volunteer: VolunteerID) async throws -> Joining {
    let person = try await partners.volunteer(volunteer)
    var partner: Partner?
    if let id = person.partner { partner = try await partners.partner(id) }
    return Joining(forming: try await forming(brief), volunteer: person, partner: partner)
  }

  var joinTeam: Subscription {
    .on(
      PlaceConfirmed.self, "missions.join-team",
      asking: { event, _ in try await joining(event.brief, event.volunteer) }
    ) { event, facts, transaction in
      guard try member(at: event.place, in: transaction) == nil else { return }
      let mission = try ensureMission(facts.forming, in: transaction)
      // Left to the operator: the event is parked with this reason, and can be played again.
      guard mission.state != .closed else { throw MissionsError.wrongState(.closed) }
      var row = newMember(facts, place: event.place, role: event.role, of: mission, in: transaction)
      let earlier = try transaction.team(of: mission.id).filter { $0.role == event.role }
      let followed = Set(earlier.compactMap(\.replaces))
      let leavers = earlier.filter { !$0.isActive }.sorted {
        ($0.leftAt ?? $0.joinedAt, $0.name.description)
          < ($1.leftAt ?? $1.joinedAt, $1.name.description)
      }
      row.replaces = leavers.last { !followed.contains($0.id) }?.id
      if row.replaces != nil {
        row.handover = leavers.last { $0.handoverNote != nil }?.handoverNote
      }
      try transaction.insert(row)
      guard mission.state == .running else { return }
      try transaction.emit(
        MemberJoined(
          edition: mission.editionId, mission: mission.id, volunteer: row.volunteer,
          handover: row.handover))
    }
  }

  var leaveTeam: Subscription {
    .on(
      PlaceWithdrawn.self, "missions.leave-team",
      asking: { event, _ in try await joining(event.brief, event.volunteer) }
    ) { event, facts, transaction in
      let mission = try ensureMission(facts.forming, in: transaction)
      // A team that has closed its mission stays the team that did it.
      guard mission.state != .closed else { return }
      let known = try member(at: event.place, in: transaction)
      guard known?.isActive ?? true else { return }
      // The news that they joined may still be on its way: it will find that they have left.
      var row =
        known
        ?? newMember(facts, place: event.place, role: event.role, of: mission, in: transaction)
      row.leftAt = transaction.now
      row.leaveReason = event.reason
      row.handoverNote = event.handover
      if known == nil { try transaction.insert(row) } else { try transaction.update(row) }
      try transaction.emit(
        MemberLeft(edition: mission.editionId, mission: mission.id, volunteer: row.volunteer))
    }
  }

  private func member(at place: PlaceID, in connection: any Connection) throws -> MemberRow? {
    try connection.first(MemberRow.self, "WHERE place = \(place)")
  }

  private func newMember(
    _ facts: Joining, place: PlaceID, role: MissionRoleID, of mission: MissionRow,
    in transaction: Transaction
  ) -> MemberRow {
    let title = facts.forming.brief.roles.first { $0.id == role }?.title
    return MemberRow(
      id: transaction.newID(), editionId: mission.editionId, mission: mission.id, place: place,
      role: role, roleTitle: title ?? mission.title, volunteer: facts.volunteer.id,
      name: facts.volunteer.contact.name, language: facts.volunteer.contact.language,
      partner: facts.partner?.id, partnerName: facts.partner?.name, regime: facts.volunteer.regime,
      joinedAt: transaction.now)
  }
}
