internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MatchingAPI
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// What a letter must name. Each member throws what the module throws that knows.
protocol Directory: Sendable {
  func edition(_ id: EditionID?) async throws -> Edition
  func organisation(_ id: OrganisationID) async throws -> Organisation
  /// How to write to one of its members; nil where they are none any more.
  func member(_ id: MemberID, of organisation: Organisation) async throws -> Contact?
  func reviewer(_ id: ReviewerID) async throws -> Contact
  func contact(of volunteer: VolunteerID) async throws -> Contact
  func partner(_ id: PartnerID) async throws -> Partner
  func brief(_ id: BriefID) async throws -> Brief
  func mission(_ id: MissionID) async throws -> Mission
  func seat(_ role: MissionRoleID, of id: BriefID) async throws -> Seat
  func crew(_ id: MissionID) async throws -> Crew
  func sessions(of mission: MissionID) async throws -> [Session]
}

/// A role of a brief, and what surrounds it.
struct Seat: Sendable {
  let edition: Edition
  let brief: Brief
  let organisation: Organisation
  let role: Name
  /// When the whole team is needed: the sessions as they stand, else the half-days of the brief.
  let dates: [Words]
}

/// A mission with the people on it.
struct Crew: Sendable {
  let mission: Mission
  let edition: Edition
  let organisation: Organisation
  /// By name.
  let team: [Reader]
  /// What each of the team does, by name of the person.
  let roles: [String]
  /// Those to come, in order of time.
  let sessions: [Session]
}

/// Asks the other modules.
struct ModuleDirectory: Directory {
  let programmes: any ProgrammesAPI
  let applications: any ApplicationsAPI
  let accompaniment: any AccompanimentAPI
  let partners: any PartnersAPI
  let matching: any MatchingAPI
  let missions: any MissionsAPI

  func edition(_ id: EditionID?) async throws -> Edition {
    guard let id else { throw Problem.notFound(Words(en: "edition", fr: "édition"), "—") }
    return try await programmes.edition(id)
  }

  func organisation(_ id: OrganisationID) async throws -> Organisation {
    try await applications.organisation(id)
  }
  func member(_ id: MemberID, of organisation: Organisation) async throws -> Contact? {
    for contact in organisation.contacts {
      if try await applications.member(at: contact.email, of: organisation.id) == id {
        return contact
      }
    }
    return nil
  }
  func reviewer(_ id: ReviewerID) async throws -> Contact { try await applications.reviewer(id) }
  func partner(_ id: PartnerID) async throws -> Partner { try await partners.partner(id) }
  func brief(_ id: BriefID) async throws -> Brief { try await accompaniment.brief(id) }
  func mission(_ id: MissionID) async throws -> Mission { try await missions.mission(id) }
  func sessions(of mission: MissionID) async throws -> [Session] {
    try await missions.sessions(of: mission)
  }
  func contact(of volunteer: VolunteerID) async throws -> Contact {
    guard let contact = try await partners.volunteerContacts([volunteer])[volunteer] else {
      throw Problem.notFound(Words(en: "volunteer", fr: "volontaire"), volunteer)
    }
    return contact
  }

  func seat(_ role: MissionRoleID, of id: BriefID) async throws -> Seat {
    let brief = try await accompaniment.brief(id)
    let edition = try await programmes.edition(brief.edition)
    return Seat(
      edition: edition, brief: brief,
      organisation: try await applications.organisation(brief.organisation),
      role: brief.roles.first { $0.id == role }?.title ?? brief.title,
      dates: try await dates(of: brief, in: edition))
  }

  private func dates(of brief: Brief, in edition: Edition) async throws -> [Words] {
    if let mission = try await missions.mission(for: brief.id) {
      let sessions = try await missions.sessions(of: mission.id).filter { $0.state == .planned }
      if !sessions.isEmpty {
        return sessions.map { Wording.span(from: $0.startsAt, to: $0.endsAt, in: edition.zone) }
      }
    }
    let calendar = try await programmes.halfDays(of: brief.edition)
    return calendar.filter { brief.halfDays.contains($0.id) }.map(Wording.halfDay)
  }

  func crew(_ id: MissionID) async throws -> Crew {
    let mission = try await missions.mission(id)
    let brief = try await accompaniment.brief(mission.brief)
    let places = try await matching.places(for: mission.brief).filter { $0.state == .confirmed }
    let contacts = try await partners.volunteerContacts(mission.team)
    var members: [(volunteer: VolunteerID, contact: Contact, role: Name?)] = []
    for volunteer in mission.team {
      guard let contact = contacts[volunteer] else { continue }
      let role = places.first { $0.volunteer == volunteer }?.role
      members.append((volunteer, contact, brief.roles.first { $0.id == role }?.title))
    }
    members.sort {
      ($0.contact.name.description, $0.contact.email.description)
        < ($1.contact.name.description, $1.contact.email.description)
    }
    return Crew(
      mission: mission, edition: try await programmes.edition(mission.edition),
      organisation: try await applications.organisation(mission.organisation),
      team: members.map { Reader($0.contact, .volunteer($0.volunteer)) },
      roles: members.map { member in
        member.role.map { "\(member.contact.name) (\($0))" } ?? member.contact.name.description
      },
      sessions: try await missions.sessions(of: id).filter { $0.state == .planned })
  }
}
