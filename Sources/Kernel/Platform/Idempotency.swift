/// A command's key, and the answer kept under it: a second click gets the first answer.
struct Idempotency: Sendable {
  let key: String
  let actor: Actor
  let endpoint: String
  let input: JSON

  /// Whose key it is. Those who did not say who they are are not one person: each request of theirs
  /// has a space of its own.
  private var person: String {
    get throws {
      actor.person == .anyone ? "anyone#" + (try fingerprint) : actor.person.description
    }
  }

  private var fingerprint: String {
    get throws {
      String(mixed(0, try JSON.text(of: input)), radix: 16)
    }
  }

  /// The answer of the first time. Throws `Problem.keyReused` when the key was for something else.
  func answer(in connection: any Connection) throws -> JSON? {
    guard
      let row = try connection.rows(
        """
        SELECT endpoint, fingerprint, answer FROM kernel_idempotency
        WHERE key = \(key) AND person = \(try person)
        """
      ).first
    else { return nil }
    guard try row.get("endpoint") == endpoint, try row.get("fingerprint") == fingerprint else {
      throw Problem.keyReused
    }
    return try JSON(parsing: row.get("answer", as: String.self))
  }

  func keep(_ answer: JSON, in connection: any Connection, at now: Instant) throws {
    let text = try JSON.text(of: answer)
    try connection.execute(
      """
      INSERT INTO kernel_idempotency (key, person, endpoint, fingerprint, answer, created_at)
      VALUES (\(key), \(try person), \(endpoint), \(try fingerprint), \(text), \(now))
      """)
  }
}

/// How long a key is remembered: whoever tries again does so within days, and the answers kept with
/// the keys hold personal data.
private let daysKept: Int64 = 30

let forgetKeys = Job.every(seconds: 86_400, "kernel.forget-keys") { transaction in
  try transaction.execute(
    "DELETE FROM kernel_idempotency WHERE created_at < \(transaction.now.advanced(byDays: -daysKept))"
  )
}
