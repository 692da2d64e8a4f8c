internal import Foundation
public import Kernel
internal import Postgres

/// One schema as two programs have it: what two callers do at once goes through a writer each, and neither commits
/// before both have looked at what they decide by, as far as something does not keep them apart. So a test
/// shows that a rule which spans rows holds, and that it would not without what guards it.
///
/// ```swift
/// let two = try TwoPrograms(guarding)
/// let scene = try await two.holding { try await Scene() }
/// let refused = await two.atOnce({ await scene.problem(…) }, { await scene.problem(…) })
/// ```
public final class TwoPrograms: Database {
  /// What keeps the two apart, as a test wants it.
  public enum Guarding: Sendable, CaseIterable {
    /// What the product does: they take turns.
    case turns
    /// Serializable transactions alone.
    case serializable
    /// Nothing.
    case nothing
  }

  private let drivers: [PostgresDatabase]
  private let meeting: Meeting

  /// Which of the two whoever calls works through.
  @TaskLocal private static var number = 0

  /// On a schema of its own of the server for tests. Throws where there is none.
  public init(_ guarding: Guarding) throws {
    // Where they take turns nobody comes; else the other may need a while on a busy machine.
    meeting = Meeting(patience: guarding == .turns ? 0.2 : 5)
    let address = try TestDatabase.schema()
    let writeGuard: WriteGuard =
      switch guarding {
      case .turns: .turns
      case .serializable: .serializable
      case .nothing: .nothing
      }
    drivers = try (0..<2).map { _ in
      try PostgresDatabase(address, readers: 2, guarding: writeGuard)
    }
  }

  /// Makes something whose platform is on this database.
  public func holding<T: Sendable>(_ make: () async throws -> T) async rethrows -> T {
    try await TestDatabase.$given.withValue(self, operation: make)
  }

  /// Does both at the same time, each through a program of its own.
  public func atOnce<T: Sendable>(
    _ one: @escaping @Sendable () async -> T, _ other: @escaping @Sendable () async -> T
  ) async -> [T] {
    meeting.open()
    defer { meeting.close() }
    async let first = Self.$number.withValue(0) { await one() }
    async let second = Self.$number.withValue(1) { await other() }
    return await [first, second]
  }

  private var driver: PostgresDatabase { drivers[Self.number] }

  public func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await driver.read(body)
  }
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await driver.write { [meeting] connection in
      let result = try body(connection)
      meeting.wait()
      return result
    }
  }
  public var dialect: Dialect { .postgres }
  public func integrityFaults() async throws -> [String] { try await driver.integrityFaults() }
}

/// Where two wait for each other, but not for long: one may be kept from coming until the other has gone.
private final class Meeting: Sendable {
  private let condition = NSCondition()
  // Read and written under `condition` alone.
  private nonisolated(unsafe) var present = 2
  private let patience: TimeInterval

  init(patience: TimeInterval) { self.patience = patience }

  func open() { set(0) }
  func close() { set(2) }
  private func set(_ number: Int) {
    condition.withLock {
      present = number
      condition.broadcast()
    }
  }

  func wait() {
    condition.withLock {
      present += 1
      condition.broadcast()
      let end = Date(timeIntervalSinceNow: patience)
      while present < 2, condition.wait(until: end) {}
    }
  }
}
