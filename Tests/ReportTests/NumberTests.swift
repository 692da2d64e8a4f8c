internal import Kernel
internal import ReportingAPI
internal import Testing

@testable internal import ParvisApp

@Suite struct NumberTests {
  @Test(arguments: [
    (Figure.Unit.count, Int64(1_234_567), "1\u{202F}234\u{202F}567", "1,234,567"),
    (.count, 0, "0", "0"), (.count, 999, "999", "999"), (.count, -1000, "−1\u{202F}000", "−1,000"),
    (.hours, 126_000, "2\u{202F}100\u{A0}h", "2,100\u{A0}h"),
    (.hours, 90, "1,5\u{A0}h", "1.5\u{A0}h"),
    (.hours, 15, "0,3\u{A0}h", "0.3\u{A0}h"), (.hours, 60, "1\u{A0}h", "1\u{A0}h"),
    (.days, 0, "0\u{A0}jour", "0\u{A0}days"), (.days, 1, "1\u{A0}jour", "1\u{A0}day"),
    (.days, 54, "54\u{A0}jours", "54\u{A0}days"),
    (.score, 431, "4,31", "4.31"), (.score, 5, "0,05", "0.05"), (.score, 450, "4,50", "4.50"),
  ])
  func `a value is written as its reader writes numbers`(
    unit: Figure.Unit, value: Int64, french: String, english: String
  ) {
    #expect(unit.shown(value, in: .fr) == french)
    #expect(unit.shown(value, in: .en) == english)
  }

  @Test(arguments: [
    (Figure.Unit.hours, Int64(126_000), "2100"), (.hours, 90, "1.5"), (.hours, 15, "0.25"),
    (.hours, 0, "0"), (.hours, 600, "10"), (.score, 431, "4.31"), (.count, 1234, "1234"),
    (.days, 54, "54"),
  ])
  func `a value for programs has a point and no grouping`(
    unit: Figure.Unit, value: Int64, plain: String
  ) {
    #expect(unit.plain(value) == plain)
  }

  @Test func `a day is written out in both languages`() throws {
    #expect((try Sample.day("2020-11-17")).shown(in: .fr) == "17\u{A0}novembre\u{A0}2020")
    #expect((try Sample.day("2021-08-01")).shown(in: .fr) == "1er\u{A0}août\u{A0}2021")
    #expect((try Sample.day("2021-08-01")).shown(in: .en) == "1\u{A0}August\u{A0}2021")
  }

  @Test func `a share never leaves its axis`() {
    #expect(axisShare(1, of: 3).source == "33.33%")
    #expect(axisShare(5, of: 3).source == "100.00%")
    #expect(axisShare(-5, of: 3).source == "0.00%")
    #expect(axisShare(1, of: 0).source == "0.00%")
  }
}
