/// Somebody as the rows know them.
public struct DataSubject: Sendable {
  /// What they are or were: `volunteer:<id>`, `member:<id>`…
  public private(set) var grants: [Grant]
  /// What they are and were called, and where letters to them went.
  public internal(set) var names: Set<String>
  /// As rows have them, former ones too.
  public internal(set) var addresses: Set<String>
  /// The ids of their accounts, as columns hold them.
  public internal(set) var accounts: Set<String> = []
  /// Whether their time is over, rather than that they asked: nothing is said of it to anybody.
  public private(set) var isPast = false

  /// The same, with other grants of the same person.
  public func with(_ others: [Grant]) -> DataSubject {
    var subject = self
    for grant in others where !grants.contains(where: { $0.description == grant.description }) {
      subject.grants.append(grant)
    }
    return subject
  }

  /// The same, their time being over.
  var past: DataSubject {
    var other = self
    other.isPast = true
    return other
  }

  public init(grants: [Grant], names: Set<String> = [], addresses: Set<String> = []) {
    self.grants = grants
    self.names = names
    self.addresses = addresses
  }

  /// The subjects of the grants of a role.
  func subjects(_ role: Role? = nil) -> [String] {
    grants.filter { role == nil || $0.role == role }.compactMap(\.subject)
  }
}

/// Rows of one table about somebody, for them to read.
public struct PersonalRecords: Codable, Sendable {
  /// The table's name in the schema.
  public let table: String
  /// What they are kept for.
  public let purpose: Words
  /// Each with its columns as they are stored.
  public let rows: [JSON]
}

extension PersonalTable {
  /// Which rows are about `subject`; nil where none can be.
  func condition(for subject: DataSubject) -> SQL? {
    let parts: [SQL] = owners.compactMap { owner in
      switch owner {
      case .subject(let role, let column): among(column, subject.subjects(role))
      case .anySubject(let column): among(column, subject.subjects())
      case .account(let column): among(column, subject.accounts.sorted())
      case .address(let column): among(column, subject.addresses.sorted())
      case .contact(let address, let name):
        among(address, subject.addresses.sorted()).flatMap { addresses in
          among(name, subject.names.sorted()).map { addresses + "AND" + $0 }
        }
      }
    }
    guard let first = parts.first else { return nil }
    return parts.dropFirst().reduce("(" + first + ")") { $0 + "OR (" + $1 + ")" }
  }

  /// Names of tables and columns are fixed in code; the values are bound.
  private func among(_ column: String, _ values: [String]) -> SQL? {
    guard !values.isEmpty else { return nil }
    return SQL(text: column + " IN", values: []) + "\(list: values)"
  }

  fileprivate func rows(about subject: DataSubject, _ connection: any Connection) throws -> [Row] {
    guard let condition = condition(for: subject) else { return [] }
    return try connection.rows(
      SQL(text: "SELECT * FROM \(table) WHERE", values: []) + condition)
  }
}

extension Connection {
  /// Everything that leads to the person a grant or an address names: the names and addresses of
  /// their rows, and those of before as events tell them. Throws `StorageError`.
  func subject(_ start: DataSubject, in tables: [PersonalTable]) throws -> DataSubject {
    var subject = start
    // An account found by an address has other addresses.
    for _ in 0..<2 {
      for table in tables {
        for row in try table.rows(about: subject, self) {
          for (column, treatment) in table.columns {
            guard case .text(let text) = row[column], !text.isEmpty else { continue }
            switch treatment {
            case .name: subject.names.insert(text)
            case .address: subject.addresses.insert(text)
            case .null, .empty, .id: break
            }
          }
          for case .account(let column) in table.owners {
            if case .text(let id) = row[column] { subject.accounts.insert(id) }
          }
        }
      }
      for id in subject.subjects() { try takeEarlier(of: id, into: &subject) }
    }
    return subject
  }

  /// The contacts that events about a subject told.
  private func takeEarlier(of id: String, into subject: inout DataSubject) throws {
    for row in try rows("SELECT payload FROM kernel_event WHERE aggregate = \(id)") {
      let payload = try JSON(parsing: row.get("payload", as: String.self))
      for contact in [payload["previous"], payload["current"]] {
        if let name = contact?["name"]?.text { subject.names.insert(name) }
        if let address = contact?["email"]?.text { subject.addresses.insert(address) }
      }
    }
  }

  /// What is kept about somebody. Throws `StorageError`.
  func records(about subject: DataSubject, in tables: [PersonalTable]) throws -> [PersonalRecords] {
    try tables.compactMap { table in
      let rows = try table.rows(about: subject, self).map { row in
        JSON.object(
          Dictionary(
            zip(row.columns.names, row.values).map { ($0, $1.shown) }
          ) { first, _ in first })
      }
      return rows.isEmpty
        ? nil : PersonalRecords(table: table.table, purpose: table.purpose, rows: rows)
    }
  }

  /// Takes somebody out of every row that is or may be about them: names and addresses become the
  /// pseudonym's, the rest of what `tables` names goes. Throws `StorageError`.
  func erase(_ subject: DataSubject, as pseudonym: Pseudonym, in tables: [PersonalTable]) throws {
    for table in tables {
      try replaceMentions(of: subject, by: pseudonym, in: table)
    }
    for table in tables {
      guard let condition = table.condition(for: subject) else { continue }
      if table.isDeleted {
        try execute(SQL(text: "DELETE FROM \(table.table) WHERE", values: []) + condition)
      } else if !table.columns.isEmpty {
        try execute(table.assignment(pseudonym) + condition)
      }
    }
  }

  private func replaceMentions(
    of subject: DataSubject, by pseudonym: Pseudonym, in table: PersonalTable
  ) throws {
    // The longest first: an address may hold a name.
    let words =
      subject.addresses.map { ($0, pseudonym.address) } + subject.names.map { ($0, pseudonym.name) }
    for (word, other) in words.sorted(by: { $0.0.count > $1.0.count }) where word.count > 2 {
      for column in table.mentions {
        try execute(
          SQL(
            text: """
              UPDATE \(table.table) SET \(column) = REPLACE(\(column), ?, ?)
              WHERE \(column) LIKE ?
              """,
            values: [.text(word), .text(other), .text("%" + word + "%")]))
      }
    }
  }
}

extension PersonalTable {
  fileprivate func assignment(_ pseudonym: Pseudonym) -> SQL {
    var values: [SQLValue] = []
    let pairs = columns.map { column, treatment in
      switch treatment {
      case .name: values.append(.text(pseudonym.name))
      case .address: values.append(.text(pseudonym.address))
      case .null: return "\(column) = NULL"
      case .empty: values.append(.text(""))
      case .id: return "\(column) = id"
      }
      // What was empty stays so.
      return "\(column) = CASE WHEN \(column) IS NULL THEN NULL ELSE ? END"
    }
    return SQL(
      text: "UPDATE \(table) SET \(pairs.joined(separator: ", ")) WHERE", values: values)
  }
}

/// What takes the place of somebody's name and address.
public struct Pseudonym: Sendable {
  /// “Anonyme 12”, in both languages.
  public let name: String
  /// Leads nowhere: a name that never resolves.
  public let address: String

  init(number: Int64) {
    // One word in both languages; `.invalid` never resolves (RFC 2606).
    name = "Anonyme \(number)"
    address = "anonyme-\(number)\(Self.domain)"
  }

  private static let domain = "@erased.invalid"

  /// Whether an address is that of somebody who was erased: nobody writes to it.
  public static func has(_ address: EmailAddress) -> Bool {
    address.description.hasSuffix(domain)
  }
}

extension SQLValue {
  /// As somebody reads it in an export.
  fileprivate var shown: JSON {
    switch self {
    case .null: .null
    case .integer(let value): .integer(value)
    case .real(let value): .number(value)
    case .text(let text):
      // Columns that hold JSON are shown as what they hold.
      text.hasPrefix("{") || text.hasPrefix("[")
        ? (try? JSON(parsing: text)) ?? .string(text) : .string(text)
    case .blob(let bytes): .string("\(bytes.count) bytes")
    }
  }
}
