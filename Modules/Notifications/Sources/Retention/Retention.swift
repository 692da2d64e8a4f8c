internal import Kernel
internal import NotificationsAPI

/// How long the texts of a kind of letter are kept, where the operator said so; under `lines`, how long
/// the log remembers that there was a letter.
struct RetentionRow: Record {
  static let table = "notifications_retention"
  static let lines = "*"
  /// Of kinds that have no days of their own.
  static let others = "others"

  /// The kind.
  let id: String
  var days: Int
  var setAt: Instant
}

/// How long what was written is kept: as long as somebody may come back to it, no longer.
struct Retention: Sendable {
  /// A copy in the folder that no text of the log stands behind: a test, a letter that signed somebody in.
  static let daysOfStrayCopies: Int64 = 1
  static let initialDaysOfLines = 1095

  /// Days by kind, as the operator set them.
  let chosen: [String: Int]
  let weights: [String: Weight]

  func days(of kind: String) -> Int {
    chosen[kind] ?? chosen[RetentionRow.others] ?? Self.initialDays(weights[kind])
  }
  var daysOfLines: Int { chosen[RetentionRow.lines] ?? Self.initialDaysOfLines }

  /// What had to be done by a date is asked about longest.
  static func initialDays(_ weight: Weight?) -> Int {
    switch weight {
    case .necessary: 365
    case .normal: 180
    case .summary, nil: 90
    }
  }

  /// Letters of `kinds` whose text has had its time: they have left, or never will.
  func isOver(_ kinds: [String], at now: Instant) -> SQL {
    let parts = kinds.map { kind -> SQL in
      let cut = now.advanced(byDays: -Int64(days(of: kind)))
      return
        "(kind = \(kind) AND created_at < \(cut) AND COALESCE(sent_at, created_at) < \(cut))"
    }
    guard let first = parts.first else { return "1 = 0" }
    let any = parts.dropFirst().reduce(first) { $0 + "OR" + $1 }
    return "body <> '' AND \(part: Self.isDone) AND (\(part: any))"
  }

  /// Lines of the log that have had their time.
  func isForgotten(at now: Instant) -> SQL {
    let cut = now.advanced(byDays: -Int64(daysOfLines))
    return
      "\(part: Self.isDone) AND created_at < \(cut) AND COALESCE(sent_at, created_at) < \(cut)"
  }

  private static let isDone: SQL = "state IN ('sent', 'digested', 'withheld', 'failed')"
}

extension NotificationsModule {
  func retention(in connection: any Connection) throws -> Retention {
    let rows = try connection.select(RetentionRow.self, "ORDER BY id")
    var weights = Dictionary(mails.map { ($0.kind, $0.weight) }) { first, _ in first }
    weights[digestKind] = .summary
    weights[reminderKind] = .summary
    return Retention(
      chosen: Dictionary(rows.map { ($0.id, $0.days) }) { first, _ in first }, weights: weights)
  }
}

extension Connection {
  /// The kinds of which there are texts, with how many and since when.
  func keptTexts() throws -> [(kind: String, count: Int, oldest: Instant)] {
    try rows(
      """
      SELECT kind, COUNT(*) AS n, MIN(created_at) AS oldest FROM notifications_message
      WHERE body <> '' GROUP BY kind ORDER BY kind
      """
    ).map { (try $0.get("kind"), try $0.get("n"), try $0.get("oldest")) }
  }
}
