public import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension PartnersModule {
  /// Volunteers, one hat an edition, and those who speak for partners. Who withdrew is none.
  public func hats(of address: EmailAddress) async throws -> [Hat] {
    let (volunteers, contacts) = try await host.read { connection in
      (
        try connection.select(
          VolunteerRow.self,
          "WHERE email = \(address) AND withdrawn_at IS NULL ORDER BY registered_at, id"),
        try connection.select(
          PartnerContactRow.self, "WHERE email = \(address) ORDER BY partner, position"
        ).compactMap { try $0.hat(in: connection) }
      )
    }
    var hats: [Hat] = []
    for row in volunteers { hats.append(try await hat(of: row)) }
    return hats + contacts
  }

  public func hat(of grant: Grant) async throws -> Hat? {
    if let id = grant.subject(as: .volunteer, VolunteerID.self) {
      let row = try await host.read { try $0.find(VolunteerRow.self, id) }
      guard let row, row.withdrawnAt == nil else { return nil }
      return try await hat(of: row)
    }
    if let id = grant.subject(as: .partner, PartnerContactID.self) {
      return try await host.read { try $0.find(PartnerContactRow.self, id)?.hat(in: $0) }
    }
    return nil
  }

  private func hat(of row: VolunteerRow) async throws -> Hat {
    let edition = try await programmes.edition(row.editionId).name
    return Hat(
      Grant(.volunteer, subject: row.id.description, edition: row.editionId),
      label: Words(en: "Volunteer, \(edition)", fr: "Volontaire, \(edition)"), name: row.name)
  }
}

extension PartnerContactRow {
  fileprivate func hat(in connection: any Connection) throws -> Hat? {
    guard let partner = try connection.find(PartnerRow.self, partner) else { return nil }
    return Hat(
      Grant(.partner, subject: id.description),
      label: Words(en: "Contact of \(partner.name)", fr: "Contact de \(partner.name)"), name: name)
  }
}
