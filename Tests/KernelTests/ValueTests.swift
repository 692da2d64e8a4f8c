import Kernel
import Testing

@Suite struct Values {
  @Test(arguments: ["2020-02-29", "2021-08-31", "1900-01-01"])
  func `a date that exists is written as it was read`(text: String) {
    #expect(Day(text)?.description == text)
  }

  @Test(arguments: [
    "2021-02-29", "2020-13-01", "2020-00-10", "20-01-01", "2020-1-1", "2020-04-31", "x",
  ])
  func `a date that does not exist is refused`(text: String) { #expect(Day(text) == nil) }

  @Test func `moments are read with offsets and fractions`() {
    #expect(Instant("2020-11-17T10:00:00+01:00") == Instant("2020-11-17T09:00:00Z"))
    #expect(Instant("2020-11-17T09:00:00.250Z")?.description == "2020-11-17T09:00:00.250Z")
    #expect(Instant("2020-11-17T24:00:00Z") == nil)
    #expect(Instant("2020-11-17") == nil)
    #expect(Instant("1969-12-31T23:59:59Z")?.milliseconds == -1000)
  }

  @Test func `a deadline lasts to the end of its day by the clocks of the place`() {
    let day = Day("2020-05-15")
    #expect(day.map { Zone.paris.end(of: $0) } == Instant("2020-05-15T22:00:00Z"))
    let winter = Day("2020-11-17")
    #expect(winter.map { Zone.paris.end(of: $0) } == Instant("2020-11-17T23:00:00Z"))
  }

  @Test func `days on which the clocks change are whole days`() {
    let spring = Day("2020-03-29")
    let autumn = Day("2020-10-25")
    #expect(
      spring.map { Zone.paris.end(of: $0).milliseconds - Zone.paris.start(of: $0).milliseconds }
        == Int64(23 * 3_600_000))
    #expect(
      autumn.map { Zone.paris.end(of: $0).milliseconds - Zone.paris.start(of: $0).milliseconds }
        == Int64(25 * 3_600_000))
  }

  @Test func `a day is told by the clocks of the place`() {
    #expect(Instant("2020-05-15T22:30:00Z").map { Zone.paris.day(of: $0) } == Day("2020-05-16"))
  }

  @Test func `an identifier is written as it was read, and anything else is refused`() {
    let text = "0174d0d5-7f00-7abc-8def-0123456789ab"
    #expect(ID<Thing>(text)?.description == text)
    #expect(ID<Thing>(text.uppercased())?.description == text)
    for wrong in ["", "0174d0d57f007abc8def0123456789ab", text + "0", "zz" + text.dropFirst(2)] {
      #expect(ID<Thing>(wrong) == nil)
    }
  }

  @Test func `blank texts, control characters and texts too long are refused`() {
    #expect(Text<5>("  abc  ")?.description == "abc")
    #expect(Text<5>("   ") == nil)
    #expect(Text<5>("abcdef") == nil)
    #expect(Text<5>("a\u{0}b") == nil)
    #expect(Text<1>("é") != nil)
    #expect(Name("Two\nlines") == nil)
    #expect(Paragraph("Two\nlines") != nil)
    #expect(Paragraph("not turned \u{202E}round")?.description == "not turned round")
  }
}

@Suite struct Numbers {
  @Test func `means and medians round halves up`() {
    #expect(Figure.Aggregate.mean.applied(to: [1, 2]) == 2)
    #expect(Figure.Aggregate.median.applied(to: [4, 1, 2, 3]) == 3)
    #expect(Figure.Aggregate.median.applied(to: [5, 1, 2]) == 2)
    #expect(Figure.Aggregate.mean.applied(to: []) == 0)
    #expect(Figure.Aggregate.sum.applied(to: [1, 2, 3]) == 6)
    #expect(Figure.Aggregate.count.applied(to: [1, 2, 3]) == 3)
  }
}
