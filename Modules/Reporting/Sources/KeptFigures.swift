internal import Kernel
internal import ReportingAPI
internal import Synchronization

/// What the figures of an edition came to when they were last worked out. They depend on rows only, so
/// they hold until anything is committed, and a report that many look at is worked out once.
final class KeptFigures: Sendable {
  struct Of: Sendable {
    let timeline: ReportTimeline
    /// In the order of the report's figures.
    let tallies: [[FigureTally]]
  }

  /// Editions looked at together; more would be an archive.
  private static let editions = 8

  private let database: any Database
  private let kept = Mutex<[EditionID: (mark: Int64, figures: Of)]>([:])

  init(_ database: any Database) { self.database = database }

  /// Where the data stands now: what is read after this is at least as new. Nil where that cannot be
  /// told, and then nothing is kept. Throws `StorageError`.
  func mark() throws -> Int64? { try database.commitMark() }

  /// The figures as they stood at `mark`, or what `work` makes of them. Throws what `work` throws.
  func figures(of edition: EditionID, at mark: Int64?, work: () throws -> Of) rethrows -> Of {
    guard let mark else { return try work() }
    if let known = kept.withLock({ $0[edition] }), known.mark == mark { return known.figures }
    let figures = try work()
    kept.withLock { kept in
      if kept.count >= Self.editions, kept[edition] == nil { kept.removeAll() }
      kept[edition] = (mark, figures)
    }
    return figures
  }
}
