internal import Kernel
internal import PartnersAPI

struct PartnerContactRow: Record {
  static let table = "partners_contact"
  static let noun = Words(en: "contact", fr: "contact")

  let id: PartnerContactID
  let partner: PartnerID
  /// The first one is who gets written to first.
  let position: Int
  var name: Name
  var email: EmailAddress
  var language: Language

  init(id: PartnerContactID, partner: PartnerID, position: Int, _ contact: Contact) {
    self.id = id
    self.partner = partner
    self.position = position
    name = contact.name
    email = contact.email
    language = contact.language
  }

  var contract: Contact { Contact(name: name, email: email, language: language) }
}

func contacts(of partner: PartnerID, in connection: any Connection) throws -> [PartnerContactRow] {
  try connection.select(PartnerContactRow.self, "WHERE partner = \(partner) ORDER BY position")
}

extension PartnersModule {
  @UseCases var aboutPartnerContacts: [Endpoint] {
    addContact
    removeContact
    correctContact
  }

  struct Add: Codable, Sendable {
    let partner: PartnerID
    let name: Name
    let email: EmailAddress
    let language: Language
  }
  struct CorrectContact: Codable, Sendable {
    let partner: PartnerID
    let contact: PartnerContactID
    let name: Name
    let email: EmailAddress
    let language: Language
  }
  struct Corrected: Codable, Sendable {
    let contact: PartnerContactID
    let name: Name
    let email: EmailAddress
    let language: Language
  }
  struct Remove: Codable, Sendable {
    let partner: PartnerID
    let contact: PartnerContactID
  }
  struct Added: Codable, Sendable {
    let contact: PartnerContactID
  }
  struct Removed: Codable, Sendable {
    let contact: PartnerContactID
    let name: Name
  }

  var addContact: UseCase<Add, Added> {
    .command(
      "partners.add-contact", .post, "/partners/{partner}/contacts", by: .staff(and: .partner),
      Words(
        en: "Add somebody who speaks for a partner",
        fr: "Ajouter une personne qui parle pour un partenaire"),
      problems: ["partners/contact-exists"]
    ) { (input: Add, transaction) in
      let partner = try transaction.partner(input.partner)
      let known = try contacts(of: partner.id, in: transaction)
      guard !known.contains(where: { $0.email == input.email }) else {
        throw PartnersError.contactExists(input.email)
      }
      let row = PartnerContactRow(
        id: transaction.newID(), partner: partner.id, position: (known.last?.position ?? 0) + 1,
        Contact(name: input.name, email: input.email, language: input.language))
      try transaction.insert(row)
      return Added(contact: row.id)
    }
  }

  var correctContact: UseCase<CorrectContact, Corrected> {
    .command(
      "partners.correct-contact", .put, "/partners/{partner}/contacts/{contact}",
      by: .staff(and: .partner),
      Words(
        en: "Correct who speaks for a partner: name, address or language",
        fr: "Corriger qui parle pour un partenaire : nom, adresse ou langue"),
      problems: ["partners/contact-exists"]
    ) { (input: CorrectContact, transaction) in
      let known = try contacts(of: transaction.partner(input.partner).id, in: transaction)
      guard var row = known.first(where: { $0.id == input.contact }) else {
        throw Problem.notFound(PartnerContactRow.noun, input.contact)
      }
      guard !known.contains(where: { $0.email == input.email && $0.id != row.id }) else {
        throw PartnersError.contactExists(input.email)
      }
      let previous = row.contract
      row.name = input.name
      row.email = input.email
      row.language = input.language
      try transaction.update(row)
      if row.contract != previous {
        try transaction.emit(
          PartnerContactCorrected(
            partner: row.partner, contact: row.id, previous: previous, current: row.contract))
      }
      return Corrected(
        contact: row.id, name: row.name, email: row.email, language: row.language)
    }
  }

  var removeContact: UseCase<Remove, Removed> {
    .command(
      "partners.remove-contact", .delete, "/partners/{partner}/contacts/{contact}",
      by: .staff(and: .partner),
      Words(
        en: "Remove somebody who no longer speaks for a partner",
        fr: "Retirer une personne qui ne parle plus pour un partenaire"),
      problems: ["partners/last-contact"]
    ) { (input: Remove, transaction) in
      let known = try contacts(of: transaction.partner(input.partner).id, in: transaction)
      guard let row = known.first(where: { $0.id == input.contact }) else {
        throw Problem.notFound(PartnerContactRow.noun, input.contact)
      }
      guard known.count > 1 else { throw PartnersError.lastContact }
      try transaction.delete(PartnerContactRow.self, row.id)
      return Removed(contact: row.id, name: row.name)
    }
  }
}
