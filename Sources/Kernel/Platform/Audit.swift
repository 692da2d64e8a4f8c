/// A row that a command wrote.
public struct Touch: Hashable, Sendable {
  /// What kind of thing: the name of its table, `missions_hours`.
  public let kind: String
  /// Its id, as a text.
  public let row: String
  /// Its version before; nil where it was not there, or has none.
  public let before: Int?
  /// Its version after; nil where it is gone, or has none.
  public let after: Int?

  public init(_ kind: String, _ row: String, before: Int? = nil, after: Int? = nil) {
    self.kind = kind
    self.row = row
    self.before = before
    self.after = after
  }
}

/// What one transaction wrote and for whom, collected while it runs on its thread.
final class Ledger {
  private(set) var touches: [Touch] = []
  private var places: [String: Int] = [:]
  var behalf: Person?
  var actor: Actor?

  /// Several writes of one row are one line: from the first version to the last.
  func note(_ touch: Touch) {
    let key = touch.kind + " " + touch.row
    if let place = places[key] {
      touches[place] = Touch(
        touch.kind, touch.row, before: touches[place].before, after: touch.after)
    } else {
      places[key] = touches.count
      touches.append(touch)
    }
  }
}

/// Who did what to which rows, when, as what and for whom; in the transaction of the command itself.
func audit(_ endpoint: String, in transaction: Transaction) throws {
  let actor = transaction.ledger.actor ?? transaction.actor
  let sequence = try transaction.nextNumber(of: "kernel.audit")
  try transaction.execute(
    """
    INSERT INTO kernel_audit
      (sequence, at, person, role, subject, edition_id, behalf, endpoint, request, recorded_at)
    VALUES (\(sequence), \(transaction.now), \(actor.person), \(actor.role.rawValue),
      \(actor.subject), \(actor.grant.edition), \(transaction.ledger.behalf ?? actor.behalf),
      \(endpoint), \(transaction.context.request), \(transaction.context.recordedAt))
    """)
  for touch in transaction.ledger.touches {
    try transaction.execute(
      """
      INSERT INTO kernel_audit_row (sequence, kind, row_id, version_before, version_after)
      VALUES (\(sequence), \(touch.kind), \(touch.row), \(touch.before), \(touch.after))
      """)
  }
}

extension Connection {
  /// The next number of a series. Numbers are given in the order of the commits and without gaps: who
  /// takes one holds the series until their transaction ends. A series begins behind `start`, which is
  /// worked out only then. Throws `StorageError`.
  public func nextNumber(
    of series: String, after start: @autoclosure () throws -> Int64 = 0
  ) throws -> Int64 {
    let next = try rows(
      "UPDATE kernel_series SET last = last + 1 WHERE name = \(series) RETURNING last")
    if let last = next.first { return try last.get("last") }
    return try rows(
      """
      INSERT INTO kernel_series (name, last) VALUES (\(series), \(try start() + 1))
      ON CONFLICT (name) DO UPDATE SET last = kernel_series.last + 1 RETURNING last
      """
    ).first?.get("last") ?? 1
  }
}
