internal import Kernel
internal import Testing

internal import ReportingAPI

@testable internal import Reporting

/// A figure of people in groups of these sizes.
private func figure(_ sizes: [String: Int], aggregate: Figure.Aggregate = .count)
  -> (Figure, [FigureRow])
{
  let figure = Figure(
    "partners.by-regime", title: Words("People"), aggregate: aggregate, by: Words("regime"),
    of: .people
  ) { _, _ in [] }
  let rows = sizes.sorted { $0.key < $1.key }.flatMap { name, count in
    (0..<count).map {
      FigureRow("", value: 60, group: name, source: "\(name)-\($0)")
    }
  }
  return (figure, rows)
}

@Suite struct `Small groups are not shown beyond staff` {
  @Test func `a group of under five is put together with the next, not taken from the total`() {
    let (one, rows) = figure(["job seeker": 1, "own time": 7, "patronage": 20])
    let shared = ReportFigure(shared: one, rows: rows, isOver: true)
    #expect(shared.value == 28)
    #expect(shared.groups.map(\.name.en) == ["patronage", ReportGroup.others.en])
    #expect(shared.groups.map(\.value) == [20, 8])
    #expect(shared.rows.isEmpty)
  }

  @Test func `small groups that are five together are one, and no other is taken in`() {
    let (one, rows) = figure(["a": 3, "b": 4, "c": 9])
    let shared = ReportFigure(shared: one, rows: rows, isOver: true)
    #expect(shared.groups.map(\.value) == [9, 7])
  }

  @Test(arguments: [["a": 4, "b": 30], ["a": 1], ["a": 2, "b": 2], [:]])
  func `where nothing can be put together there are no groups`(sizes: [String: Int]) {
    let (one, rows) = figure(sizes)
    #expect(ReportFigure(shared: one, rows: rows, isOver: true).groups.isEmpty)
  }

  @Test func `groups of five stand as they are`() {
    let (one, rows) = figure(["a": 5, "b": 6])
    #expect(ReportFigure(shared: one, rows: rows, isOver: true).groups.map(\.value) == [6, 5])
  }

  @Test func `people are counted, not their lines`() {
    let figure = Figure(
      "missions.hours-by-regime", title: Words("Hours"), unit: .hours, aggregate: .sum,
      by: Words("regime"), of: .people
    ) { _, _ in [] }
    let rows =
      (0..<40).map { FigureRow("", value: 60, group: Words("a"), source: "\($0)", person: "one") }
      + (0..<9).map {
        FigureRow("", value: 60, group: Words("b"), source: "\($0)", person: "\($0)")
      }
      + (0..<8).map {
        FigureRow("", value: 60, group: Words("c"), source: "\($0)", person: "\($0)")
      }
    let shared = ReportFigure(shared: figure, rows: rows, isOver: true)
    #expect(shared.groups.map(\.name.en) == ["b", ReportGroup.others.en])
    #expect(shared.groups.map(\.value) == [540, 2880])
  }

  @Test func `while the edition runs nobody can subtract yesterday’s groups from today’s`() {
    let (one, rows) = figure(["a": 50, "b": 60])
    let shared = ReportFigure(shared: one, rows: rows, isOver: false)
    #expect(shared.value == 110)
    #expect(shared.groups.isEmpty)
  }

  @Test func `a contact sees the group of its own partner and the total`() {
    let (one, _) = figure(["Bleu": 2, "Rouge": 30])
    let tallies = [
      FigureTally(group: Words("Bleu"), rows: 2), FigureTally(group: Words("Rouge"), rows: 30),
    ]
    let own = ReportLine(one, tallies, for: Name("Bleu"))
    #expect(own.groups.map(\.name.en) == ["Bleu"])
    #expect(own.groups.map(\.value) == [2])
    #expect(own.value == 32)
    #expect(own.rows == 0)
    #expect(ReportLine(one, tallies, for: nil).groups.isEmpty)
  }

  @Test func `what is counted where it is, and what is worked out from rows, are the same`() {
    let (one, rows) = figure(["Bleu": 2, "Rouge": 30, "Vert": 2])
    let tallies = ["Vert": 2, "Rouge": 30, "Bleu": 2].map {
      FigureTally(group: Words($0.key), rows: $0.value)
    }
    let (line, whole) = (ReportLine(one, tallies), ReportFigure(one, rows: rows))
    #expect(line.value == whole.value)
    #expect(line.groups == whole.groups)
    #expect(line.rows == whole.rows.count)
    let spans = [1, 9, 2, 8].map { FigureTally(group: nil, values: [$0]) }
    for aggregate: Figure.Aggregate in [.count, .sum, .mean, .median] {
      #expect(aggregate.applied(to: spans) == aggregate.applied(to: [1, 9, 2, 8]))
    }
  }
}
