internal import Kernel
internal import PartnersAPI

struct PartnerRow: Versioned {
  static let table = "partners_partner"
  static let noun = Words(en: "partner", fr: "partenaire")

  let id: PartnerID
  var version: Int
  var name: Name
  let kind: PartnerKind
  var siren: Siren?
  /// The partner it turned out to be.
  var mergedInto: PartnerID?
}

/// What a partner is called, and which it became.
struct PartnerHead: Record {
  static let table = PartnerRow.table
  static let columns: StaticString = "id, name, merged_into"

  let id: PartnerID
  let name: Name
  let mergedInto: PartnerID?
}

extension PartnersModule {
  @UseCases var aboutPartners: [Endpoint] {
    registerPartner
    listPartners
    showPartner
    correctPartner
  }

  struct Register: Codable, Sendable {
    let name: Name
    let kind: PartnerKind
    let siren: Siren?
    let contact: Contact
  }
  struct Registered: Codable, Sendable {
    /// The partner.
    let id: PartnerID
    let partner: PartnerID
    let contact: PartnerContactID
  }
  struct OnePartner: Codable, Sendable {
    let partner: PartnerID
  }
  struct CorrectPartner: Codable, Sendable {
    let partner: PartnerID
    let version: Int?
    let name: Name
    let siren: Siren?
  }
  struct PartnerView: Codable, Sendable {
    struct Person: Codable, Sendable {
      let id: PartnerContactID
      let name: Name
      let email: EmailAddress
      let language: Language
    }
    let id: PartnerID
    let version: Int
    let name: Name
    let kind: PartnerKind
    let siren: Siren?
    let contacts: [Person]
  }

  var registerPartner: UseCase<Register, Registered> {
    .command(
      "partners.register", .post, "/partners", by: .staff,
      Words(
        en: "Register a partner and the person who speaks for it",
        fr: "Enregistrer un partenaire et la personne qui parle pour lui"),
      problems: ["partners/partner-exists"]
    ) { (input: Register, transaction) in
      try refuseDouble(input.name, input.siren, in: transaction)
      let partner = PartnerRow(
        id: transaction.newID(), version: 1, name: input.name, kind: input.kind,
        siren: input.siren)
      try transaction.insert(partner)
      let contact = PartnerContactRow(
        id: transaction.newID(), partner: partner.id, position: 1, input.contact)
      try transaction.insert(contact)
      return Registered(id: partner.id, partner: partner.id, contact: contact.id)
    }
  }

  var correctPartner: UseCase<CorrectPartner, PartnerView> {
    .command(
      "partners.correct", .put, "/partners/{partner}", by: .staff,
      Words(en: "Correct a partner’s name or SIREN", fr: "Corriger le nom ou le SIREN"),
      problems: ["partners/partner-exists"]
    ) { (input: CorrectPartner, transaction) in
      var row = try transaction.partner(input.partner)
      try row.expect(version: input.version)
      try refuseDouble(input.name, input.siren, but: row.id, in: transaction)
      if row.name != input.name {
        try transaction.emit(
          PartnerRenamed(partner: row.id, previous: row.name, current: input.name))
      }
      row.name = input.name
      row.siren = input.siren
      try transaction.update(&row)
      return try view(of: row, in: transaction)
    }
  }

  var listPartners: UseCase<Nothing, [PartnerView]> {
    .query(
      "partners.list", "/partners", by: .staff(and: .partner),
      Words(
        en: "List the partners; a contact sees their own",
        fr: "Lister les partenaires ; un contact voit le sien")
    ) { (_: Nothing, transaction) in
      let policy = try PartnersPolicy(transaction)
      let contacts = Dictionary(
        grouping: try transaction.select(PartnerContactRow.self, "ORDER BY position"),
        by: \.partner)
      return try transaction.select(PartnerRow.self, "WHERE merged_into IS NULL")
        .filter { policy.mayActFor($0.id) }
        .alphabetical { $0.name }
        .map { view(of: $0, contacts[$0.id] ?? []) }
    }
  }

  var showPartner: UseCase<OnePartner, PartnerView> {
    .query(
      "partners.partner", "/partners/{partner}", by: .staff(and: .partner),
      Words(en: "Show a partner and its contacts", fr: "Montrer un partenaire et ses contacts")
    ) { (input: OnePartner, transaction) in
      try view(of: transaction.partner(input.partner), in: transaction)
    }
  }

  private func view(of row: PartnerRow, in connection: any Connection) throws -> PartnerView {
    view(of: row, try contacts(of: row.id, in: connection))
  }

  private func view(of row: PartnerRow, _ contacts: [PartnerContactRow]) -> PartnerView {
    PartnerView(
      id: row.id, version: row.version, name: row.name, kind: row.kind, siren: row.siren,
      contacts: contacts.map {
        PartnerView.Person(id: $0.id, name: $0.name, email: $0.email, language: $0.language)
      })
  }
}

/// The same SIREN, or the same name however it is written, is the same partner; two SIRENs are two, and
/// staff see them marked. Partners are few: comparing here spares rules that databases do not share.
private func refuseDouble(
  _ name: Name, _ siren: Siren?, but known: PartnerID? = nil, in connection: any Connection
) throws {
  let wanted = Folded.organisation(name)
  let double = try connection.select(PartnerRow.self).contains { other in
    guard other.id != known, other.mergedInto == nil else { return false }
    if let siren, let theirs = other.siren { return siren == theirs || name == other.name }
    return Folded.organisation(other.name) == wanted
  }
  guard !double else { throw PartnersError.partnerExists(name) }
}
