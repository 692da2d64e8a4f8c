internal import Kernel
internal import ProgrammesAPI

/// The report of an edition as values, before it is a page, a text or a table. Nothing in it depends
/// on when it is asked for, so the same edition gives the same bytes.
struct Report: Codable, Sendable {
  let edition: ReportEdition
  let timeline: ReportTimeline
  let figures: [ReportFigure]
}

/// What the report says of the edition itself.
struct ReportEdition: Codable, Sendable, Hashable {
  let name: String
  let theme: String
  let territory: String
  let format: Format
  let starts: Day
  let ends: Day
  /// Who runs the instance, where they said so.
  var publisher: String? = nil
}

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
    self.groups = inOrder(groups)
  }
}

/// One figure, its groups, and the rows it is worked out from.
struct ReportFigure: Codable, Sendable, Hashable {
  let id: String
  let title: Words
  let unit: Figure.Unit
  let aggregate: Figure.Aggregate
  /// What the groups are; nil for a single number.
  let grouping: Words?
  let value: Int64
  let groups: [ReportGroup]
  let rows: [FigureRow]
  /// The rows stand for people: only staff may open them.
  var rowsAreHidden: Bool?
  /// How many rows there are, where they are too many to be written out with the figure:
  /// `report.rows` lists them.
  var manyRows: Int?
}

/// The rows of a figure that belong together, and what they come to.
struct ReportGroup: Codable, Sendable, Hashable {
  let name: Words
  let value: Int64
  let rows: Int
}

extension ReportEdition {
  init(_ edition: Edition) {
    self.init(
      name: edition.name.description, theme: edition.theme.description,
      territory: edition.territory.description, format: edition.format, starts: edition.starts,
      ends: edition.ends)
  }
}

extension ReportFigure {
  /// Works a figure out from its rows. Groups come largest first, equals by name.
  init(_ figure: Figure, rows: [FigureRow]) {
    self.init(
      id: figure.id, title: figure.title, unit: figure.unit, aggregate: figure.aggregate,
      grouping: figure.grouping, rows: rows)
  }

  init(
    id: String, title: Words, unit: Figure.Unit = .count, aggregate: Figure.Aggregate = .count,
    grouping: Words? = nil, rows: [FigureRow]
  ) {
    self.init(
      id: id, title: title, unit: unit, aggregate: aggregate, grouping: grouping,
      value: aggregate.applied(to: rows.map(\.value)),
      groups: grouping == nil ? [] : grouped(rows, by: aggregate), rows: rows)
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

  /// Whether its rows lie beside it in the written report.
  var hasRows: Bool { rowsAreHidden != true && manyRows == nil }
  /// The module that owns it.
  var module: String { String(id.prefix { $0 != "." }) }
  /// Safe in a file name and as an anchor.
  var slug: String { String(id.map { $0.isLetter || $0.isNumber ? $0 : "-" }) }
  /// Whether the groups add up to the figure, so that they can be drawn as parts of it.
  var isWhole: Bool { aggregate == .count || aggregate == .sum }
}

func grouped(_ rows: [FigureRow], by aggregate: Figure.Aggregate) -> [ReportGroup] {
  var values: [Words: [Int64]] = [:]
  for row in rows { values[row.group ?? Words("–"), default: []].append(row.value) }
  let groups = values.map { name, members in
    ReportGroup(name: name, value: aggregate.applied(to: members), rows: members.count)
  }
  return inOrder(groups)
}

/// The largest first, equals by name.
func inOrder(_ groups: [ReportGroup]) -> [ReportGroup] {
  groups.sorted { ($1.value, $0.name.en, $0.name.fr) < ($0.value, $1.name.en, $1.name.fr) }
}

extension ReportGroup {
  init(_ tally: FigureTally, of figure: Figure) {
    self.init(
      name: tally.group ?? Words("–"), value: figure.aggregate.applied(to: [tally]),
      rows: tally.rows)
  }
}
