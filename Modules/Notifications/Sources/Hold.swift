public import Kernel
internal import NotificationsAPI

/// Why no letter leaves.
enum HoldReason: String, Codable, CaseIterable, Sendable, Hashable {
  /// The data were restored from a backup: what they believe is still to be sent may have been.
  case restored
  /// Staff asked for it.
  case paused
}

/// While there is such a row, letters are written down and wait.
struct HoldRow: Record {
  static let table = "notifications_hold"
  /// There is one at most.
  static let only = "mail"

  let id: String
  let since: Instant
  let reason: HoldReason
}

/// What waits while letters are held back.
struct HoldView: Codable, Sendable {
  struct Kind: Codable, Sendable {
    let kind: String
    let count: Int
    let oldest: Instant
  }

  let isHeld: Bool
  let since: Instant?
  let reason: HoldReason?
  let waiting: Int
  let kinds: [Kind]
}

extension NotificationsModule {
  @UseCases var aboutHold: [Endpoint] {
    showHold
    hold
    letGo
    withhold
  }

  /// Which of the letters that wait: those named, those of a kind, or all.
  struct Choice: Codable, Sendable {
    let messages: [MessageID]?
    let kind: Key?
    let all: Bool?
  }

  var showHold: UseCase<Nothing, HoldView> {
    .query(
      "notifications.show-hold", "/mail-hold", by: .staff,
      Words(
        en: "Say whether letters are held back, and which wait",
        fr: "Dire si les lettres sont retenues, et lesquelles attendent")
    ) { (_: Nothing, transaction) in try transaction.holdView() }
  }

  var hold: UseCase<Nothing, HoldView> {
    .command(
      "notifications.hold", .put, "/mail-hold", by: .staff,
      Words(
        en: "Hold letters back: they are written down and wait until they are let go",
        fr: "Retenir les lettres : elles sont notées et attendent qu’on les laisse partir")
    ) { (_: Nothing, transaction) in
      try transaction.hold(.paused)
      return try transaction.holdView()
    }
  }

  var letGo: UseCase<Choice, HoldView> {
    .command(
      "notifications.let-go", .post, "/mail-hold/let-go", by: .staff,
      Words(
        en:
          "Let letters go that were held back: some, those of a kind, or all, which ends the hold",
        fr:
          "Laisser partir des lettres retenues : certaines, celles d’un type, ou toutes, ce qui met fin à la retenue"
      ), problems: ["notifications/nothing-waits"]
    ) { (input: Choice, transaction) in
      let chosen = try input.condition()
      let count = try transaction.execute(
        "UPDATE notifications_message SET let_go = \(transaction.now) \(part: chosen)")
      if input.all == true {
        try transaction.execute("DELETE FROM notifications_hold")
      } else if count == 0 {
        throw NotificationsError.nothingWaits
      }
      return try transaction.holdView()
    }
  }

  var withhold: UseCase<Choice, HoldView> {
    .command(
      "notifications.withhold", .post, "/mail-hold/withhold", by: .staff,
      Words(
        en: "Never send letters that wait: some, those of a kind, or all",
        fr: "Ne jamais envoyer des lettres qui attendent : certaines, celles d’un type, ou toutes"),
      problems: ["notifications/nothing-waits"]
    ) { (input: Choice, transaction) in
      let chosen = try input.condition()
      let count = try transaction.execute(
        "UPDATE notifications_message SET state = 'withheld' \(part: chosen)")
      guard count > 0 else { throw NotificationsError.nothingWaits }
      return try transaction.holdView()
    }
  }

  /// What was due since the backup may have been sent by the data that were lost: staff look first.
  public func restored(in transaction: Transaction) throws { try transaction.hold(.restored) }
}

extension NotificationsModule.Choice {
  /// Throws a `Problem` unless one thing is chosen.
  fileprivate func condition() throws -> SQL {
    let waiting: SQL = "WHERE state = 'waiting'"
    switch (messages, kind, all) {
    case (let messages?, nil, nil) where !messages.isEmpty && messages.count <= 500:
      return waiting + "AND id IN \(list: messages)"
    case (nil, let kind?, nil): return waiting + "AND kind = \(kind)"
    case (nil, nil, true): return waiting
    default:
      throw Problem.invalid(
        "messages", en: "name up to 500 messages, or a kind, or say all",
        fr: "nommez jusqu’à 500 messages, ou un type, ou dites toutes")
    }
  }
}

extension Connection {
  /// Why letters are held back; nil when they are not.
  func mailHold() throws -> HoldRow? { try find(HoldRow.self, HoldRow.only) }

  fileprivate func holdView() throws -> HoldView {
    let hold = try mailHold()
    let kinds = try rows(
      """
      SELECT kind, COUNT(*) AS n, MIN(created_at) AS oldest FROM notifications_message
      WHERE state = 'waiting' AND let_go IS NULL GROUP BY kind ORDER BY kind
      """
    ).map {
      HoldView.Kind(kind: try $0.get("kind"), count: try $0.get("n"), oldest: try $0.get("oldest"))
    }
    return HoldView(
      isHeld: hold != nil, since: hold?.since, reason: hold?.reason,
      waiting: kinds.reduce(0) { $0 + $1.count }, kinds: kinds)
  }
}

extension Transaction {
  fileprivate func hold(_ reason: HoldReason) throws {
    guard try mailHold() == nil else { return }
    try insert(HoldRow(id: HoldRow.only, since: now, reason: reason))
    // What was let go in a hold of before is no longer.
    try execute(
      "UPDATE notifications_message SET let_go = NULL WHERE state = 'waiting' AND let_go IS NOT NULL"
    )
  }
}
