// Identifiers were UUIDs of version 7 once: they began with the moment they were made, and so told
// who came together. Data of that time gets identifiers of chance, everywhere at once.

/// Gives every UUID of version 7 in every text of every table another of version 4, the same one for
/// the same, and keeps which became which, for links in letters. Runs on SQLite alone: no other
/// database ever held such data.
let replaceTimedIdentifiers: @Sendable (any Connection) throws -> Void = { connection in
  let chance = Draws(generator: nil)
  var known: [String: String] = [:]
  func replaced(_ old: String) -> String {
    if let new = known[old] { return new }
    let new = (chance.id() as ID<EventEntity>).description
    known[old] = new
    return new
  }

  // Rows and what refers to them change one after the other; they agree at the end.
  try connection.execute("PRAGMA defer_foreign_keys = ON")
  // Their answers are of the time before, and nobody repeats a command across an upgrade.
  try connection.execute("DELETE FROM kernel_idempotency")
  let tables = try connection.rows(
    """
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'kernel_migration'
    """
  ).map { try $0.get("name", as: String.self) }
  for table in tables {
    // Names out of the schema, which is ours.
    for row in try connection.rows(SQL(text: "SELECT rowid AS __row, * FROM \(table)", values: []))
    {
      var changes: [(column: String, value: SQLValue)] = []
      for (column, value) in zip(row.columns.names, row.values) {
        guard case .text(let text) = value, let new = replacingTimedIdentifiers(text, by: replaced)
        else { continue }
        changes.append((column, .text(new)))
      }
      guard !changes.isEmpty else { continue }
      let pairs = changes.map { "\($0.column) = ?" }.joined(separator: ", ")
      try connection.execute(
        SQL(
          text: "UPDATE \(table) SET \(pairs) WHERE rowid = ?",
          values: changes.map(\.value) + [row["__row"]]))
    }
  }
  for (old, new) in known.sorted(by: { $0.value < $1.value }) {
    try connection.execute("INSERT INTO kernel_old_id (old, new) VALUES (\(old), \(new))")
  }
}

/// `text` with each UUID of version 7 replaced; nil when it holds none.
func replacingTimedIdentifiers(_ text: String, by replaced: (String) -> String) -> String? {
  let bytes = Array(text.utf8)
  guard bytes.count >= 36 else { return nil }
  var result: [UInt8] = []
  var copied = 0
  var index = 0
  while index + 36 <= bytes.count {
    guard isTimedIdentifier(bytes[index..<index + 36]) else {
      index += 1
      continue
    }
    let old = String(decoding: bytes[index..<index + 36], as: UTF8.self)
    result += bytes[copied..<index]
    result += replaced(old.lowercased()).utf8
    index += 36
    copied = index
  }
  guard copied > 0 else { return nil }
  result += bytes[copied...]
  return String(decoding: result, as: UTF8.self)
}

/// Whether these 36 bytes are written like a UUID of version 7.
func isTimedIdentifier(_ bytes: ArraySlice<UInt8>) -> Bool {
  guard bytes.count == 36, bytes[bytes.startIndex + 14] == UInt8(ascii: "7") else { return false }
  for (offset, byte) in bytes.enumerated() {
    switch offset {
    case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return false }
    default:
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        continue
      default: return false
      }
    }
  }
  return true
}

extension Platform {
  /// The input with identifiers of the time before replaced by those of now, so that a link in an old
  /// letter leads on; as it is where it holds none. Throws `StorageError`.
  func modernised(_ input: JSON) async throws -> JSON {
    guard case .object(var members) = input else { return input }
    var old: [String: String] = [:]
    for (name, value) in members {
      guard case .string(let text) = value, text.utf8.count == 36,
        isTimedIdentifier(Array(text.utf8)[...])
      else { continue }
      old[name] = text.lowercased()
    }
    guard !old.isEmpty else { return input }
    let asked = Set(old.values)
    let known = try await database.read { connection in
      Dictionary(
        try connection.rows("SELECT old, new FROM kernel_old_id WHERE old IN \(list: asked)").map {
          (try $0.get("old", as: String.self), try $0.get("new", as: String.self))
        }
      ) { first, _ in first }
    }
    for (name, text) in old {
      if let new = known[text] { members[name] = .string(new) }
    }
    return .object(members)
  }
}
