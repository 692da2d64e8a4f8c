internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension PartnersModule {
  @UseCases var aboutVolunteers: [Endpoint] {
    registerVolunteer
    listVolunteers
    listPeople
    showVolunteer
    updateContact
  }

  struct RegisterVolunteer: Codable, Sendable {
    let edition: EditionID
    let partner: PartnerID?
    let name: Name
    let email: EmailAddress
    let language: Language
    let regime: Regime
    let service: Name?
  }
  struct ListVolunteers: Codable, Sendable {
    let edition: EditionID
    let partner: PartnerID?
    let state: VolunteerState?
    let after: VolunteerID?
    let limit: Whole<1, 500>?
  }
  struct ListPeople: Codable, Sendable {
    let partner: PartnerID
    let edition: EditionID
    let state: VolunteerState?
    let after: VolunteerID?
    let limit: Whole<1, 500>?
  }
  struct UpdateContact: Codable, Sendable {
    let volunteer: VolunteerID
    let version: Int?
    let name: Name
    let email: EmailAddress
    let language: Language
  }

  var registerVolunteer: UseCase<RegisterVolunteer, VolunteerView> {
    .command(
      "partners.register-volunteer", .post, "/volunteers", by: .staff(and: .partner),
      Words(
        en: "Register one volunteer; a contact registers people of their own partner",
        fr: "Inscrire un volontaire ; un contact inscrit les personnes de son partenaire"),
      problems: ["partners/already-registered", "partners/edition-closed"],
      asking: { input, _ in try await currentEdition(input.edition).id }
    ) { (input: RegisterVolunteer, edition, transaction) in
      let policy = try PartnersPolicy(transaction)
      guard policy.isStaff || policy.own != nil else { throw Problem.forbidden }
      let partner = try (input.partner ?? policy.own).map { try transaction.partner($0) }
      let agreed = try partner.flatMap { try agreement(of: $0.id, for: edition, in: transaction) }
      if let words = objection(to: input.regime, sentBy: partner, under: agreed) {
        throw Problem.invalid("regime", en: words.en, fr: words.fr)
      }
      let known = try registered(input.email, for: policy, in: edition, transaction)
      var row = VolunteerRow(
        id: transaction.newID(), version: 1, editionId: edition,
        sequence: try nextSequence(of: edition, in: transaction), partner: partner?.id,
        name: input.name, email: input.email, language: input.language, regime: input.regime,
        service: input.service, registeredAt: transaction.now)
      row.inviteAt = try invitationTime(of: edition, in: transaction)
      if let known { row.claim(known) }
      try transaction.insert(row)
      try announce(row, in: transaction)
      return try VolunteerView(row, in: transaction)
    }
  }

  var listVolunteers: UseCase<ListVolunteers, Page<VolunteerView>> {
    .query(
      "partners.volunteers", "/editions/{edition}/volunteers",
      by: .staff(and: .partner, .volunteer),
      Words(
        en: "List the volunteers of an edition; contacts see their own people",
        fr: "Lister les volontaires d’une édition ; un contact voit ceux de son partenaire"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (input: ListVolunteers, edition, transaction) in
      try page(
        of: edition, sentBy: input.partner, input.state, after: input.after, input.limit,
        in: transaction)
    }
  }

  var listPeople: UseCase<ListPeople, Page<VolunteerView>> {
    .query(
      "partners.people", "/partners/{partner}/people", by: .staff(and: .partner),
      Words(
        en: "List the people a partner sends to an edition",
        fr: "Lister les personnes qu’un partenaire envoie dans une édition"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (input: ListPeople, edition, transaction) in
      try page(
        of: edition, sentBy: transaction.partner(input.partner).id, input.state,
        after: input.after, input.limit, in: transaction)
    }
  }

  var showVolunteer: UseCase<OneVolunteer, VolunteerView> {
    .query(
      "partners.volunteer", "/volunteers/{volunteer}", by: .staff(and: .partner, .volunteer),
      Words(en: "Show a volunteer", fr: "Montrer un volontaire")
    ) { (input: OneVolunteer, transaction) in
      try VolunteerView(
        visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction),
        in: transaction)
    }
  }

  var updateContact: UseCase<UpdateContact, VolunteerView> {
    .command(
      "partners.update-contact", .put, "/volunteers/{volunteer}/contact",
      by: .staff(and: .volunteer),
      Words(
        en: "Change a volunteer’s name, address or language",
        fr: "Changer le nom, l’adresse ou la langue d’un volontaire"),
      problems: ["partners/already-registered"]
    ) { (input: UpdateContact, transaction) in
      var row = try visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction)
      try row.expect(version: input.version)
      if row.email != input.email {
        try refuseRegistered(input.email, in: row.editionId, transaction)
      }
      let previous = row.contract.contact
      row.name = input.name
      row.email = input.email
      row.language = input.language
      try transaction.update(&row)
      let current = row.contract.contact
      if current != previous {
        try transaction.emit(
          VolunteerCorrected(
            edition: row.editionId, volunteer: row.id, previous: previous, current: current))
      }
      return try VolunteerView(row, in: transaction)
    }
  }

  /// In the order people registered, which is not the order of their ids.
  private func page(
    of edition: EditionID, sentBy partner: PartnerID?, _ state: VolunteerState?,
    after: VolunteerID?, _ limit: Whole<1, 500>?, in transaction: Transaction
  ) throws -> Page<VolunteerView> {
    let policy = try PartnersPolicy(transaction)
    var condition: SQL = "edition_id = \(edition) AND \(part: policy.visible)"
    if let partner { condition = condition + "AND partner = \(partner)" }
    if let state { condition = condition + "AND \(part: state.condition)" }
    if let after {
      let start = try visibleVolunteer(after, to: transaction.actor, in: transaction).sequence
      condition = condition + "AND sequence > \(start)"
    }
    let size = limit?.value ?? 100
    let found = try transaction.select(
      VolunteerRow.self, "WHERE \(part: condition) ORDER BY sequence LIMIT \(size + 1)")
    let partners = Dictionary(
      try transaction.select(PartnerRow.self).map { ($0.id, $0) }
    ) { first, _ in first }
    let shown = found.prefix(size)
    return Page(
      items: shown.map {
        VolunteerView($0, sentBy: $0.partner.flatMap { partners[$0] }, for: policy)
      }, next: found.count > size ? shown.last?.id.description : nil)
  }
}

/// Who has the address, where the actor is not to learn of it. Throws
/// `PartnersError.alreadyRegistered` where it is somebody they see.
private func registered(
  _ email: EmailAddress, for policy: PartnersPolicy, in edition: EditionID,
  _ transaction: Transaction
) throws -> VolunteerID? {
  let rows = try transaction.select(
    VolunteerRow.self,
    "WHERE edition_id = \(edition) AND (email = \(email) OR claimed_email = \(email))")
  guard !rows.contains(where: policy.maySee) else { throw PartnersError.alreadyRegistered(email) }
  return rows.first { $0.claimOf == nil }?.id
}

private func refuseRegistered(
  _ email: EmailAddress, in edition: EditionID, _ transaction: Transaction
) throws {
  let taken = try transaction.count(
    VolunteerRow.self, "WHERE edition_id = \(edition) AND email = \(email)")
  guard taken == 0 else { throw PartnersError.alreadyRegistered(email) }
}
