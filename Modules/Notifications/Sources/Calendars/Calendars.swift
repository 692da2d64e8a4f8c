internal import ApplicationsAPI
internal import Kernel
internal import MissionsAPI
internal import NotificationsAPI
internal import PartnersAPI
internal import ProgrammesAPI

// What is in a calendar: found when it is read, as its owner may see it then.
extension NotificationsModule {
  /// Throws `Problem.notFound` where the owner may not see it, or not any more.
  func entries(
    of row: CalendarRow
  ) async throws -> (name: Words, entries: [CalendarEntry]) {
    let missions: [Mission]
    let name: Words
    if let id = row.mission {
      let mission = try await directory.mission(id)
      guard try await mayFollow(mission, row.owner) else { throw gone(row) }
      missions = [mission]
      name = Words(mission.title.description)
    } else if let id = row.editionId {
      guard row.role.isStaff else { throw gone(row) }
      let edition = try await directory.edition(id)
      missions = try await directory.missions.missions(of: id)
      name = Words(edition.name.description)
    } else {
      missions = try await ownMissions(of: row.owner)
      name = Words(en: "My sessions", fr: "Mes séances")
    }
    var entries: [CalendarEntry] = []
    for mission in missions {
      let sessions = try await directory.sessions(of: mission.id)
      guard !sessions.isEmpty else { continue }
      let organisation = try await directory.organisation(mission.organisation)
      entries += sessions.map {
        CalendarEntry(session: $0, mission: mission.title, organisation: organisation.name)
      }
    }
    entries.sort {
      ($0.session.startsAt, $0.session.id.description)
        < ($1.session.startsAt, $1.session.id.description)
    }
    return (name, entries)
  }

  /// The missions of somebody's own, in editions that are not over.
  private func ownMissions(of owner: Grant) async throws -> [Mission] {
    var editions = try await directory.programmes.editions().filter { $0.state != .closed }
    if let id = owner.subject(as: .volunteer, VolunteerID.self) {
      let own = try await directory.partners.volunteer(id).edition
      editions = editions.filter { $0.id == own }
    }
    var missions: [Mission] = []
    for edition in editions {
      for mission in try await directory.missions.missions(of: edition.id)
      where try await isOn(mission, owner) { missions.append(mission) }
    }
    return missions
  }

  func mayFollow(_ mission: Mission, _ owner: Grant) async throws -> Bool {
    if owner.role.isStaff { return true }
    return try await isOn(mission, owner)
  }

  private func isOn(_ mission: Mission, _ owner: Grant) async throws -> Bool {
    if let id = owner.subject(as: .volunteer, VolunteerID.self) { return mission.team.contains(id) }
    if let id = owner.subject(as: .member, MemberID.self) {
      return try await directory.applications.organisation(of: id) == mission.organisation
    }
    return false
  }

  private func gone(_ row: CalendarRow) -> Problem { Problem.notFound(CalendarRow.noun, "…") }
}
