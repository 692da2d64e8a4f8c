internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  private struct Register: Codable, Sendable {
    let name: Name
    let kind: OrganisationKind
    let causes: [Key]
    let siren: Siren?
    let rna: RNA?
    let territory: Name
    let foundedOn: Day
    let contact: Contact
  }
  private struct Registered: Codable, Sendable {
    let organisation: OrganisationID
    let member: MemberID
  }
  private struct Update: Codable, Sendable {
    let organisation: OrganisationID
    let version: Int?
    let name: Name
    let kind: OrganisationKind
    let causes: [Key]
    let siren: Siren?
    let rna: RNA?
    let territory: Name
    let foundedOn: Day
  }
  private struct Check: Codable, Sendable {
    let organisation: OrganisationID
    let version: Int?
    let siren: IdentifierStatus?
    let rna: IdentifierStatus?
  }
  private struct One: Codable, Sendable {
    let organisation: OrganisationID
  }

  var registerOrganisation: Endpoint {
    .command(
      "applications.register-organisation", .post, "/organisations",
      by: .staff(and: .member, .anyone),
      Words(
        en: "Register an organisation; its contact becomes its lead",
        fr: "Inscrire une organisation ; son contact en devient responsable"),
      problems: ["applications/organisation-known"]
    ) { (input: Register, transaction) in
      try refuseFuture(input.foundedOn, at: transaction.now)
      try refuseKnown(input, in: transaction)
      let row = OrganisationRow(
        id: transaction.newID(), version: 1, name: input.name, kind: input.kind,
        causes: distinct(input.causes), siren: input.siren, sirenStatus: given(input.siren),
        rna: input.rna, rnaStatus: given(input.rna), territory: input.territory,
        foundedOn: input.foundedOn, registeredAt: transaction.now)
      let member = MemberRow(
        id: transaction.newID(), organisationId: row.id, position: 1, name: input.contact.name,
        email: input.contact.email, language: input.contact.language, role: .lead)
      try transaction.insert(row)
      try transaction.insert(member)
      return Registered(organisation: row.id, member: member.id)
    }
  }

  var updateOrganisation: Endpoint {
    .command(
      "applications.update-organisation", .put, "/organisations/{organisation}",
      by: .staff(and: .member),
      Words(
        en: "Write anew what is known of an organisation",
        fr: "Mettre à jour la fiche d’une organisation"),
      problems: ["applications/organisation-known", "applications/role-needed"]
    ) { (input: Update, transaction) in
      var row = try ApplicationsPolicy.organisation(input.organisation, as: .lead, in: transaction)
      try row.expect(version: input.version)
      try refuseFuture(input.foundedOn, at: transaction.now)
      guard try holder(of: input.siren, input.rna, except: row.id, in: transaction) == nil else {
        throw ApplicationsError.organisationKnown
      }
      // What was verified stays so only while the number is the same.
      if row.siren != input.siren { row.sirenStatus = given(input.siren) }
      if row.rna != input.rna { row.rnaStatus = given(input.rna) }
      row.name = input.name
      row.kind = input.kind
      row.causes = distinct(input.causes)
      row.siren = input.siren
      row.rna = input.rna
      row.territory = input.territory
      row.foundedOn = input.foundedOn
      try transaction.update(&row)
      return try OrganisationView(row, in: transaction)
    }
  }

  var checkIdentifiers: Endpoint {
    .command(
      "applications.check-identifiers", .put, "/organisations/{organisation}/identifiers",
      by: .staff,
      Words(
        en: "Note what the registers say of an organisation's numbers",
        fr: "Noter ce que disent les répertoires des numéros d’une organisation")
    ) { (input: Check, transaction) in
      var row = try transaction.get(OrganisationRow.self, input.organisation)
      try row.expect(version: input.version)
      var faults: [FieldProblem] = []
      func missing(_ field: String) -> FieldProblem {
        FieldProblem(
          field, en: "the organisation gave none", fr: "l’organisation n’en a pas donné")
      }
      if input.siren != nil, row.siren == nil { faults.append(missing("siren")) }
      if input.rna != nil, row.rna == nil { faults.append(missing("rna")) }
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      row.sirenStatus = input.siren ?? row.sirenStatus
      row.rnaStatus = input.rna ?? row.rnaStatus
      try transaction.update(&row)
      return try OrganisationView(row, in: transaction)
    }
  }

  var listOrganisations: Endpoint {
    .query(
      "applications.organisations", "/organisations", by: .staff(and: .member),
      Words(en: "List the organisations", fr: "Lister les organisations")
    ) { (_: Nothing, transaction) in
      let rows = try transaction.select(OrganisationRow.self)
      let own = try transaction.actor.subject(as: .member, MemberID.self).flatMap {
        try transaction.find(MemberRow.self, $0)?.organisationId
      }
      return try rows.filter { transaction.actor.isStaff || $0.id == own }
        .sorted { ($0.name.description, $0.registeredAt) < ($1.name.description, $1.registeredAt) }
        .map { try OrganisationView($0, in: transaction) }
    }
  }

  var showOrganisation: Endpoint {
    .query(
      "applications.organisation", "/organisations/{organisation}", by: .staff(and: .member),
      Words(
        en: "Show an organisation and its members", fr: "Montrer une organisation et ses membres")
    ) { (input: One, transaction) in
      try OrganisationView(
        ApplicationsPolicy.organisation(input.organisation, in: transaction), in: transaction)
    }
  }

  private func refuseKnown(_ input: Register, in transaction: Transaction) throws {
    guard try holder(of: input.siren, input.rna, except: nil, in: transaction) == nil else {
      throw ApplicationsError.organisationKnown
    }
    // Without a number, a second click shows as the same name from the same person.
    let namesakes = try transaction.rows(
      """
      SELECT o.name FROM \(OrganisationRow.self) o JOIN \(MemberRow.self) m
      ON m.organisation_id = o.id WHERE m.email = \(input.contact.email)
      """
    ).map { try $0.get("name", as: String.self) }
    guard !namesakes.contains(where: { $0.lowercased() == input.name.description.lowercased() })
    else { throw ApplicationsError.organisationKnown }
  }

  private func holder(
    of siren: Siren?, _ rna: RNA?, except own: OrganisationID?, in transaction: Transaction
  ) throws -> OrganisationRow? {
    try transaction.select(OrganisationRow.self, "WHERE siren = \(siren) OR rna = \(rna)").first {
      $0.id != own
    }
  }
}

private func given(_ number: (some SingleTextValue)?) -> IdentifierStatus {
  number == nil ? .unverified : .formatChecked
}

private func distinct(_ keys: [Key]) -> [Key] {
  var seen: Set<Key> = []
  return keys.filter { seen.insert($0).inserted }
}

// Wherever the organisation is, the day has begun somewhere: a day of grace spares it a wrong no.
private func refuseFuture(_ day: Day, at now: Instant) throws {
  guard day <= Zone.paris.day(of: now).advanced(by: 1) else {
    throw Problem.invalid("foundedOn", en: "is in the future", fr: "est dans le futur")
  }
}
