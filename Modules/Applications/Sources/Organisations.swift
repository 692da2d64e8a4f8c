internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  @UseCases var aboutOrganisations: [Endpoint] {
    registerOrganisation
    updateOrganisation
    checkIdentifiers
    listOrganisations
    showOrganisation
  }

  struct RegisterOrganisation: Codable, Sendable {
    let name: Name
    let kind: OrganisationKind
    let causes: [Key]
    /// A SIREN, or the SIRET or VAT number that holds it.
    let siren: LegalNumber?
    /// The establishment’s, where several share a SIREN.
    let siret: Siret?
    let rna: RNA?
    /// The entry in the register of associations of Alsace-Moselle: court, volume and folio.
    let localRegister: Name?
    let territory: Name
    let foundedOn: Day
    let contact: Contact
    /// The open call it comes for: its application is begun, and the letter leads to it.
    let call: CallID?
  }
  /// What was made. Who is not known reads none of it by these ids, and learns no more from them: where the
  /// organisation was there, they lead nowhere, and a letter to the address says what is so.
  struct Registered: Codable, Sendable {
    /// The organisation.
    let id: OrganisationID
    let organisation: OrganisationID
    let member: MemberID
    let application: ApplicationID?
  }
  struct Update: Codable, Sendable {
    let organisation: OrganisationID
    let version: Int?
    let name: Name
    let kind: OrganisationKind
    let causes: [Key]
    /// A SIREN, or the SIRET or VAT number that holds it.
    let siren: LegalNumber?
    /// The establishment’s, where several share a SIREN.
    let siret: Siret?
    let rna: RNA?
    /// The entry in the register of associations of Alsace-Moselle: court, volume and folio.
    let localRegister: Name?
    let territory: Name
    let foundedOn: Day
  }
  struct Check: Codable, Sendable {
    let organisation: OrganisationID
    let version: Int?
    let siren: IdentifierStatus?
    let rna: IdentifierStatus?
  }
  struct ListOrganisations: Codable, Sendable {
    let after: PageMark?
    let limit: PageSize?
  }
  struct OneOrganisation: Codable, Sendable {
    let organisation: OrganisationID
  }

  var registerOrganisation: UseCase<RegisterOrganisation, Registered> {
    .command(
      "applications.register-organisation", .post, "/organisations",
      by: .staff(and: .member, .anyone),
      Words(
        en: "Register an organisation; its contact becomes its lead",
        fr: "Inscrire une organisation ; son contact en devient responsable"),
      problems: [
        "applications/organisation-known", "applications/call-state",
        "applications/deadline-passed",
      ], traits: [.countsAttempts(address: "contact.email")]
    ) { (input: RegisterOrganisation, transaction) in
      let call = try input.call.map { try ApplicationsPolicy.call($0, in: transaction) }
      try call?.expectOpen(at: transaction.now)
      try refuseFuture(input.foundedOn, on: host.clock.zone.day(of: transaction.now))
      let numbers = try Numbers(input.siren, input.siret, input.rna)
      if transaction.actor.isStaff {
        try refuseKnown(input, numbers, in: transaction)
      } else if let own = try ownMember(input, numbers, in: transaction) {
        // A member is whoever once registered: told at once is only what is about their own address.
        guard try ApplicationsPolicy.ownMember(transaction)?.email != own.email else {
          throw ApplicationsError.organisationKnown
        }
        try transaction.emit(
          OrganisationRegisteredAgain(organisation: own.organisationId, member: own.id))
        let nowhere: OrganisationID = transaction.newID()
        return Registered(
          id: nowhere, organisation: nowhere, member: transaction.newID(),
          application: call == nil ? nil : transaction.newID())
      }
      let row = OrganisationRow(
        id: transaction.newID(), version: 1, name: input.name, kind: input.kind,
        causes: distinct(input.causes), siren: numbers.siren, nic: numbers.nic,
        sirenStatus: given(numbers.siren), rna: input.rna, rnaStatus: given(input.rna),
        localRegister: input.localRegister, territory: input.territory,
        foundedOn: input.foundedOn, registeredAt: transaction.now,
        nameOrder: SortKey(input.name).stored,
        nameFolded: Folded.organisation(input.name).description)
      let member = MemberRow(
        id: transaction.newID(), organisationId: row.id, position: 1, name: input.contact.name,
        email: input.contact.email, language: input.contact.language, role: .lead)
      try transaction.insert(row)
      try transaction.insert(member)
      let draft = try call.map { try begin(to: $0, for: row, in: transaction) }
      try transaction.emit(
        OrganisationRegistered(
          edition: call?.editionId, organisation: row.id, application: draft?.id,
          byItself: transaction.actor.role == .anyone))
      return Registered(
        id: row.id, organisation: row.id, member: member.id, application: draft?.id)
    }
  }

  var updateOrganisation: UseCase<Update, OrganisationView> {
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
      try refuseFuture(input.foundedOn, on: host.clock.zone.day(of: transaction.now))
      let numbers = try Numbers(input.siren, input.siret, input.rna)
      try refuseKnown(numbers, input, instead: row, in: transaction)
      // What was verified stays so only while the number is the same.
      if row.siren != numbers.siren || row.nic != numbers.nic {
        row.sirenStatus = given(numbers.siren)
      }
      if row.rna != input.rna { row.rnaStatus = given(input.rna) }
      if row.name != input.name {
        try transaction.emit(
          OrganisationRenamed(organisation: row.id, previous: row.name, current: input.name))
      }
      row.name = input.name
      row.nameFolded = Folded.organisation(input.name).description
      let order = SortKey(input.name).stored
      if row.nameOrder != order {
        row.nameOrder = order
        try transaction.execute(
          """
          UPDATE \(ApplicationRow.self) SET organisation_order = \(order)
          WHERE organisation_id = \(row.id)
          """)
      }
      row.kind = input.kind
      row.causes = distinct(input.causes)
      row.siren = numbers.siren
      row.nic = numbers.nic
      row.rna = input.rna
      row.localRegister = input.localRegister
      row.territory = input.territory
      row.foundedOn = input.foundedOn
      try transaction.update(&row)
      return try OrganisationView(row, in: transaction)
    }
  }

  var checkIdentifiers: UseCase<Check, OrganisationView> {
    .command(
      "applications.check-identifiers", .put, "/organisations/{organisation}/identifiers",
      by: .staff,
      Words(
        en: "Note what the registers say of an organisation's numbers",
        fr: "Noter ce que disent les répertoires des numéros d’une organisation")
    ) { (input: Check, transaction) in
      var row = try transaction.organisation(input.organisation)
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

  var listOrganisations: UseCase<ListOrganisations, Page<OrganisationView>> {
    .query(
      "applications.organisations", "/organisations", by: .staff(and: .member),
      Words(
        en: "List the organisations, a page at a time",
        fr: "Lister les organisations, page par page")
    ) { (input: ListOrganisations, transaction) in
      let own = try ApplicationsPolicy.ownMember(transaction)?.organisationId
      let page = try transaction.page(
        OrganisationRow.self, where: transaction.actor.isStaff ? "1 = 1" : "id = \(own)",
        by: "name_order", "registered_at", "id", after: input.after, limit: input.limit)
      let alike = transaction.actor.isStaff ? try likely(page.items, in: transaction) : [:]
      let members = Dictionary(
        grouping: try transaction.select(
          MemberRow.self,
          "WHERE organisation_id IN \(list: page.items.map(\.id)) ORDER BY position"),
        by: \.organisationId)
      return page.map {
        OrganisationView($0, alike: alike[$0.id], members: members[$0.id] ?? [])
      }
    }
  }

  var showOrganisation: UseCase<OneOrganisation, OrganisationView> {
    .query(
      "applications.organisation", "/organisations/{organisation}", by: .staff(and: .member),
      Words(
        en: "Show an organisation and its members", fr: "Montrer une organisation et ses membres")
    ) { (input: OneOrganisation, transaction) in
      let row = try ApplicationsPolicy.organisation(input.organisation, in: transaction)
      let alike = transaction.actor.isStaff ? try likely([row], in: transaction) : [:]
      return try OrganisationView(row, alike: alike[row.id], in: transaction)
    }
  }

  /// Whoever reads letters at the given address is a member of the organisation it is about, by name or
  /// number. Where only the numbers are known, a stranger would learn whose they are: that one is registered,
  /// and shows to staff as likely the same.
  private func ownMember(
    _ input: RegisterOrganisation, _ numbers: Numbers, in transaction: Transaction
  ) throws -> MemberRow? {
    let members = try transaction.select(
      MemberRow.self, "WHERE email = \(input.contact.email) ORDER BY organisation_id")
    guard !members.isEmpty else { return nil }
    let organisations = try transaction.find(
      OrganisationRow.self, all: members.map(\.organisationId))
    let name = Folded.organisation(input.name)
    let holders = try holders(
      of: numbers, input.name, in: input.territory, except: nil, transaction)
    return members.first { member in
      guard let row = organisations[member.organisationId] else { return false }
      return Folded.organisation(row.name) == name || holders.contains { $0.id == row.id }
    }
  }

  /// Staff are told whose the new numbers are. A member is not: it would tell whom they asked about, and a
  /// stranger who registered with the numbers of others would keep those from their own page. Staff see the
  /// two as likely the same.
  private func refuseKnown(
    _ numbers: Numbers, _ input: Update, instead row: OrganisationRow, in transaction: Transaction
  ) throws {
    guard transaction.actor.isStaff,
      row.siren != numbers.siren || row.nic != numbers.nic || row.rna != numbers.rna
    else { return }
    for other in try holders(
      of: numbers, input.name, in: input.territory, except: row.id, transaction)
    where try transaction.find(ToldApartRow.self, ToldApartRow.name(row.id, other.id)) == nil {
      throw ApplicationsError.organisationKnown
    }
  }

  private func refuseKnown(
    _ input: RegisterOrganisation, _ numbers: Numbers, in transaction: Transaction
  ) throws {
    let known = try holders(of: numbers, input.name, in: input.territory, except: nil, transaction)
    guard known.isEmpty else { throw ApplicationsError.organisationKnown }
    // Without a number, a second click shows as the same name from the same person.
    let namesakes = try transaction.rows(
      """
      SELECT o.name FROM \(OrganisationRow.self) o JOIN \(MemberRow.self) m
      ON m.organisation_id = o.id WHERE m.email = \(input.contact.email)
      """
    ).map { try $0.get("name", as: Name.self) }
    let name = Folded.organisation(input.name)
    guard !namesakes.contains(where: { Folded.organisation($0) == name }) else {
      throw ApplicationsError.organisationKnown
    }
  }

  /// Who has these numbers already. Branches share a SIREN: they are told apart by their establishment;
  /// where one of the two gave none, by both name and territory.
  private func holders(
    of numbers: Numbers, _ name: Name, in territory: Name, except own: OrganisationID?,
    _ transaction: Transaction
  ) throws -> [OrganisationRow] {
    try transaction.select(
      OrganisationRow.self,
      "WHERE siren = \(numbers.siren) OR rna = \(numbers.rna) ORDER BY registered_at, id"
    ).filter { other in
      guard other.id != own else { return false }
      if let rna = numbers.rna, other.rna == rna { return true }
      if let mine = numbers.nic, let theirs = other.nic { return mine == theirs }
      return Folded.organisation(name) == Folded.organisation(other.name)
        || Folded(territory) == Folded(other.territory)
    }
  }
}

/// The register numbers of an organisation, however they were given.
private struct Numbers {
  let siren: Siren?
  let nic: String?
  let rna: RNA?

  init(_ siren: LegalNumber?, _ siret: Siret?, _ rna: RNA?) throws {
    if let siren, let siret,
      siret.siren != siren.siren || siren.nic.map({ $0 != siret.nic }) == true
    {
      throw Problem.invalid(
        "siret", en: "is the number of another body than the SIREN",
        fr: "est le numéro d’une autre entité que le SIREN")
    }
    self.siren = siren?.siren ?? siret?.siren
    nic = siret?.nic ?? siren?.nic
    self.rna = rna
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
private func refuseFuture(_ day: Day, on today: Day) throws {
  guard day <= today.advanced(by: 1) else {
    throw Problem.invalid("foundedOn", en: "is in the future", fr: "est dans le futur")
  }
}
