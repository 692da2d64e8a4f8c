public import Kernel
public import ProgrammesAPI

extension ProgrammesModule: ProgrammesAPI {
  public func edition(_ id: EditionID) async throws -> Edition {
    try await host.read { connection in
      guard let row = try connection.find(EditionRow.self, id) else {
        throw Problem.notFound(EditionRow.noun, id)
      }
      return row.contract
    }
  }

  public func editions() async throws -> [Edition] {
    try await host.read {
      try $0.select(EditionRow.self, "ORDER BY starts DESC, id DESC").map(\.contract)
    }
  }

  public func halfDays(of edition: EditionID) async throws -> [HalfDay] {
    try await host.read { try calendar(of: edition, in: $0) }
  }

  public func catalogue() async throws -> Catalogue {
    try await host.read { try storedCatalogue(in: $0) }
  }
}
