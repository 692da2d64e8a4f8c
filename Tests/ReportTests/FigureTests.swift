internal import Kernel
internal import ReportingAPI
internal import Testing

@testable internal import ParvisApp

@Suite struct FigureTests {
  @Test func `groups come largest first and add up to the figure`() {
    #expect(Sample.hours.groups.map(\.name.fr) == ["Mécénat", "Temps personnel"])
    #expect(Sample.hours.groups.map(\.value) == [126_000, 90])
    #expect(Sample.hours.value == 126_090)
    #expect(Sample.hours.groups.map(\.rows) == [3, 1])
  }

  @Test func `equal groups come by name`() {
    let figure = ReportFigure(
      id: "a.b", title: Words("t"), grouping: Words("g"),
      rows: ["c", "a", "b"].map { FigureRow($0, group: $0, source: "1") })
    #expect(figure.groups.map(\.name.en) == ["a", "b", "c"])
  }

  @Test func `a mean is the mean of its rows, not of its groups`() {
    #expect(Sample.score.value == 433)
    #expect(Sample.score.groups.map(\.value) == [450, 400])
  }

  @Test func `a figure without grouping has no groups`() {
    #expect(Sample.empty.groups.isEmpty)
    #expect(Sample.empty.value == 0)
  }

  @Test func `a row without a group is not lost`() {
    #expect(Sample.hostile.groups.map(\.rows).reduce(0, +) == Sample.hostile.rows.count)
  }
}
