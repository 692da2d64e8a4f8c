public import AccompanimentAPI
public import Kernel
public import MatchingAPI
internal import PartnersAPI

extension MatchingModule: MatchingAPI {
  public func places(of edition: EditionID) async throws -> [Place] {
    try await host.read {
      try $0.select(PlaceHead.self, "WHERE edition_id = \(edition) ORDER BY number").map(\.contract)
    }
  }

  public func places(for brief: BriefID) async throws -> [Place] {
    try await host.read {
      try $0.select(PlaceHead.self, "WHERE brief = \(brief) ORDER BY number").map(\.contract)
    }
  }

  public func place(_ id: PlaceID) async throws -> Place {
    try await host.read { connection in
      guard let row = try connection.find(PlaceRow.self, id) else {
        throw Problem.notFound(PlaceRow.noun, id)
      }
      return row.contract
    }
  }
}

/// What other modules are told of a place.
private struct PlaceHead: Record {
  static let table = PlaceRow.table
  static let columns: StaticString = "id, edition_id, brief, role, volunteer, state, confirm_by"

  let id: PlaceID
  let editionId: EditionID
  let brief: BriefID
  let role: MissionRoleID
  let volunteer: VolunteerID
  let state: PlaceState
  let confirmBy: Instant

  var contract: Place {
    Place(
      id: id, edition: editionId, brief: brief, role: role, volunteer: volunteer, state: state,
      confirmBy: confirmBy)
  }
}
