internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  @UseCases var aboutMembers: [Endpoint] {
    addMember
    updateMember
    changeRole
    removeMember
    listMembers
  }

  struct Add: Codable, Sendable {
    let organisation: OrganisationID
    let name: Name
    let email: EmailAddress
    let language: Language
    let role: MemberRole?
  }
  struct Change: Codable, Sendable {
    let member: MemberID
    let role: MemberRole
  }
  struct CorrectMember: Codable, Sendable {
    let member: MemberID
    let name: Name
    let email: EmailAddress
    let language: Language
  }
  struct OneMember: Codable, Sendable {
    let member: MemberID
  }

  var addMember: UseCase<Add, MemberView> {
    .command(
      "applications.add-member", .post, "/organisations/{organisation}/members",
      by: .staff(and: .member),
      Words(en: "Add a member to an organisation", fr: "Ajouter un membre à une organisation"),
      problems: ["applications/member-known", "applications/role-needed"]
    ) { (input: Add, transaction) in
      let organisation = try ApplicationsPolicy.organisation(
        input.organisation, as: .lead, in: transaction)
      let others = try members(of: organisation.id, in: transaction)
      guard !others.contains(where: { $0.email == input.email }) else {
        throw ApplicationsError.memberKnown(input.email)
      }
      let row = MemberRow(
        id: transaction.newID(), organisationId: organisation.id,
        position: (others.map(\.position).max() ?? 0) + 1, name: input.name, email: input.email,
        language: input.language, role: input.role ?? .writer)
      try transaction.insert(row)
      try keepStandings(of: organisation.id, in: transaction)
      return MemberView(row)
    }
  }

  var changeRole: UseCase<Change, MemberView> {
    .command(
      "applications.change-role", .put, "/members/{member}/role", by: .staff(and: .member),
      Words(
        en: "Change what a member may do for the organisation",
        fr: "Changer le rôle d’un membre dans son organisation"),
      problems: ["applications/last-lead", "applications/role-needed"]
    ) { (input: Change, transaction) in
      var row = try member(input.member, in: transaction)
      if row.role == .lead, input.role != .lead { try keepALead(beside: row, in: transaction) }
      row.role = input.role
      try transaction.update(row)
      return MemberView(row)
    }
  }

  var updateMember: UseCase<CorrectMember, MemberView> {
    .command(
      "applications.update-member", .put, "/members/{member}", by: .staff(and: .member),
      Words(
        en: "Correct a member's name, address or language",
        fr: "Corriger le nom, l’adresse ou la langue d’un membre"),
      problems: ["applications/member-known", "applications/role-needed"]
    ) { (input: CorrectMember, transaction) in
      // Everybody corrects themselves; a lead, whoever belongs to the organisation.
      let isOwn = transaction.actor.subject(as: .member, MemberID.self) == input.member
      let own = isOwn ? try transaction.find(MemberRow.self, input.member) : nil
      var row = try own ?? member(input.member, in: transaction)
      let others = try members(of: row.organisationId, in: transaction)
      guard !others.contains(where: { $0.email == input.email && $0.id != row.id }) else {
        throw ApplicationsError.memberKnown(input.email)
      }
      let previous = row.contact
      row.name = input.name
      row.email = input.email
      row.language = input.language
      try transaction.update(row)
      if row.contact != previous {
        try keepStandings(of: row.organisationId, in: transaction)
        try transaction.emit(
          MemberCorrected(
            organisation: row.organisationId, member: row.id, previous: previous,
            current: row.contact))
      }
      return MemberView(row)
    }
  }

  var removeMember: UseCase<OneMember, MemberView> {
    .command(
      "applications.remove-member", .delete, "/members/{member}", by: .staff(and: .member),
      Words(
        en: "Remove a member; what they wrote stays the organisation's",
        fr: "Retirer un membre ; ce qu’il a écrit reste à l’organisation"),
      problems: ["applications/last-lead", "applications/role-needed"]
    ) { (input: OneMember, transaction) in
      let row = try member(input.member, in: transaction)
      if row.role == .lead { try keepALead(beside: row, in: transaction) }
      try transaction.delete(MemberRow.self, row.id)
      try keepStandings(of: row.organisationId, in: transaction)
      return MemberView(row)
    }
  }

  var listMembers: UseCase<OfOrganisation, [MemberView]> {
    .query(
      "applications.members", "/organisations/{organisation}/members", by: .staff(and: .member),
      Words(en: "List the members of an organisation", fr: "Lister les membres d’une organisation")
    ) { (input: OfOrganisation, transaction) in
      let organisation = try ApplicationsPolicy.organisation(input.organisation, in: transaction)
      return try members(of: organisation.id, in: transaction).map(MemberView.init)
    }
  }

  /// A member, for staff and leads of the same organisation.
  private func member(_ id: MemberID, in transaction: Transaction) throws -> MemberRow {
    guard let row = try transaction.find(MemberRow.self, id),
      try transaction.actor.isStaff
        || ApplicationsPolicy.membership(in: row.organisationId, transaction) != nil
    else { throw Problem.notFound(MemberRow.noun, id) }
    _ = try ApplicationsPolicy.organisation(row.organisationId, as: .lead, in: transaction)
    return row
  }

  private func keepALead(beside row: MemberRow, in transaction: Transaction) throws {
    let others = try members(of: row.organisationId, in: transaction).filter { $0.id != row.id }
    guard others.contains(where: { $0.role == .lead }) else { throw ApplicationsError.lastLead }
  }
}
