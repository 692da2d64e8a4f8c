public import ApplicationsAPI
public import Kernel

extension ApplicationsModule: ApplicationsAPI {
  public func organisation(_ id: OrganisationID) async throws -> Organisation {
    try await host.read { connection in
      let row = try connection.organisation(id)
      return row.contract(contacts: try members(of: row.id, in: connection).map(\.contact))
    }
  }

  public func organisations(
    _ ids: [OrganisationID]
  ) async throws -> [OrganisationID: Organisation] {
    try await host.read { connection in
      let rows = try connection.find(OrganisationRow.self, all: ids)
      let members = Dictionary(
        grouping: try connection.select(
          MemberRow.self, "WHERE organisation_id IN \(list: rows.keys.sorted()) ORDER BY position"),
        by: \.organisationId)
      return rows.mapValues { $0.contract(contacts: (members[$0.id] ?? []).map(\.contact)) }
    }
  }

  public func organisation(of member: MemberID) async throws -> OrganisationID? {
    try await host.read { try $0.member(member)?.organisationId }
  }

  public func member(
    at address: EmailAddress, of organisation: OrganisationID
  ) async throws -> MemberID? {
    try await host.read {
      let present = try $0.present(organisation)
      return try $0.first(
        MemberRow.self, "WHERE organisation_id = \(present) AND email = \(address)")?.id
    }
  }

  public func laureates(of edition: EditionID) async throws -> [Laureate] {
    try await host.read { connection in
      try confirmed(in: edition, connection).map { application, organisation in
        Laureate(edition: edition, application: application.id, organisation: organisation.id)
      }
    }
  }

  public func reviewer(_ id: ReviewerID) async throws -> Contact {
    try await host.read { connection in
      guard let row = try connection.find(ReviewerRow.self, id) else {
        throw Problem.notFound(ReviewerRow.noun, id)
      }
      return row.contact
    }
  }
}
