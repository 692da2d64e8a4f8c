// What is said of somebody beyond the rows of the module that forgets it.
extension Transaction {
  /// Takes away events of some names about some aggregates, once everybody heard them. Returns how many.
  /// Throws `StorageError`.
  @discardableResult
  public func forgetEvents(named names: [String], about aggregates: [String]) throws -> Int {
    var count = 0
    for start in stride(from: 0, to: aggregates.count, by: 500) {
      let ids = try rows(
        """
        SELECT id FROM kernel_event
        WHERE name IN \(list: names)
          AND aggregate IN \(list: aggregates[start..<min(start + 500, aggregates.count)])
          AND NOT EXISTS (SELECT 1 FROM kernel_delivery d
            WHERE d.event_id = kernel_event.id AND d.state <> 'done')
        """
      ).map { try $0.get("id", as: String.self) }
      guard !ids.isEmpty else { continue }
      try execute("DELETE FROM kernel_delivery WHERE event_id IN \(list: ids)")
      count += try execute("DELETE FROM kernel_event WHERE id IN \(list: ids)")
    }
    return count
  }

  /// Takes out of the audit that people of a role wrote some rows: that they did something stays, not to
  /// whom. Throws `StorageError`.
  public func forgetWriting(of kind: String, rows ids: [String], by role: Role) throws {
    for start in stride(from: 0, to: ids.count, by: 500) {
      try execute(
        """
        DELETE FROM kernel_audit_row
        WHERE kind = \(kind) AND row_id IN \(list: ids[start..<min(start + 500, ids.count)])
          AND sequence IN (SELECT sequence FROM kernel_audit WHERE role = \(role.rawValue))
        """)
    }
  }
}
