public import Kernel
internal import NotificationsAPI

/// Somebody nobody writes to while what is kept about them is not to be used: by address and name, since
/// people share addresses.
struct RestrictedRow: Record {
  static let table = "notifications_restricted"

  /// The grant, the address and the name: one row each.
  let id: String
  /// The grant by which it is lifted.
  let person: String
  let address: String
  let name: String
}

extension NotificationsModule {
  /// Nothing more is written, and what has not left stays here.
  public func restricting(_ subject: DataSubject, in transaction: Transaction) throws {
    for grant in subject.grants {
      for address in subject.addresses.sorted() {
        for name in subject.names.sorted() {
          try transaction.keepRestricted(grant.description, address, name)
        }
      }
    }
    for address in subject.addresses.sorted() {
      try transaction.execute(
        """
        UPDATE notifications_message SET state = 'withheld'
        WHERE recipient = \(address) AND recipient_name IN \(list: subject.names.sorted())
          AND state IN ('waiting', 'held')
        """)
    }
  }

  /// What was withheld stays so: it is news no more. What happens from now on is written about again.
  public func lifting(_ subject: DataSubject, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM notifications_restricted WHERE person IN \(list: subject.grants.map(\.description))"
    )
  }
}

extension Connection {
  func isRestricted(_ contact: Contact) throws -> Bool {
    try count(
      RestrictedRow.self,
      "WHERE address = \(contact.email) AND name = \(contact.name.description)") > 0
  }
}

extension Transaction {
  fileprivate func keepRestricted(_ person: String, _ address: String, _ name: String) throws {
    let id = "\(person)/\(address)/\(name)"
    guard try find(RestrictedRow.self, id) == nil else { return }
    try insert(RestrictedRow(id: id, person: person, address: address, name: name))
  }

  /// Whoever is called otherwise, or written to elsewhere, is still not written to.
  func keepRestricted(_ previous: Contact, as current: Contact) throws {
    let rows = try select(
      RestrictedRow.self,
      "WHERE address = \(previous.email) AND name = \(previous.name.description) ORDER BY id")
    for row in rows {
      try keepRestricted(row.person, current.email.description, current.name.description)
    }
  }
}
