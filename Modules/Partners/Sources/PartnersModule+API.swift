public import Kernel
public import PartnersAPI

extension PartnersModule: PartnersAPI {
  public func partner(_ id: PartnerID) async throws -> Partner {
    try await host.read { connection in
      guard var row = try connection.find(PartnerRow.self, id) else {
        throw Problem.notFound(PartnerRow.noun, id)
      }
      if let kept = row.mergedInto, let other = try connection.find(PartnerRow.self, kept) {
        row = other
      }
      return Partner(
        id: row.id, name: row.name, kind: row.kind,
        contacts: try contacts(of: row.id, in: connection).map(\.contract))
    }
  }

  public func partnerNames(_ partners: [PartnerID]) async throws -> [PartnerID: Name] {
    try await host.read { connection in
      let rows = try connection.find(PartnerHead.self, all: partners)
      let kept = try connection.find(PartnerHead.self, all: rows.values.compactMap(\.mergedInto))
      return rows.mapValues { row in row.mergedInto.flatMap { kept[$0] }?.name ?? row.name }
    }
  }

  public func employmentAgencies() async throws -> [Partner] {
    try await host.read { connection in
      try connection.select(
        PartnerRow.self,
        "WHERE kind = \(PartnerKind.employmentAgency.rawValue) ORDER BY name, id"
      ).map { row in
        Partner(
          id: row.id, name: row.name, kind: row.kind,
          contacts: try contacts(of: row.id, in: connection).map(\.contract))
      }
    }
  }

  public func partner(of contact: PartnerContactID) async throws -> PartnerID? {
    try await host.read { try $0.find(PartnerContactRow.self, contact)?.partner }
  }

  public func volunteers(of edition: EditionID) async throws -> [Volunteer] {
    try await host.read { connection in
      let restricted = try connection.restricted(as: .volunteer)
      return try connection.select(
        VolunteerRow.self,
        """
        WHERE edition_id = \(edition) AND \(part: VolunteerState.complete.condition)
        ORDER BY sequence
        """
      ).filter { !restricted.contains($0.id.description) }.map(\.contract)
    }
  }

  public func volunteer(_ id: VolunteerID) async throws -> Volunteer {
    try await host.read { connection in
      let known =
        try connection.find(VolunteerRow.self, id)
        ?? survivor(of: id, in: connection).flatMap { try connection.find(VolunteerRow.self, $0) }
      guard let row = known, row.claimOf == nil else {
        throw Problem.notFound(VolunteerRow.noun, id)
      }
      return row.contract
    }
  }

  public func volunteerContacts(_ volunteers: [VolunteerID]) async throws -> [VolunteerID: Contact]
  {
    try await host.read { connection in
      var found = try connection.find(VolunteerHead.self, all: volunteers)
      for id in Set(volunteers) where found[id] == nil {
        if let kept = try survivor(of: id, in: connection) {
          found[id] = try connection.find(VolunteerHead.self, kept)
        }
      }
      return found.compactMapValues { $0.claimOf == nil ? $0.contact : nil }
    }
  }

  public func takesPart(_ id: VolunteerID) async throws -> Bool {
    try await host.read { connection in
      try connection.find(VolunteerRow.self, id).map {
        $0.state != .withdrawn && $0.claimOf == nil
      } ?? false
    }
  }
}
