import Synchronization

/// The statements that write a record, worded once for each type.
struct RecordStatements: Sendable {
  /// The columns in the order of the values.
  private let names: [String]
  let insert: String
  /// Every column but the id; picks the row by its id.
  let update: String

  private init(_ table: String, _ names: [String]) {
    self.names = names
    let marks = names.map { _ in "?" }.joined(separator: ", ")
    insert = "INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(marks))"
    let pairs = names.filter { $0 != "id" }.map { "\($0) = ?" }.joined(separator: ", ")
    update = "UPDATE \(table) SET \(pairs) WHERE id = ?"
  }

  static func of<R: Record>(_ type: R.Type, _ names: [String]) -> RecordStatements {
    let key = ObjectIdentifier(type)
    // A type that writes itself may write other columns each time.
    if let known = known.withLock({ $0[key] }), known.names == names { return known }
    let statements = RecordStatements(R.table, names)
    known.withLock { $0[key] = statements }
    return statements
  }

  private static let known = Mutex<[ObjectIdentifier: RecordStatements]>([:])
}

/// The columns of a record and their values, in the same order.
struct RecordFields {
  var names: [String] = []
  var values: [SQLValue] = []

  var valuesButID: [SQLValue] {
    zip(names, values).compactMap { $0 == "id" ? nil : $1 }
  }
}
