import ApplicationsAPI
import Kernel
import Testing

@testable import Applications

@Suite struct StepTests {
  @Test func `each step leads from where it may, and nowhere else`() {
    let from = Dictionary(
      uniqueKeysWithValues: Step.allCases.map { step in
        (step, ApplicationState.allCases.filter { $0.after(step) != nil })
      })
    #expect(from[.submit] == [.draft])
    #expect(from[.withdraw] == [.draft, .submitted, .waiting])
    #expect(from[.resume] == [.withdrawn])
    #expect(from[.choose] == [.submitted])
    #expect(from[.putOnWaitingList] == [.submitted])
    #expect(from[.refuse] == [.submitted, .waiting])
    #expect(from[.promote] == [.waiting])
    #expect(from[.confirm] == [.laureate])
    #expect(from[.decline] == [.laureate])
    #expect(from[.lapse] == [.laureate])
    #expect(from[.giveUp] == [.confirmed])
    #expect(from[.reinstate] == [.withdrawn])
    #expect(from[.reconsider] == [.withdrawn, .refused, .declined, .lapsed])
  }
}

@Suite struct ReviewBalanceTests {
  private typealias Case = ReviewBalance.Case

  private func loads(_ given: [[Int]], _ reviewers: Int) -> [Int] {
    (0..<reviewers).map { reviewer in given.count { $0.contains(reviewer) } }
  }

  @Test func `without conflicts nobody has more than one review above anybody`() {
    let cases = (0..<28).map { _ in Case(needed: 3, allowed: Array(0..<5)) }
    let given = ReviewBalance.assigning(cases, loads: [0, 0, 0, 0, 0])
    #expect(given.allSatisfy { Set($0).count == 3 })
    #expect(loads(given, 5).sorted() == [16, 17, 17, 17, 17])
  }

  @Test func `nobody gets a case they may not have`() {
    let cases = (0..<12).map { index in
      Case(needed: 2, allowed: (0..<4).filter { $0 != index % 4 })
    }
    let given = ReviewBalance.assigning(cases, loads: [0, 0, 0, 0])
    #expect(zip(cases, given).allSatisfy { Set($1).isSubset(of: $0.allowed) })
    #expect(loads(given, 4) == [6, 6, 6, 6])
  }

  @Test func `work is passed on along chains where a first choice was unlucky`() {
    // Reviewer 0 alone may take the last two; what it has must move on to 1, and from 1 to 2.
    let cases = [
      Case(needed: 1, allowed: [1, 2]), Case(needed: 1, allowed: [1, 2]),
      Case(needed: 1, allowed: [0, 1]), Case(needed: 1, allowed: [0, 1]),
      Case(needed: 1, allowed: [0]), Case(needed: 1, allowed: [0]),
    ]
    #expect(loads(ReviewBalance.assigning(cases, loads: [0, 0, 0]), 3) == [2, 2, 2])
  }

  @Test func `those who have reviews already get fewer`() {
    let cases = (0..<4).map { _ in Case(needed: 1, allowed: [0, 1]) }
    #expect(loads(ReviewBalance.assigning(cases, loads: [4, 0]), 2) == [0, 4])
  }

  @Test func `weighted means are rounded half up, in hundredths`() throws {
    let key = try #require(Key("impact"))
    let other = try #require(Key("need"))
    let (three, one) = (try #require(Whole<1, 100>(3)), try #require(Whole<1, 100>(1)))
    let criteria = [
      Criterion(key: key, name: Words("x"), weight: three),
      Criterion(key: other, name: Words("y"), weight: one),
    ]
    func marks(_ first: Int, _ second: Int) -> [String: Mark] {
      ["impact": Mark(first), "need": Mark(second)].compactMapValues { $0 }
    }
    #expect(weightedMean(of: [marks(5, 5)], by: criteria) == 500)
    #expect(weightedMean(of: [marks(4, 1)], by: criteria) == 325)
    // (13 + 14) / 8 = 3.375
    #expect(weightedMean(of: [marks(4, 1), marks(4, 2)], by: criteria) == 338)
    #expect(weightedMean(of: [], by: criteria) == nil)
  }

  @Test func `months are counted in full`() throws {
    let start = try #require(Day("2019-04-15"))
    #expect(fullMonths(from: start, to: try #require(Day("2020-04-15"))) == 12)
    #expect(fullMonths(from: start, to: try #require(Day("2020-04-14"))) == 11)
  }
}
