internal import AccountsAPI
internal import Kernel

/// How many attempts are taken in a quarter of an hour. Beyond, one waits; nothing is locked.
public struct Limits: Sendable {
  /// Letters asked for one address.
  public var lettersAnAddress: Int
  /// Letters asked from one network, and links and codes tried from it.
  public var fromANetwork: Int
  /// Second steps tried for one person.
  public var stepsAPerson: Int

  public init(lettersAnAddress: Int, fromANetwork: Int, stepsAPerson: Int) {
    self.lettersAnAddress = lettersAnAddress
    self.fromANetwork = fromANetwork
    self.stepsAPerson = stepsAPerson
  }

  public static let standard = Limits(lettersAnAddress: 5, fromANetwork: 60, stepsAPerson: 5)

  /// Codes tried for one letter, then it is of no use.
  static let codesALink = 5
  static let window: Int64 = 900
}

/// How often something was tried in the present window.
private struct AttemptRow: Record {
  static let table = "accounts_attempt"
  let id: String
  var number: Int
  var beganAt: Instant
}

extension Connection {
  /// Counts one more attempt under `key`. Throws `AccountsError.tooMany` when there were `limit` in the
  /// window; the count is then as it was.
  func take(_ kind: String, _ key: String, upTo limit: Int, at now: Instant) throws {
    // The key may be an address: only its hash is kept.
    let id = kind + ":" + hashed(key)
    let known = try find(AttemptRow.self, id)
    if var row = known, row.beganAt.advanced(bySeconds: Limits.window) > now {
      guard row.number < limit else {
        let end = row.beganAt.advanced(bySeconds: Limits.window)
        throw AccountsError.tooMany(
          seconds: Int((end.milliseconds - now.milliseconds + 999) / 1000))
      }
      row.number += 1
      try update(row)
    } else if var row = known {
      row.number = 1
      row.beganAt = now
      try update(row)
    } else {
      try insert(AttemptRow(id: id, number: 1, beganAt: now))
    }
  }

  /// Forgets the attempts under `key`, once one succeeded.
  func forgetAttempts(_ kind: String, _ key: String) throws {
    try execute("DELETE FROM accounts_attempt WHERE id = \(kind + ":" + hashed(key))")
  }

  /// Counts a failure of the day, for whoever watches over the instance.
  func countFailure(_ kind: String, at now: Instant) throws {
    let day = String(now.description.prefix(10))
    try execute(
      """
      INSERT INTO accounts_failure (id, on_day, kind, number)
      VALUES (\(day + " " + kind), \(day), \(kind), 1)
      ON CONFLICT (id) DO UPDATE SET number = accounts_failure.number + 1
      """)
  }
}

extension AccountsModule {
  /// Takes a ticket that stays taken whatever comes of the attempt.
  func ticket(_ kind: String, _ key: String, upTo limit: Int) async throws {
    let now = host.clock.now
    do {
      try await host.database.write { try $0.take(kind, key, upTo: limit, at: now) }
    } catch let error as AccountsError {
      try await failed("limit-" + kind)
      throw error
    }
  }

  func failed(_ kind: String) async throws {
    let now = host.clock.now
    try await host.database.write { try $0.countFailure(kind, at: now) }
  }
}
