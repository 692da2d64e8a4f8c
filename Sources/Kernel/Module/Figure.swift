/// A number in the report. It is worked out from rows that anyone allowed can open, so figure and
/// evidence cannot disagree.
public struct Figure: Sendable {
  /// What its values are in.
  public enum Unit: String, Codable, Sendable, CaseIterable {
    /// Things.
    case count
    /// Values in minutes, shown in hours.
    case hours
    /// Whole days.
    case days
    /// Values in hundredths.
    case score
  }
  /// How the values of the rows become one.
  public enum Aggregate: String, Codable, Sendable, CaseIterable {
    /// How many rows there are, whatever their values.
    case count
    /// Their values together.
    case sum
    /// Rounded to the nearest whole unit, halves up; 0 without rows.
    case mean
    /// Of an even number of values, the middle of the two; 0 without rows.
    case median
  }

  /// What a row stands for, and so who may see which groups.
  public enum Subject: Sendable {
    /// Whoever may see the figure sees its groups and its rows.
    case things
    /// Somebody, or what somebody did. Beyond staff no row is shown, and no group that could be told to
    /// be somebody: only of an edition that is over, of five people or more, not to be had by subtraction.
    case people
    /// What a partner promised: its contacts see their own.
    case partners
  }

  /// `<module>.<what>`: `missions.hours-by-regime`.
  public let id: String
  /// A few words, as the report puts it above the number.
  public let title: Words
  /// Of the values and of the number.
  public let unit: Unit
  public let aggregate: Aggregate
  /// What the groups are (company, regime); nil for a single number.
  public let grouping: Words?
  /// Decides who sees which groups and rows.
  public let subject: Subject
  let rows: @Sendable (EditionID, any Connection) throws -> [FigureRow]
  let tallies: (@Sendable (EditionID, any Connection) throws -> [FigureTally])?

  /// `tallies` gives what the rows come to without making them, group by group, where there are so many
  /// that a database counts them quicker. A test holds it to the rows.
  public init(
    _ id: String, title: Words, unit: Unit = .count, aggregate: Aggregate = .count,
    by grouping: Words? = nil, of subject: Subject = .things,
    tallies: (@Sendable (EditionID, any Connection) throws -> [FigureTally])? = nil,
    rows: @escaping @Sendable (EditionID, any Connection) throws -> [FigureRow]
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    self.aggregate = aggregate
    self.grouping = grouping
    self.subject = subject
    self.tallies = tallies
    self.rows = rows
  }

  /// Whether what the rows come to is known without making them.
  public var isTallied: Bool { tallies != nil }

  /// What the rows of each group come to, in no particular order; one for all where there are no groups.
  /// Throws `StorageError`.
  public func tallies(for edition: EditionID, in connection: any Connection) throws -> [FigureTally]
  {
    try tallies?(edition, connection)
      ?? FigureTally.of(rows(edition, connection), keepingValues: aggregate == .median)
  }

  /// The rows behind the figure, in a stable order. Throws `StorageError`.
  public func evidence(for edition: EditionID, in connection: any Connection) throws -> [FigureRow]
  {
    try rows(edition, connection)
  }
}

/// One row behind a figure.
public struct FigureRow: Codable, Sendable, Hashable {
  /// Which group it counts in: a company, a regime, an outcome.
  public let group: Words?
  /// In the unit of the figure; 1 where rows are counted.
  public let value: Int64
  /// For whoever opens the evidence; names people only where the figure's subject allows.
  public let label: String
  /// The id of the row in its module.
  public let source: String
  /// Whose row it is, where several may be one person's; never written out.
  public private(set) var person: String?

  private enum CodingKeys: String, CodingKey {
    case group, value, label, source
  }

  /// A row of a group in both languages, or of none.
  public init(
    _ label: String, value: Int64 = 1, group: Words? = nil, source: some CustomStringConvertible,
    person: (any CustomStringConvertible)? = nil
  ) {
    self.person = person?.description
    self.group = group
    self.value = value
    self.label = label
    self.source = source.description
  }

  /// A row of a group whose name is the same in every language: a person’s, a company’s.
  public init(
    _ label: String, value: Int64 = 1, group name: String, source: some CustomStringConvertible
  ) {
    self.init(label, value: value, group: Words(name), source: source)
  }
}

/// What the rows of one group of a figure come to.
public struct FigureTally: Sendable, Hashable {
  /// Nil for a figure without groups, and for rows that belong to none.
  public let group: Words?
  /// How many rows.
  public let rows: Int
  /// Their values together, in the unit of the figure.
  public let sum: Int64
  /// Each value, for a figure that needs them all (a median).
  public let values: [Int64]

  /// Of rows whose values are not needed one by one; each counts 1 unless `sum` says more.
  public init(group: Words?, rows: Int, sum: Int64? = nil) {
    self.group = group
    self.rows = rows
    self.sum = sum ?? Int64(rows)
    values = []
  }
  /// With each value, as a median needs them.
  public init(group: Words?, values: [Int64]) {
    self.group = group
    rows = values.count
    sum = values.reduce(0, +)
    self.values = values
  }

  static func of(_ rows: [FigureRow], keepingValues: Bool) -> [FigureTally] {
    Dictionary(grouping: rows, by: \.group).map { group, rows in
      keepingValues
        ? FigureTally(group: group, values: rows.map(\.value))
        : FigureTally(group: group, rows: rows.count, sum: rows.reduce(0) { $0 + $1.value })
    }
  }
}

extension Sequence where Element == (Words?, Row) {
  /// The tallies of the rows of a grouped statement, each with the group it counts in; those of one group
  /// are put together. `n` is how many rows there are, `sum` the column of their values where they have
  /// any. Throws `StorageError`.
  public func tallied(sum: String?) throws -> [FigureTally] {
    var known: [Words?: (rows: Int, sum: Int64)] = [:]
    for (group, row) in self {
      let count: Int = try row.get("n")
      let values: Int64 = try sum.map { try row.get($0) } ?? Int64(count)
      known[group, default: (0, 0)].rows += count
      known[group, default: (0, 0)].sum += values
    }
    return known.compactMap { group, found in
      found.rows == 0 ? nil : FigureTally(group: group, rows: found.rows, sum: found.sum)
    }
  }
}

extension Figure.Aggregate {
  /// The figure of the rows that some tallies stand for.
  public func applied(to tallies: some Sequence<FigureTally>) -> Int64 {
    switch self {
    case .count: Int64(tallies.reduce(0) { $0 + $1.rows })
    case .sum: tallies.reduce(0) { $0 + $1.sum }
    case .mean: meanValue(of: tallies)
    case .median: middle(of: tallies.flatMap(\.values).sorted())
    }
  }

  /// The figure of some values; means and medians rounded to the nearest whole unit, halves up.
  public func applied(to values: [Int64]) -> Int64 {
    switch self {
    case .count: Int64(values.count)
    case .sum: values.reduce(0, +)
    case .mean: values.isEmpty ? 0 : rounded(values.reduce(0, +), over: Int64(values.count))
    case .median: middle(of: values.sorted())
    }
  }
}

private func meanValue(of tallies: some Sequence<FigureTally>) -> Int64 {
  var (sum, rows) = (Int64(0), Int64(0))
  for tally in tallies {
    sum += tally.sum
    rows += Int64(tally.rows)
  }
  return rows == 0 ? 0 : rounded(sum, over: rows)
}

private func middle(of sorted: [Int64]) -> Int64 {
  guard !sorted.isEmpty else { return 0 }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1
    ? sorted[middle] : rounded(sorted[middle - 1] + sorted[middle], over: 2)
}

private func rounded(_ sum: Int64, over count: Int64) -> Int64 {
  floorDivision(2 * sum + count, 2 * count).quotient
}
