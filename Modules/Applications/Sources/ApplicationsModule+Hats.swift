internal import ApplicationsAPI
public import Kernel

extension ApplicationsModule {
  /// Members of organisations and reviewers. Who was removed is none.
  public func hats(of address: EmailAddress) async throws -> [Hat] {
    try await host.read { connection in
      try connection.select(
        MemberRow.self, "WHERE email = \(address) ORDER BY organisation_id, position"
      ).compactMap { try $0.hat(in: connection) }
        + connection.select(ReviewerRow.self, "WHERE email = \(address)").map(\.hat)
    }
  }

  public func hat(of grant: Grant) async throws -> Hat? {
    if let member = grant.subject(as: .member, MemberID.self) {
      return try await host.read { try $0.member(member)?.hat(in: $0) }
    }
    if let reviewer = grant.subject(as: .reviewer, ReviewerID.self) {
      return try await host.read { try $0.find(ReviewerRow.self, reviewer)?.hat }
    }
    return nil
  }
}

extension MemberRow {
  fileprivate func hat(in connection: any Connection) throws -> Hat? {
    guard let organisation = try connection.find(OrganisationRow.self, organisationId) else {
      return nil
    }
    return Hat(
      Grant(.member, subject: id.description),
      label: Words(
        en: "Member of \(organisation.name) (\(role.title.en))",
        fr: "Membre de \(organisation.name) (\(role.title.fr))"), name: name)
  }
}

extension ReviewerRow {
  fileprivate var hat: Hat {
    Hat(
      Grant(.reviewer, subject: id.description), label: Words(en: "Reviewer", fr: "Membre du jury"),
      name: name)
  }
}
