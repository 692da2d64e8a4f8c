internal import Kernel
internal import ReportingAPI

/// One figure and its groups, without its rows.
struct ReportLine: Codable, Sendable, Hashable {
  let id: String
  let title: Words
  let unit: Figure.Unit
  let aggregate: Figure.Aggregate
  let grouping: Words?
  let value: Int64
  /// How many rows whoever asks may open.
  let rows: Int
  let groups: [ReportGroup]

  /// As staff see it.
  init(_ figure: Figure, _ tallies: [FigureTally]) {
    self.init(
      figure, tallies, rows: tallies.reduce(0) { $0 + $1.rows },
      groups: figure.grouping == nil ? [] : tallies.map { ReportGroup($0, of: figure) })
  }

  init(_ figure: Figure, _ tallies: [FigureTally], rows: Int, groups: [ReportGroup]) {
    id = figure.id
    title = figure.title
    unit = figure.unit
    aggregate = figure.aggregate
    grouping = figure.grouping
    value = figure.aggregate.applied(to: tallies)
    self.rows = rows
    self.groups = ReportGroup.inOrder(groups)
  }
}

extension ReportFigure {
  /// Works a figure out from its rows. Groups come largest first, equals by name.
  init(_ figure: Figure, rows: [FigureRow]) {
    self.init(
      id: figure.id, title: figure.title, unit: figure.unit, aggregate: figure.aggregate,
      grouping: figure.grouping, rows: rows)
  }

  /// Works a figure out from what its rows come to.
  init(_ figure: Figure, _ tallies: [FigureTally]) {
    let line = ReportLine(figure, tallies)
    self.init(
      id: line.id, title: line.title, unit: line.unit, aggregate: line.aggregate,
      grouping: line.grouping, value: line.value, groups: line.groups, rows: [],
      manyRows: line.rows)
  }

  /// The figure with its rows, or without where there are more than `most`. Throws `StorageError`.
  static func traced(
    _ figure: Figure, of edition: EditionID, in connection: any Connection
  ) throws -> Self {
    if figure.isTallied {
      let tallies = try figure.tallies(for: edition, in: connection)
      if tallies.reduce(0, { $0 + $1.rows }) > most { return Self(figure, tallies) }
    }
    return Self(figure, rows: try figure.evidence(for: edition, in: connection))
  }

  /// How many rows are written out with a figure.
  static let most = 10_000
}

extension ReportGroup {
  init(_ tally: FigureTally, of figure: Figure) {
    self.init(
      name: tally.group ?? Words("–"), value: figure.aggregate.applied(to: [tally]),
      rows: tally.rows)
  }
}
