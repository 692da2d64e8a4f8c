public import Kernel
public import MatchingAPI

extension MatchingModule: MatchingAPI {
  public func places(of edition: EditionID) async throws -> [Place] {
    try await host.read { connection in
      try connection.select(PlaceRow.self, "WHERE edition_id = \(edition) ORDER BY number")
        .map(\.contract)
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
