public import Kernel
public import ProgrammesAPI

/// The report of an edition as values, before it is a page, a text or a table. Nothing in it depends
/// on when it is asked for, so the same edition gives the same bytes.
public struct Report: Codable, Sendable {
  /// What it is of.
  public let edition: ReportEdition
  /// When the edition did what.
  public let timeline: ReportTimeline
  /// In the order in which they are told.
  public let figures: [ReportFigure]

  public init(edition: ReportEdition, timeline: ReportTimeline, figures: [ReportFigure]) {
    self.edition = edition
    self.timeline = timeline
    self.figures = figures
  }
}

/// What the report says of the edition itself.
public struct ReportEdition: Codable, Sendable, Hashable {
  /// As its operator calls it.
  public let name: String
  /// What it is about.
  public let theme: String
  /// Where it takes place.
  public let territory: String
  /// Whether people meet.
  public let format: Format
  /// Its first day.
  public let starts: Day
  /// Its last day.
  public let ends: Day
  /// Who runs the instance, where they said so.
  public var publisher: String?

  public init(
    name: String, theme: String, territory: String, format: Format, starts: Day, ends: Day,
    publisher: String? = nil
  ) {
    self.name = name
    self.theme = theme
    self.territory = territory
    self.format = format
    self.starts = starts
    self.ends = ends
    self.publisher = publisher
  }
}

/// When an edition did what: phases with a first and a last day, and days to remember.
public struct ReportTimeline: Codable, Sendable, Hashable {
  /// A time in which something was done.
  public struct Phase: Codable, Sendable, Hashable {
    /// What was done.
    public let title: Words
    /// The day it was done first.
    public let first: Day
    /// The day it was done last; not before `first`.
    public let last: Day

    public init(title: Words, first: Day, last: Day) {
      self.title = title
      self.first = first
      self.last = last
    }
  }

  /// A day to remember.
  public struct Mark: Codable, Sendable, Hashable {
    /// What happened.
    public let title: Words
    /// When.
    public let day: Day

    public init(title: Words, day: Day) {
      self.title = title
      self.day = day
    }
  }

  /// In the order of the modules that tell them.
  public let phases: [Phase]
  /// In the order of their days.
  public let marks: [Mark]

  public init(phases: [Phase], marks: [Mark]) {
    self.phases = phases
    self.marks = marks
  }
}

/// One figure, its groups, and the rows it is worked out from.
public struct ReportFigure: Codable, Sendable, Hashable {
  /// `<module>.<what>`: `missions.hours-by-regime`.
  public let id: String
  /// What is counted.
  public let title: Words
  /// What `value` is in.
  public let unit: Figure.Unit
  /// How rows come to a value.
  public let aggregate: Figure.Aggregate
  /// What the groups are; nil for a single number.
  public let grouping: Words?
  /// Of all rows, shown or not.
  public let value: Int64
  /// The largest first, equals by name.
  public let groups: [ReportGroup]
  /// What it is worked out from, as far as it is shown.
  public let rows: [FigureRow]
  /// The rows stand for people: only staff may open them.
  public var rowsAreHidden: Bool?
  /// How many rows there are, where they are too many to be written out with the figure:
  /// `report.rows` lists them.
  public var manyRows: Int?

  public init(
    id: String, title: Words, unit: Figure.Unit = .count, aggregate: Figure.Aggregate = .count,
    grouping: Words? = nil, value: Int64, groups: [ReportGroup], rows: [FigureRow],
    rowsAreHidden: Bool? = nil, manyRows: Int? = nil
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    self.aggregate = aggregate
    self.grouping = grouping
    self.value = value
    self.groups = groups
    self.rows = rows
    self.rowsAreHidden = rowsAreHidden
    self.manyRows = manyRows
  }

  /// Works a figure out from its rows.
  public init(
    id: String, title: Words, unit: Figure.Unit = .count, aggregate: Figure.Aggregate = .count,
    grouping: Words? = nil, rows: [FigureRow]
  ) {
    self.init(
      id: id, title: title, unit: unit, aggregate: aggregate, grouping: grouping,
      value: aggregate.applied(to: rows.map(\.value)),
      groups: grouping == nil ? [] : ReportGroup.groups(of: rows, by: aggregate), rows: rows)
  }

  /// Whether its rows lie beside it in the written report.
  public var hasRows: Bool { rowsAreHidden != true && manyRows == nil }
  /// The module that owns it.
  public var module: String { String(id.prefix { $0 != "." }) }
  /// Safe in a file name and as an anchor.
  public var slug: String { String(id.map { $0.isLetter || $0.isNumber ? $0 : "-" }) }
  /// Whether the groups add up to the figure, so that they can be drawn as parts of it.
  public var isWhole: Bool { aggregate == .count || aggregate == .sum }
}

/// The rows of a figure that belong together, and what they come to.
public struct ReportGroup: Codable, Sendable, Hashable {
  /// What they have in common.
  public let name: Words
  /// What they come to.
  public let value: Int64
  /// How many they are.
  public let rows: Int

  public init(name: Words, value: Int64, rows: Int) {
    self.name = name
    self.value = value
    self.rows = rows
  }

  /// What the groups come to that some rows say they are in, the largest first, equals by name.
  public static func groups(of rows: [FigureRow], by aggregate: Figure.Aggregate) -> [ReportGroup] {
    var values: [Words: [Int64]] = [:]
    for row in rows { values[row.group ?? Words("–"), default: []].append(row.value) }
    return inOrder(
      values.map { name, members in
        ReportGroup(name: name, value: aggregate.applied(to: members), rows: members.count)
      })
  }

  /// The largest first, equals by name.
  public static func inOrder(_ groups: [ReportGroup]) -> [ReportGroup] {
    groups.sorted { ($1.value, $0.name.en, $0.name.fr) < ($0.value, $1.name.en, $1.name.fr) }
  }

  /// What groups of too few people are called together.
  public static let others = Words(
    en: "others, fewer than five in some", fr: "autres, dont certains de moins de cinq")
}
