internal import Kernel
internal import NotificationsAPI

let reminderKind = "reminder"
let reminderName = Words(en: "reminder", fr: "rappel")

/// How often somebody is reminded of a kind of task, where the operator said so; `*` for all others.
struct RhythmRow: Record {
  static let table = "notifications_rhythm"
  static let others = "*"

  /// The kind.
  let id: String
  var firstDays: Int
  var everyDays: Int
  var most: Int
  /// Whether nobody is ever reminded of it.
  var isOff: Bool
  var setAt: Instant
}

/// How often somebody is reminded of something.
struct Rhythm: Codable, Hashable, Sendable {
  /// Days after it began to wait.
  let firstDays: Int
  let everyDays: Int
  /// After so many it is staff's to see to.
  let most: Int

  static let initial = Rhythm(firstDays: 5, everyDays: 7, most: 3)
  /// Whoever checks hours is written to once a week as it is.
  static let initiallyOff: Set<String> = ["missions.validate-hours"]
  /// So long before its term it is said once more, whatever the rhythm.
  static let daysBeforeTerm: Int64 = 2
}

struct Rhythms: Sendable {
  let chosen: [String: RhythmRow]

  /// Nil: nobody is reminded of it.
  func rhythm(of kind: String) -> Rhythm? {
    if chosen[kind] == nil, Rhythm.initiallyOff.contains(kind) { return nil }
    guard let row = chosen[kind] ?? chosen[RhythmRow.others] else { return .initial }
    return row.isOff
      ? nil : Rhythm(firstDays: row.firstDays, everyDays: row.everyDays, most: row.most)
  }
}

extension Connection {
  func rhythms() throws -> Rhythms {
    let rows = try select(RhythmRow.self, "ORDER BY id")
    return Rhythms(chosen: Dictionary(rows.map { ($0.id, $0) }) { first, _ in first })
  }
}

/// A thing somebody is reminded of, as long as it waits.
struct ReminderRow: Record {
  static let table = "notifications_reminder"
  static let noun = Words(en: "reminder", fr: "rappel")

  /// `<grant>/<kind>/<page>`.
  let id: String
  var recipient: EmailAddress
  var recipientName: Name
  let kind: String
  let title: Words
  let page: String
  let since: Instant
  var due: Instant?
  /// How often they were reminded.
  var count: Int
  var lastAt: Instant?
  /// Since when it is staff's to see to.
  var escalatedAt: Instant?
  /// When a letter told staff so.
  var toldAt: Instant?

  /// Whether its turn has come.
  func isDue(_ rhythm: Rhythm, at now: Instant) -> Bool {
    guard count < rhythm.most else { return false }
    let next =
      lastAt.map { $0.advanced(byDays: Int64(rhythm.everyDays)) }
      ?? since.advanced(byDays: Int64(rhythm.firstDays))
    if next <= now { return true }
    guard let due, due > now else { return false }
    let last = due.advanced(byDays: -Rhythm.daysBeforeTerm)
    return last <= now && (lastAt ?? since) < last
  }

  /// Whether it was said often enough.
  func isOver(_ rhythm: Rhythm, at now: Instant) -> Bool {
    guard count >= rhythm.most, let lastAt else { return false }
    return lastAt.advanced(byDays: Int64(rhythm.everyDays)) <= now
  }
}

/// Somebody whose address changed and who may not have been written to since.
struct MovedRow: Record {
  static let table = "notifications_moved"

  let id: EmailAddress
  let name: Name
  let language: Language
}
