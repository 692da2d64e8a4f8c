internal import AccountsAPI
internal import Kernel

/// Somebody who signed in at least once, or is staff.
struct PersonRow: Record {
  static let table = "accounts_person"
  static let noun = Words(en: "account", fr: "compte")

  let id: PersonID
  var name: Name?
  var language: Language
  let createdAt: Instant
  var disabledAt: Instant?
}

/// An address of somebody's. Its id is the address: it is one person's only.
struct AddressRow: Record {
  static let table = "accounts_address"

  let id: EmailAddress
  var person: PersonID
  /// The first one is written to.
  var position: Int
  /// When they showed that they read its letters; hats come with proved addresses only.
  var provedAt: Instant?
}

/// A role of staff.
struct GrantRow: Record {
  static let table = "accounts_grant"

  let id: ID<GrantRow>
  let person: PersonID
  let role: StaffRole
  let grantedAt: Instant
}

extension Connection {
  func addresses(of person: PersonID) throws -> [AddressRow] {
    try select(AddressRow.self, "WHERE person = \(person) ORDER BY position, id")
  }
  func roles(of person: PersonID) throws -> [StaffRole] {
    try select(GrantRow.self, "WHERE person = \(person) ORDER BY role").map(\.role)
  }
  func isStaff(_ person: PersonID) throws -> Bool {
    try count(GrantRow.self, "WHERE person = \(person)") > 0
  }
}

extension Transaction {
  /// The person of a proved address; made where there is none. Nil when the account is disabled.
  func person(proving address: EmailAddress, in language: Language) throws -> PersonRow? {
    if var row = try find(AddressRow.self, address) {
      guard let person = try find(PersonRow.self, row.person), person.disabledAt == nil else {
        return nil
      }
      if row.provedAt == nil {
        row.provedAt = now
        try update(row)
      }
      return person
    }
    let person = PersonRow(
      id: newID(), name: nil, language: language, createdAt: now, disabledAt: nil)
    try insert(person)
    try insert(AddressRow(id: address, person: person.id, position: 1, provedAt: now))
    return person
  }
}
