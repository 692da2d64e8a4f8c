internal import ApplicationsAPI
internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// Who looks, with what other modules know about them.
struct Viewer: Sendable {
  let actor: Actor
  /// Where a member belongs.
  let organisation: OrganisationID?
  /// Whom a partner's contact speaks for.
  let partner: PartnerID?

  var volunteer: VolunteerID? { actor.subject(as: .volunteer) }
}

extension MissionsModule {
  func viewer(of context: Context) async throws -> Viewer {
    let actor = context.actor
    var organisation: OrganisationID?
    var partner: PartnerID?
    if let member = actor.subject(as: .member, MemberID.self) {
      organisation = try await applications.organisation(of: member)
    }
    if let contact = actor.subject(as: .partner, PartnerContactID.self) {
      partner = try await partners.partner(of: contact)
    }
    return Viewer(actor: actor, organisation: organisation, partner: partner)
  }

  /// Throws `Problem.notFound` when there is no such edition, so that a wrong id is not taken for
  /// an empty list.
  func viewer(of context: Context, in edition: EditionID) async throws -> Viewer {
    _ = try await programmes.edition(edition)
    return try await viewer(of: context)
  }

  func viewer(of context: Context, about volunteer: VolunteerID) async throws -> Viewer {
    guard try await partners.volunteerContacts([volunteer])[volunteer] != nil else {
      throw Problem.notFound(Words(en: "volunteer", fr: "volontaire"), volunteer)
    }
    return try await viewer(of: context)
  }
}

/// May this actor see or do this? One place for every view of a mission.
///
/// Team-mates and organisations see names and roles. Regimes and partners they never see, not even
/// those of employees: a blank next to one name would say that this person is out of work.
enum MissionsPolicy {
  static func maySee(_ mission: MissionRow, team: [MemberRow], _ viewer: Viewer) -> Bool {
    switch viewer.actor.role {
    case .administrator, .manager, .system: true
    case .member: viewer.organisation == mission.organisation
    case .volunteer: team.contains { $0.isActive && $0.volunteer == viewer.volunteer }
    case .reviewer, .partner, .anyone: false
    }
  }

  /// What `maySee` says of missions, as a condition on their rows.
  static func visible(to viewer: Viewer) -> SQL {
    switch viewer.actor.role {
    case .administrator, .manager, .system: "1 = 1"
    case .member: "organisation = \(viewer.organisation)"
    case .volunteer:
      """
      id IN (SELECT mission FROM missions_member
        WHERE volunteer = \(viewer.volunteer) AND left_at IS NULL)
      """
    case .reviewer, .partner, .anyone: "1 = 0"
    }
  }

  /// Whether what is somebody's own (their missions, their hours) may be seen or done.
  static func mayActFor(_ volunteer: VolunteerID, _ viewer: Viewer) -> Bool {
    viewer.actor.isStaff || viewer.volunteer == volunteer
  }

  static func maySee(_ entry: HoursRow, of mission: MissionRow, _ viewer: Viewer) -> Bool {
    switch viewer.actor.role {
    case .administrator, .manager, .system: true
    case .member: viewer.organisation == mission.organisation
    case .volunteer: viewer.volunteer == entry.volunteer
    case .partner: viewer.partner != nil && viewer.partner == entry.partner
    case .reviewer, .anyone: false
    }
  }

  /// The regime and partner of an entry: for staff and for the person. Partners learn the regimes of
  /// their people where consent is known, in Partners; a blank beside some entries only would say
  /// who is out of work.
  static func maySeeRegime(of entry: HoursRow, _ viewer: Viewer) -> Bool {
    switch viewer.actor.role {
    case .administrator, .manager, .system: true
    case .volunteer: viewer.volunteer == entry.volunteer
    case .partner, .member, .reviewer, .anyone: false
    }
  }

  /// Nobody checks what they logged or what they worked. Staff without a name of their own are
  /// not told apart, so that a manager may check what a colleague logged for a volunteer.
  static func isOwn(_ entry: HoursRow, _ viewer: Viewer) -> Bool {
    let person = viewer.actor.person
    return viewer.volunteer == entry.volunteer
      || person.isTold && person.description == entry.loggedBy
  }
}

extension Connection {
  /// The teams of some missions, each as `team(of:)` gives it.
  func teams(of missions: [MissionID]) throws -> [MissionID: [MemberRow]] {
    Dictionary(
      grouping: try select(
        MemberRow.self,
        "WHERE mission IN \(list: missions) ORDER BY joined_at, name, role_title"), by: \.mission)
  }

  func team(of mission: MissionID) throws -> [MemberRow] {
    try select(MemberRow.self, "WHERE mission = \(mission) ORDER BY joined_at, name, role_title")
  }
}

extension Connection {
  /// The mission and everybody who is or was in its team. What the viewer may not see is not found.
  func mission(_ id: MissionID, for viewer: Viewer) throws -> (row: MissionRow, team: [MemberRow]) {
    let row = try existing(MissionRow.self, id)
    let team = try team(of: id)
    guard MissionsPolicy.maySee(row, team: team, viewer) else {
      throw Problem.notFound(MissionRow.noun, id)
    }
    return (row, team)
  }

  /// Something of a mission and the mission; not found when the mission may not be seen.
  func part<R: Versioned>(
    _ type: R.Type, _ id: R.ID, of mission: KeyPath<R, MissionID>, for viewer: Viewer
  ) throws -> (row: R, mission: MissionRow, team: [MemberRow]) where R.ID: CustomStringConvertible {
    let row = try existing(type, id)
    let whole = try existing(MissionRow.self, row[keyPath: mission])
    let team = try team(of: whole.id)
    guard MissionsPolicy.maySee(whole, team: team, viewer) else {
      throw Problem.notFound(R.noun, id)
    }
    return (row, whole, team)
  }

  private func existing<R: Versioned>(_ type: R.Type, _ id: R.ID) throws -> R
  where R.ID: CustomStringConvertible {
    guard let record = try find(type, id) else { throw Problem.notFound(R.noun, id) }
    return record
  }
}
