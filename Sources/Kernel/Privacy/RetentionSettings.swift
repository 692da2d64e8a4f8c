/// How long something is kept, from a day on, as somebody set it.
public struct RetentionSetting: Codable, Sendable {
  /// The purpose, by its id.
  public let purpose: String
  /// Nil: the purpose as a whole.
  public let part: String?
  /// Nil: as it was at first.
  public let days: Int?
  /// It holds from the beginning of this day.
  public let from: Day
  /// When it was set.
  public let setAt: Instant
  /// Who set it.
  public let setBy: Person
  /// Why.
  public let reason: String?

  init(_ row: Row) throws {
    purpose = try row.get("purpose")
    let part: String = try row.get("part")
    self.part = part.isEmpty ? nil : part
    days = try row.get(ifPresent: "days")
    from = try row.get("from_day")
    setAt = try row.get("set_at")
    setBy = try row.get("set_by")
    reason = try row.get(ifPresent: "reason")
  }
}

extension Connection {
  /// What was set for a purpose, or for all: the latest to take effect first. Throws `StorageError`.
  public func retentionSettings(of purpose: String? = nil) throws -> [RetentionSetting] {
    let which: SQL = purpose.map { "WHERE purpose = \($0)" } ?? ""
    return try rows(
      "SELECT * FROM kernel_retention \(part: which) ORDER BY from_day DESC, set_at DESC, id DESC"
    ).map(RetentionSetting.init)
  }

  /// How long what is kept for `purpose` is kept on the day of `now`. Throws `StorageError`.
  public func term(of purpose: Purpose, at now: Instant, in zone: Zone) throws -> Term {
    let today = zone.day(of: now)
    var chosen: [String: Int] = [:]
    var seen: Set<String> = []
    for setting in try retentionSettings(of: purpose.id) where setting.from <= today {
      // The latest counts, also where it takes back what was set before.
      guard seen.insert(setting.part ?? "").inserted else { continue }
      chosen[setting.part ?? ""] = setting.days
    }
    return Term(now: now, today: today, purpose: purpose, chosen: chosen)
  }

  /// Takes over what a module kept as its own setting before; for its migrations. Throws `StorageError`.
  public func takeOverRetention(
    _ purpose: String, part: String?, days: Int, setAt: Instant
  ) throws {
    try execute(
      """
      INSERT INTO kernel_retention (id, purpose, part, days, from_day, set_at, set_by, reason)
      VALUES (\("\(purpose)/\(part ?? "")@\(setAt)"), \(purpose), \(part ?? ""), \(days),
        \(Zone.paris.day(of: setAt)), \(setAt), \(Person.parvis), NULL)
      """)
  }
}

extension Transaction {
  /// Sets how long something is kept from a day on; what was set for that day and later stays on record.
  /// Nil days take it back to what it was at first. Throws `StorageError`.
  public func setRetention(
    _ purpose: Purpose, part: String?, days: Int?, from day: Day, because reason: Paragraph?
  ) throws {
    let id: ID<RetentionSettingEntity> = newID()
    try execute(
      """
      INSERT INTO kernel_retention (id, purpose, part, days, from_day, set_at, set_by, reason)
      VALUES (\(id), \(purpose.id), \(part ?? ""), \(days), \(day), \(now), \(actor.person), \(reason))
      """)
    touched(Touch("kernel_retention", id.description))
  }
}

private enum RetentionSettingEntity {}
