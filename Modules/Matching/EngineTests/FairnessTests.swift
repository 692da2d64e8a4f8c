import MatchingEngine
import Testing

@Suite struct FairnessTests {
  /// Two missions; volunteers 0 and 1 of company 0, 2 a job seeker, 3 eligible for nothing.
  static func example() throws -> (Instance, Solution) {
    let instance = try smallInstance(
      edges: [[(0, 50), (2, 80)], [(0, 40)], [(1, 10), (2, 90)], []], seats: [2, 1, 1],
      missions: [0, 0, 1], company: [0, 0, -1, -1], seeker: [false, false, true, false],
      rules: Rules(seekerPenalty: 100, minimumTeam: [3, 1]))
    let pairs = [
      Pair(volunteer: 0, role: 0), Pair(volunteer: 1, role: 0), Pair(volunteer: 2, role: 2),
    ]
    return (
      instance,
      Solution(strategy: "by hand", status: .feasible, assignment: pairs, of: instance)
    )
  }

  @Test func `a report counts whom an answer served`() throws {
    let (instance, solution) = try Self.example()
    let report = FairnessReport(
      of: solution, in: instance, neverOffered: [true, false, true, true])
    #expect(report.seats == Tally(total: 4, reached: 3))
    #expect(report.volunteers == Tally(total: 4, reached: 3))
    #expect(report.withoutEligibleRole == 1)
    #expect(report.inBestRole == 2)
    #expect(report.jobSeekers == Tally(total: 1, reached: 1))
    #expect(report.neverOffered == Tally(total: 3, reached: 2))
    #expect(report.employed == Tally(total: 2, reached: 2))
    #expect(report.withoutCompany == Tally(total: 2, reached: 1))
    #expect(report.missionsWithSeeker == Tally(total: 2, reached: 1))
    #expect(report.shortfall == 1)
    #expect(report.fullMissions == 1)
    #expect(report.emptyMissions == 0)
    #expect(report.missions[0].largestCompany == 2)
    #expect(report.missions[0].meanAffinity == 45)
    #expect(report.companies.map(\.mostInOneMission) == [2])
    #expect(report.companies.map(\.missions) == [1])
  }

  @Test func `a run that knows nothing of the past reports nothing of it`() throws {
    let (instance, solution) = try Self.example()
    #expect(FairnessReport(of: solution, in: instance).neverOffered == nil)
    #expect(FairnessReport(of: solution, in: instance, neverOffered: [true]).neverOffered == nil)
  }

  @Test func `quantiles are values that occur`() {
    let distribution = Distribution([40, 10, 30, 20])
    #expect(distribution.quantile(0) == 10)
    #expect(distribution.quantile(25) == 10)
    #expect(distribution.quantile(50) == 20)
    #expect(distribution.quantile(51) == 30)
    #expect(distribution.quantile(100) == 40)
    #expect(distribution.mean == 25)
    #expect(distribution.histogram(width: 20) == [1, 2, 1])
    #expect(Distribution([]).quantile(50) == nil)
    #expect(Distribution([]).mean == nil)
    #expect(Distribution([]).histogram(width: 10) == [])
  }

  @Test func `reports stand side by side, figure by figure`() throws {
    let (instance, solution) = try Self.example()
    let greedy = try GreedyStrategy().solve(instance)
    let comparison = FairnessComparison([
      FairnessReport(of: solution, in: instance), FairnessReport(of: greedy, in: instance),
    ])
    #expect(comparison.strategies == ["by hand", "greedy"])
    #expect(comparison.rows.count == FairnessFigure.allCases.count)
    let filled = comparison.rows.first { $0.figure == .filledSeats }
    #expect(filled?.values == [3, Double(greedy.filled)])
    for figure in FairnessFigure.allCases {
      #expect(figure.label(in: .french) != figure.label(in: .english))
    }
  }

  @Test func `a report of nothing is a report`() throws {
    let instance = try smallInstance(edges: [], seats: [])
    let report = FairnessReport(of: try GreedyStrategy().solve(instance), in: instance)
    #expect(report.seats.percent == nil)
    #expect(FairnessComparison([report]).rows.allSatisfy { $0.values.count == 1 })
  }
}
