/// What a use case relies on of what it asked other modules before its transaction began: the facts
/// which, when one is said between the asking and the writing, make it ask again. What was asked is
/// thus as true in the transaction as what is read in it.
public struct Reliance: Sendable {
  let names: [String]

  /// Nothing that could change in between matters: a name, a zone, who belongs where.
  public static let nothing = Reliance(names: [])

  /// Ask again when one of these events was said.
  public init(_ events: any Event.Type...) { names = events.map { $0.name } }

  private init(names: [String]) { self.names = names }

  /// How often what was asked may be out of date at once before the caller is told to try later.
  static let attempts = 6

  /// Where the facts stand now: to be noted before anything is asked. Throws `StorageError`.
  func mark(in database: any Database) async throws -> Int64 {
    guard !names.isEmpty else { return 0 }
    return try await database.readBriefly { connection in
      try connection.rows("SELECT last FROM kernel_series WHERE name = 'kernel.event'").first?
        .get("last") ?? 0
    }
  }

  /// Throws `OutOfDate` when one of the facts was said since `mark`.
  func require(nothingSince mark: Int64, in connection: any Connection) throws {
    guard !names.isEmpty else { return }
    let said = try connection.rows(
      """
      SELECT 1 AS one FROM kernel_event WHERE sequence > \(mark) AND name IN \(list: names) LIMIT 1
      """)
    guard said.isEmpty else { throw OutOfDate() }
  }
}

/// What was asked is no longer so.
struct OutOfDate: Error {}

extension Database {
  /// Asks, then writes; asks again where a fact it relies on was said in between. Throws
  /// `StorageError.busy` when that happens too often, or what the two throw.
  func write<Answers: Sendable, T: Sendable>(
    relyingOn reliance: Reliance, asking: () async throws -> Answers,
    _ body: @escaping @Sendable (Answers, any Connection) throws -> T
  ) async throws -> T {
    for _ in 0..<Reliance.attempts {
      let mark = try await reliance.mark(in: self)
      let answers = try await asking()
      do {
        return try await write { connection in
          try reliance.require(nothingSince: mark, in: connection)
          return try body(answers, connection)
        }
      } catch is OutOfDate {
        continue
      }
    }
    throw StorageError.busy
  }
}
