/// Rows that count in another group than they are in: of which they were is no longer kept, how many of
/// each were is.
public struct Regrouped: Sendable {
  let from: Words
  let to: Words
  let rows: Int
  let sum: Int64

  /// `rows` of the rows in the group `from` belong to `to`, and `sum` of their values.
  public init(_ rows: Int, sum: Int64? = nil, from: Words, to: Words) {
    self.rows = rows
    self.sum = sum ?? Int64(rows)
    self.from = from
    self.to = to
  }
}

/// In a label, where it is not known which row it is.
private let unknown = "—"

extension [FigureRow] {
  /// The rows of a figure that counts them. Those of a group that others were in are no longer told
  /// apart.
  public func regrouped(_ moves: [Regrouped]) -> [FigureRow] {
    var all = self
    for (from, moves) in Dictionary(grouping: moves, by: \.from).ordered {
      var left = all.filter { $0.group == from }.count
      all.removeAll { $0.group == from }
      for move in moves {
        let moved = Swift.min(move.rows, left)
        left -= moved
        all += [FigureRow](repeating: .of(move.to), count: moved)
      }
      all += [FigureRow](repeating: .of(from), count: left)
    }
    return all
  }

  /// The rows of a figure that adds their values up: one for each group that changes.
  public func regroupedSums(_ moves: [Regrouped]) -> [FigureRow] {
    var all = self
    for (from, moves) in Dictionary(grouping: moves, by: \.from).ordered {
      var left = all.filter { $0.group == from }.reduce(0) { $0 + $1.value }
      all.removeAll { $0.group == from }
      for move in moves {
        left -= move.sum
        all.append(.of(move.to, move.sum))
      }
      if left != 0 { all.append(.of(from, left)) }
    }
    return all
  }
}

extension [FigureTally] {
  /// As the rows.
  public func regrouped(_ moves: [Regrouped]) -> [FigureTally] {
    var all = Dictionary(map { ($0.group, $0.rows) }, uniquingKeysWith: +)
    for move in moves {
      let moved = Swift.min(move.rows, all[move.from] ?? 0)
      all[move.from, default: 0] -= moved
      all[move.to, default: 0] += moved
    }
    return all.filter { $0.value > 0 }.map { FigureTally(group: $0.key, rows: $0.value) }
  }

  /// As the rows.
  public func regroupedSums(_ moves: [Regrouped]) -> [FigureTally] {
    var all = Dictionary(map { ($0.group, $0) }) { first, _ in first }
    for (from, moves) in Dictionary(grouping: moves, by: \.from).ordered {
      var left = all[from]?.sum ?? 0
      all[from] = nil
      for move in moves {
        left -= move.sum
        let known = all[move.to]
        all[move.to] = FigureTally(
          group: move.to, rows: (known?.rows ?? 0) + 1, sum: (known?.sum ?? 0) + move.sum)
      }
      if left != 0 { all[from] = FigureTally(group: from, rows: 1, sum: left) }
    }
    return Array(all.values)
  }
}

extension FigureRow {
  fileprivate static func of(_ group: Words, _ value: Int64 = 1) -> FigureRow {
    FigureRow(unknown, value: value, group: group, source: unknown)
  }
}

extension Dictionary where Key == Words, Value == [Regrouped] {
  fileprivate var ordered: [(Words, [Regrouped])] {
    sorted { $0.key.en < $1.key.en }.map { ($0.key, $0.value) }
  }
}
