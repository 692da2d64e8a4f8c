internal import ApplicationsAPI
internal import Kernel

/// How far a register number was checked. None is asked for, and a register that does not answer
/// holds nobody up.
enum IdentifierStatus: String, Codable, CaseIterable, Sendable, SQLConvertible {
  /// None given, or the register does not confirm it.
  case unverified
  /// Its form and key are right.
  case formatChecked = "format-checked"
  /// The register confirms it.
  case verified
}

struct OrganisationRow: Versioned {
  static let table = "applications_organisation"
  static let noun = Words(en: "organisation", fr: "organisation")

  let id: OrganisationID
  var version: Int
  var name: Name
  var kind: OrganisationKind
  var causes: [Key]
  var siren: Siren?
  /// What tells its establishment from others of the same SIREN.
  var nic: String?
  var sirenStatus: IdentifierStatus
  var rna: RNA?
  var rnaStatus: IdentifierStatus
  /// Its entry in the register of associations of Alsace-Moselle.
  var localRegister: Name?
  var territory: Name
  var foundedOn: Day
  let registeredAt: Instant
  /// Where its name stands in the alphabet: the order of the lists.
  var nameOrder: String
  /// Its name as likely doubles share it.
  var nameFolded: String

  var siret: Siret? { siren.flatMap { siren in nic.flatMap { Siret(siren, nic: $0) } } }

  func contract(contacts: [Contact]) -> Organisation {
    Organisation(
      id: id, name: name, kind: kind, causes: causes, siren: siren, rna: rna, contacts: contacts)
  }
}

/// An organisation's name alone.
struct OrganisationName: Record {
  static let table = OrganisationRow.table
  static let columns: StaticString = "id, name"

  let id: OrganisationID
  let name: Name
}

struct MemberRow: Record {
  static let table = "applications_member"
  static let noun = Words(en: "member", fr: "membre")

  let id: MemberID
  let organisationId: OrganisationID
  /// The order in which they joined.
  let position: Int
  var name: Name
  var email: EmailAddress
  var language: Language
  var role: MemberRole

  var contact: Contact { Contact(name: name, email: email, language: language) }
}

/// A member as their organisation and the operator see them.
struct MemberView: Codable, Sendable {
  let id: MemberID
  let organisation: OrganisationID
  let name: Name
  let email: EmailAddress
  let language: Language
  let role: MemberRole

  init(_ row: MemberRow) {
    id = row.id
    organisation = row.organisationId
    name = row.name
    email = row.email
    language = row.language
    role = row.role
  }
}

/// The members of an organisation, the first one first.
func members(
  of organisation: OrganisationID, in connection: any Connection
) throws -> [MemberRow] {
  try connection.select(
    MemberRow.self, "WHERE organisation_id = \(organisation) ORDER BY position")
}

/// An organisation as its members and the operator see it.
struct OrganisationView: Codable, Sendable {
  let id: OrganisationID
  let version: Int
  let name: Name
  let kind: OrganisationKind
  let causes: [Key]
  let siren: Siren?
  let siret: Siret?
  let sirenStatus: IdentifierStatus
  let rna: RNA?
  let rnaStatus: IdentifierStatus
  let localRegister: Name?
  let territory: Name
  let foundedOn: Day
  let members: [MemberView]
  /// For staff: organisations that are likely the same.
  let alike: [OrganisationID]?

  init(
    _ row: OrganisationRow, alike: [OrganisationID]? = nil, in connection: any Connection
  ) throws {
    self.init(
      row, alike: alike, members: try Applications.members(of: row.id, in: connection))
  }

  init(_ row: OrganisationRow, alike: [OrganisationID]?, members: [MemberRow]) {
    self.alike = alike
    id = row.id
    version = row.version
    name = row.name
    kind = row.kind
    causes = row.causes
    siren = row.siren
    siret = row.siret
    sirenStatus = row.sirenStatus
    rna = row.rna
    rnaStatus = row.rnaStatus
    localRegister = row.localRegister
    territory = row.territory
    foundedOn = row.foundedOn
    self.members = members.map(MemberView.init)
  }
}
