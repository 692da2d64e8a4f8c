internal import Kernel
internal import ReportingAPI

/// How many people a group has at least that is shown beyond staff.
let smallestGroup = 5

extension ReportFigure {
  /// The figure as anybody may see it. Where rows stand for people none is shown, and groups only once
  /// the edition is over, when nothing moves any more that two reports could be compared for; those of
  /// under five are put together with others, so that none can be had by subtraction.
  init(shared figure: Figure, rows: [FigureRow], isOver: Bool) {
    guard figure.standsForPeople else {
      self.init(figure, rows: rows)
      return
    }
    self.init(
      figure, value: figure.aggregate.applied(to: rows.map(\.value)),
      groups: isOver ? protected(rows, by: figure.aggregate) : [])
  }

  /// The same from the database, which makes no rows that nobody sees. Throws `StorageError`.
  static func shared(
    _ figure: Figure, of edition: EditionID, isOver: Bool, in connection: any Connection
  ) throws -> Self {
    guard figure.standsForPeople else {
      return try traced(figure, of: edition, in: connection)
    }
    guard isOver else {
      let tallies = try figure.tallies(for: edition, in: connection)
      return Self(figure, value: figure.aggregate.applied(to: tallies), groups: [])
    }
    return Self(
      shared: figure, rows: try figure.evidence(for: edition, in: connection), isOver: true)
  }

  /// With the total of all rows, but none of them.
  private init(_ figure: Figure, value: Int64, groups: [ReportGroup]) {
    self.init(
      id: figure.id, title: figure.title, unit: figure.unit, aggregate: figure.aggregate,
      grouping: figure.grouping, value: value, groups: groups, rows: [], rowsAreHidden: true)
  }
}

extension Figure {
  fileprivate var standsForPeople: Bool { subject == .people && grouping != nil }
}

extension ReportLine {
  /// The figure as the contact of a partner sees it: groups of people or promises are their own.
  init(_ figure: Figure, _ tallies: [FigureTally], for partner: Name?) {
    guard figure.subject != .things, figure.grouping != nil else {
      self.init(figure, tallies)
      return
    }
    let own = partner.map { Words($0.description) }
    self.init(
      figure, tallies, rows: 0,
      groups: tallies.filter { $0.group == own && own != nil }.map {
        ReportGroup($0, of: figure)
      })
  }
}

/// The groups of some rows, those of too few people as one with others: at least two groups of at least
/// five people together. None at all where there is no such way.
private func protected(
  _ rows: [FigureRow], by aggregate: Figure.Aggregate
) -> [ReportGroup] {
  let groups = ReportGroup.groups(of: rows, by: aggregate)
  let people = Dictionary(grouping: rows) { $0.group ?? Words("–") }.mapValues { rows in
    Set(rows.map { $0.person ?? $0.source })
  }
  func size(_ group: ReportGroup) -> Int { people[group.name]?.count ?? 0 }
  var hidden = groups.filter { size($0) < smallestGroup }
  guard !hidden.isEmpty else { return groups }
  var shown = groups.filter { size($0) >= smallestGroup }
  func together() -> Int {
    hidden.reduce(into: Set<String>()) { $0.formUnion(people[$1.name] ?? []) }.count
  }
  while hidden.count < 2 || together() < smallestGroup {
    guard let next = shown.min(by: { size($0) < size($1) }) else { return [] }
    shown.removeAll { $0 == next }
    hidden.append(next)
  }
  let names = Set(hidden.map(\.name))
  let rest = rows.filter { names.contains($0.group ?? Words("–")) }
  let others = ReportGroup(
    name: ReportGroup.others, value: aggregate.applied(to: rest.map(\.value)), rows: rest.count)
  return shown.isEmpty ? [] : shown + [others]
}
