/// What rows are kept for: one purpose, one setting of how long. Several modules may keep rows for the
/// same purpose; each says so where its rows are.
public struct Purpose: Sendable {
  /// A share of a purpose that may have a time of its own: a kind of letter.
  public struct Part: Sendable {
    /// As the setting names it.
    public let id: String
    /// What people call it.
    public let name: Words
    /// Days, until somebody sets others.
    public let days: Int

    public init(_ id: String, _ name: Words, days: Int) {
      self.id = id
      self.name = name
      self.days = days
    }
  }

  /// As commands and the setting name it: `job-seeking`. Never renamed.
  public let id: String
  /// What people call it.
  public let name: Words
  /// The law or the need behind it.
  public let reason: Words
  /// What the days are counted from.
  public let from: Words
  /// Days, until somebody sets others.
  public let days: Int
  /// What may be set, in days.
  public let range: ClosedRange<Int>
  /// Those that rely on what is kept for this one: it is kept at least as long as they are.
  public let outlasts: [String]
  /// Shares with times of their own; those that are not named here follow the purpose.
  public let parts: [Part]
  /// Whether free space in the database is overwritten after something went.
  public let isOverwritten: Bool

  public init(
    _ id: String, _ name: Words, because reason: Words, from: Words, days: Int,
    allowing range: ClosedRange<Int>, outlasting outlasts: [String] = [], parts: [Part] = [],
    overwriting isOverwritten: Bool = false
  ) {
    self.id = id
    self.name = name
    self.reason = reason
    self.from = from
    self.days = days
    self.range = range
    self.outlasts = outlasts
    self.parts = parts
    self.isOverwritten = isOverwritten
  }

  /// What merges moved, to be taken back; several modules follow a merge.
  public static let merges = Purpose(
    "merges", Words(en: "merges that may be taken back", fr: "fusions que l’on peut défaire"),
    because: Words(
      en: "A merge is taken back within 30 days; afterwards its way back is of no use.",
      fr: "Une fusion se défait dans les 30 jours ; ensuite son retour ne sert plus."),
    from: Words(en: "the merge", fr: "la fusion"), days: 60, allowing: 31...730)
}

/// How long something is kept as things stand: the days that are in force today.
public struct Term: Sendable {
  /// When it is asked.
  public let now: Instant
  /// Of the day of `now`, where deadlines of no edition are reckoned.
  public let today: Day
  let purpose: Purpose
  /// Of the purpose as a whole and of its parts, where somebody set them.
  let chosen: [String: Int]

  /// Days of the purpose as a whole.
  public var days: Int { chosen[""] ?? purpose.days }

  /// Days of a part: its own, else those set for all, else those it has from the start.
  public func days(of part: String) -> Int {
    chosen[part] ?? chosen[""] ?? purpose.parts.first { $0.id == part }?.days ?? purpose.days
  }

  /// Whatever happened before this moment had its time.
  public var cut: Instant { now.advanced(byDays: -Int64(days)) }

  /// The same for a part.
  public func cut(of part: String) -> Instant { now.advanced(byDays: -Int64(days(of: part))) }

  /// Whether what was needed until the end of `day` had its time.
  public func isOver(since day: Day) -> Bool { day.advanced(by: Int32(days)) < today }
}
