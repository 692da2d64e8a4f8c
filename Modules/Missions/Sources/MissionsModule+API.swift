public import AccompanimentAPI
public import Kernel
public import MissionsAPI

extension MissionsModule: MissionsAPI {
  public func mission(_ id: MissionID) async throws -> Mission {
    try await host.read { connection in
      guard let row = try connection.find(MissionRow.self, id) else {
        throw Problem.notFound(MissionRow.noun, id)
      }
      return row.contract(team: try connection.team(of: id))
    }
  }

  public func missions(of edition: EditionID) async throws -> [Mission] {
    try await host.read { connection in
      let members = try connection.members(of: edition)
      return try connection.select(
        MissionRow.self, "WHERE edition_id = \(edition) ORDER BY title, organisation_name"
      ).map { $0.contract(team: members[$0.id] ?? []) }
    }
  }

  public func mission(for brief: BriefID) async throws -> Mission? {
    try await host.read { connection in
      try connection.first(MissionRow.self, "WHERE brief = \(brief)").map {
        $0.contract(team: try connection.team(of: $0.id))
      }
    }
  }

  public func sessions(of mission: MissionID) async throws -> [Session] {
    try await host.read { try $0.sessions(of: mission).map(\.contract) }
  }
}
