import Foundation
import MatchingEngine
import Testing

/// The code of the guide in `Engine/MatchingEngine.docc`, compiled and run.
@Suite struct GuideTests {
  @Test func `what the guide says happens`() throws {
    // One mission with a cook and a driver. Ada could do both, Ben only cooks, Cleo only drives.
    let instance = try Instance(
      missionCount: 1, companyCount: 1,
      roleMission: [0, 0], roleSeats: [1, 1],
      capacity: [1, 1, 1], company: [-1, 0, 0], seeker: [false, false, false],
      edgeStart: [0, 2, 3, 4], edgeRole: [0, 1, 0, 1], edgeWeight: [100, 40, 90, 20],
      rules: Rules(companyCap: 1))

    let solution = try OptimalStrategy().solve(instance, options: SolveOptions(timeLimit: 60))
    // 2 seats, 130 points, and nothing is better.
    let isBest = solution.status == .optimal
    #expect(isBest)
    #expect(solution.score == Score(filled: 2, points: 130))

    let explainer = Explainer(
      solution, of: instance,
      context: ExplanationContext(
        volunteer: { ["Ada", "Ben", "Cleo"][$0] }, role: { ["cook", "driver"][$0] },
        mission: { _ in "Canteen" }))
    let reasons = explainer.words(explainer.volunteer(0), in: .english)
    #expect(reasons.first == "Ada has role driver of mission Canteen, affinity 40.")

    let live = try LiveMatching(instance, solution: solution)
    // Ada leaves: nobody of Ben's company may join him, so her seat stays empty.
    let changes = live.withdraw(0)
    #expect(changes.contains { $0.volunteer == 0 && $0.to == nil })
    #expect(!changes.contains { $0.volunteer == 2 })
  }

  @Test func `the guide shows the code that is run here`() throws {
    let here = URL(fileURLWithPath: #filePath)
    let source = try String(contentsOf: here, encoding: .utf8)
    let guide = try String(
      contentsOf: here.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Engine/MatchingEngine.docc/UsingTheEngine.md"), encoding: .utf8)
    let lines = Set(source.split(separator: "\n").map { $0.drop { $0 == " " } })
    var shown: [Substring] = []
    for block in guide.components(separatedBy: "```swift\n").dropFirst() {
      let code = block.components(separatedBy: "```")[0]
      for line in code.split(separator: "\n") { shown.append(Substring(line.drop { $0 == " " })) }
    }
    #expect(shown.count > 15)
    for line in shown { #expect(lines.contains(line), "\(line)") }
  }
}
