/// Somebody's data are kept and not used (GDPR, article 18), under one grant; all of one person are set and
/// lifted together.
public struct Restriction: Codable, Sendable {
  /// The grant, as it is written: `volunteer:<id>`.
  public let person: String
  /// The same for all grants that were restricted together.
  public let batch: String
  /// As whoever set it put it.
  public let reason: String
  /// From when on.
  public let since: Instant
  /// Who set it: staff, or the person.
  public let setBy: Person

  init(_ row: Row) throws {
    person = try row.get("id")
    batch = try row.get("batch")
    reason = try row.get("reason")
    since = try row.get("since")
    setBy = try row.get("set_by")
  }
}

extension Connection {
  /// The restriction of a grant; nil where its data may be used. Throws `StorageError`.
  public func restriction(of grant: Grant) throws -> Restriction? {
    try rows("SELECT * FROM kernel_restriction WHERE id = \(grant.description)").first.map(
      Restriction.init)
  }

  /// The subjects of a role whose data are not to be used: few. Throws `StorageError`.
  public func restricted(as role: Role) throws -> Set<String> {
    let prefix = role.rawValue + ":"
    return Set(
      try rows("SELECT id FROM kernel_restriction WHERE id LIKE \(prefix + "%")").map {
        String(try $0.get("id", as: String.self).dropFirst(prefix.count))
      })
  }

  /// All restrictions, the latest first. Throws `StorageError`.
  public func restrictions() throws -> [Restriction] {
    try rows("SELECT * FROM kernel_restriction ORDER BY since DESC, id").map(Restriction.init)
  }
}

extension Transaction {
  /// Restricts what is kept under some grants of one person, each module doing what must happen at once.
  /// Those that are restricted already stay as they were. Throws `StorageError`.
  public func restrict(_ subject: DataSubject, because reason: Paragraph) throws {
    let batch: ID<RestrictionEntity> = newID()
    for grant in subject.grants where try restriction(of: grant) == nil {
      try execute(
        """
        INSERT INTO kernel_restriction (id, batch, reason, since, set_by)
        VALUES (\(grant.description), \(batch), \(reason), \(now), \(actor.person))
        """)
      touched(Touch("kernel_restriction", grant.description))
    }
    for module in context.routes.modules { try module.restricting(subject, in: self) }
  }

  /// Lifts what was restricted together with a grant. Returns what was lifted; none where nothing was.
  /// Throws `StorageError`.
  public func liftRestriction(of grant: Grant) throws -> [Restriction] {
    guard let one = try restriction(of: grant) else { return [] }
    let all = try restrictions().filter { $0.batch == one.batch }
    try execute("DELETE FROM kernel_restriction WHERE batch = \(one.batch)")
    for lifted in all { touched(Touch("kernel_restriction", lifted.person)) }
    let subject = DataSubject(grants: all.compactMap { Grant($0.person) })
    for module in context.routes.modules { try module.lifting(subject, in: self) }
    return all
  }
}

private enum RestrictionEntity {}

extension Module {
  /// Nothing has to happen at once.
  public func restricting(_ subject: DataSubject, in transaction: Transaction) throws {}
  /// Nothing has to happen.
  public func lifting(_ subject: DataSubject, in transaction: Transaction) throws {}
}
