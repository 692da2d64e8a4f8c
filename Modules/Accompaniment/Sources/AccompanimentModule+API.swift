public import AccompanimentAPI
public import Kernel

extension AccompanimentModule: AccompanimentAPI {
  public func briefs(of edition: EditionID) async throws -> [Brief] {
    try await host.read { try publishedBriefs(of: edition, in: $0).map(\.contract) }
  }

  public func drafts(of edition: EditionID) async throws -> [Brief] {
    try await host.read { connection in
      try connection.select(
        BriefRow.self,
        """
        WHERE edition_id = \(edition) AND state = 'draft' AND cancelled_at IS NULL
        ORDER BY organisation_name, title, id
        """
      ).map(\.contract)
    }
  }

  public func brief(_ id: BriefID) async throws -> Brief {
    try await host.read { connection in
      guard let row = try connection.find(BriefRow.self, id), row.state == .published else {
        throw Problem.notFound(BriefRow.noun, id)
      }
      return row.contract
    }
  }
}
