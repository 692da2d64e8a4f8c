import Foundation
import MatchingEngine

/// `matching-live FILE plain|constrained COUNT`: solves a file, then lets COUNT volunteers leave and
/// come back one by one and prints how long each repair took, as one JSON object.
@main
struct MatchingLive {
  static func main() {
    do {
      let arguments = CommandLine.arguments.dropFirst()
      guard arguments.count == 3, let path = arguments.first,
        let variant = InstanceVariant(rawValue: arguments.dropFirst().first ?? ""),
        let count = Int(arguments.last ?? ""), count > 0
      else { throw Problem(text: "usage: matching-live FILE plain|constrained COUNT") }
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
      let read = try bytes.withUnsafeBytes { try InstanceText.parse($0) }
      let instance = variant == .plain ? read.plain : read
      let start = try solution(of: instance)
      let live = try LiveMatching(instance, solution: start)
      print(try Trial(live, start).run(count).json)
    } catch {
      FileHandle.standardError.write(Data("matching-live: \(error)\n".utf8))
      exit(1)
    }
  }

  /// Some minutes are enough for a start on the largest instance.
  private static func solution(of instance: Instance) throws -> Solution {
    try OptimalStrategy().solve(instance, options: SolveOptions(timeLimit: 60))
  }
}

struct Problem: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}

/// Withdrawals and returns, timed.
struct Trial {
  private let live: LiveMatching
  private let start: Solution
  private var withdrawals: [Double] = []
  private var returns: [Double] = []
  private var moved = 0
  private var widestGap: Double?

  init(_ live: LiveMatching, _ start: Solution) {
    self.live = live
    self.start = start
  }

  consuming func run(_ count: Int) throws -> Trial {
    let placed = start.assignment.map(\.volunteer)
    guard !placed.isEmpty else { throw Problem(text: "nobody is placed") }
    let pins = Set(live.instance.rules.pins.map(\.volunteer))
    // A fixed walk over those who are placed: the same people on every machine.
    var place = 0
    for turn in 0..<count {
      place = (place + 7_919) % placed.count
      let volunteer = placed[place]
      guard !pins.contains(volunteer) else { continue }
      let clock = ContinuousClock()
      var changes: [LiveMatching.Change] = []
      withdrawals.append(clock.measure { changes = live.withdraw(volunteer) } / .seconds(1))
      moved += changes.count
      if turn % 50 == 0 { look() }
      returns.append(clock.measure { changes = live.restore(volunteer) } / .seconds(1))
    }
    look()
    return self
  }

  /// How far from the best the repaired answer is at most; looks at everything, so only at times.
  private mutating func look() {
    if let gap = live.provedGap() { widestGap = max(widestGap ?? 0, gap) }
  }

  var json: String {
    func quantiles(_ times: [Double]) -> String {
      let sorted = times.sorted()
      func at(_ share: Double) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
      }
      return "{\"p50\": \(at(0.5)), \"p90\": \(at(0.9)), \"p99\": \(at(0.99)), "
        + "\"max\": \(sorted.last ?? 0)}"
    }
    let mean = Double(moved) / Double(max(1, withdrawals.count))
    return "{\"withdraw\": \(quantiles(withdrawals)), \"return\": \(quantiles(returns)), "
      + "\"count\": \(withdrawals.count), \"movedPerWithdrawal\": \(mean), "
      + "\"widestGap\": \(widestGap.map { "\($0)" } ?? "null")}"
  }
}
