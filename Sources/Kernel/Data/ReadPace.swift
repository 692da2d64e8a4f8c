import Synchronization

/// How long one question takes: what was over in a moment the last time is asked on the thread of whoever
/// asks; what was not gets a thread of its own, so that nobody waits behind it.
final class ReadPace: Sendable {
  /// What counts as a moment.
  private static let moment = Duration.milliseconds(2)

  private let isLong = Atomic(false)

  func read<T: Sendable>(
    _ database: any Database, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    let timed: @Sendable (any Connection) throws -> T = { connection in
      let start = ContinuousClock.now
      defer {
        self.isLong.store(ContinuousClock.now - start > Self.moment, ordering: .relaxed)
      }
      return try body(connection)
    }
    return isLong.load(ordering: .relaxed)
      ? try await database.read(timed) : try await database.readBriefly(timed)
  }

  /// The pace of the question that is asked at a place in the code.
  static func of(_ file: StaticString, _ line: UInt) -> ReadPace {
    let place = Place(file: UInt(bitPattern: file.utf8Start), line: line)
    return known.withLock { known in
      if let pace = known[place] { return pace }
      let pace = ReadPace()
      known[place] = pace
      return pace
    }
  }

  private struct Place: Hashable {
    let file: UInt
    let line: UInt
  }
  private static let known = Mutex<[Place: ReadPace]>([:])
}
