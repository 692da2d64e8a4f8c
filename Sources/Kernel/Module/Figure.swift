/// A number in the report. It is worked out from rows that anyone allowed can open, so figure and
/// evidence cannot disagree.
public struct Figure: Sendable {
  public enum Unit: String, Codable, Sendable, CaseIterable {
    case count
    /// Values in minutes, shown in hours.
    case hours
    case days
    /// Values in hundredths.
    case score
  }
  public enum Aggregate: String, Codable, Sendable, CaseIterable {
    case count
    case sum
    case mean
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
  public let title: Words
  public let unit: Unit
  public let aggregate: Aggregate
  /// What the groups are (company, regime); nil for a single number.
  public let grouping: Words?
  public let subject: Subject
  let rows: @Sendable (EditionID, any Connection) throws -> [FigureRow]

  public init(
    _ id: String, title: Words, unit: Unit = .count, aggregate: Aggregate = .count,
    by grouping: Words? = nil, of subject: Subject = .things,
    rows: @escaping @Sendable (EditionID, any Connection) throws -> [FigureRow]
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    self.aggregate = aggregate
    self.grouping = grouping
    self.subject = subject
    self.rows = rows
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
  public let label: String
  /// The id of the row in its module.
  public let source: String
  /// Whose row it is, where several may be one person's; never written out.
  public private(set) var person: String?

  private enum CodingKeys: String, CodingKey {
    case group, value, label, source
  }

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

extension Figure.Aggregate {
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

private func middle(of sorted: [Int64]) -> Int64 {
  guard !sorted.isEmpty else { return 0 }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1
    ? sorted[middle] : rounded(sorted[middle - 1] + sorted[middle], over: 2)
}

private func rounded(_ sum: Int64, over count: Int64) -> Int64 {
  floorDivision(2 * sum + count, 2 * count).quotient
}
