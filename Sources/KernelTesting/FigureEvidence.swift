public import Kernel

/// What a figure counts and what its rows come to are not the same.
public struct TalliesDiffer: Error {
  public let figure: String
  /// The groups, with how many rows each has and their sum: as counted, and as the rows have it.
  public let counted: [String]
  public let rows: [String]
}

extension Figure {
  /// The rows of a figure, held to what it counts without them. Throws `TalliesDiffer`, `StorageError`.
  public func checkedEvidence(
    for edition: EditionID, in connection: any Connection
  ) throws -> [FigureRow] {
    let rows = try evidence(for: edition, in: connection)
    let tallies = try tallies(for: edition, in: connection).filter { $0.rows > 0 }
    let counted = tallies.map { "\($0.group?.en ?? "–"): \($0.rows), \($0.sum)" }.sorted()
    let found = Dictionary(grouping: rows) { $0.group }.map { group, rows in
      "\(group?.en ?? "–"): \(rows.count), \(rows.reduce(0) { $0 + $1.value })"
    }.sorted()
    guard counted == found,
      aggregate.applied(to: tallies) == aggregate.applied(to: rows.map(\.value))
    else { throw TalliesDiffer(figure: id, counted: counted, rows: found) }
    return rows
  }
}
