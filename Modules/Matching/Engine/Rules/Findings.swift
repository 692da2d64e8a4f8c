/// What a run with rules has found so far, over all its rounds: the best answer by score, the tightest
/// bounds, the prices that prove them. Nothing that was found is ever lost, whatever round comes next.
struct Findings {
  let weighted: WeightedInstance
  let size: ProblemSize
  private(set) var best: [Pair]
  private(set) var score: Score
  /// No answer fills more seats.
  private(set) var mostSeats: Int
  /// No answer has fewer seats missing below the minimum teams.
  let leastShortfall: Int
  /// No answer has more points, whatever else it has; crude, but there from the start.
  private let mostPoints: Int64
  /// What no answer is worth more than, by what a filled seat counted then.
  private var worths: [(terms: Terms, worth: Int64)] = []
  private(set) var certificate: Certificate?
  private var certifiedPoints = Int64.max
  /// Whether nothing is better than `best`.
  private(set) var isProved = false

  init(_ weighted: WeightedInstance, _ size: ProblemSize, _ first: [Pair], _ ceiling: Ceiling) {
    self.weighted = weighted
    self.size = size
    best = first
    score = AssignmentFacts(first, of: weighted.original).score
    mostSeats = max(score.filled, ceiling.seats)
    leastShortfall = min(score.shortfall, ceiling.shortfall)
    mostPoints = weighted.original.mostPoints()
  }

  /// Takes the answer if it is better than all before; it keeps the rules.
  mutating func take(_ pairs: [Pair]) {
    let found = AssignmentFacts(pairs, of: weighted.original).score
    if score < found { (best, score) = (pairs, found) }
  }

  /// No answer is worth more than this in those terms.
  mutating func lower(_ worth: Int64, _ terms: Terms) {
    lowerSeats(size.mostSeats(atWorth: worth, terms))
    if let last = worths.indices.last, worths[last].terms.bonus == terms.bonus {
      worths[last].worth = min(worths[last].worth, worth)
    } else {
      worths.append((terms, worth))
    }
  }

  /// No answer fills more seats.
  mutating func lowerSeats(_ most: Int) { mostSeats = max(score.filled, min(mostSeats, most)) }

  /// Keeps the prices that say most about answers with as many seats as the best one.
  mutating func certify(_ certificate: Certificate, worth: Int64, _ terms: Terms) {
    let points = pointsAtMost(filled: score.filled, shortfall: score.shortfall, worth, terms)
    if points > certifiedPoints { return }
    certifiedPoints = points
    self.certificate = certificate
  }

  /// The answer that is worth most in those terms is known. It is the best of all if nothing fills more
  /// seats, and nothing has to be given up for how ties are broken.
  mutating func settle(_ pairs: [Pair], _ terms: Terms) {
    take(pairs)
    let found = AssignmentFacts(pairs, of: weighted.original).score
    if found == score, found.filled >= mostSeats || terms.isExact {
      if terms.isExact { mostSeats = found.filled }
      isProved = weighted.isExact
    }
  }

  private func pointsAtMost(
    filled: Int, shortfall: Int, _ worth: Int64, _ terms: Terms
  ) -> Int64 {
    let left = worth - terms.bonus * Int64(filled) + terms.shortfallCost * Int64(shortfall)
    return left >= 0 ? left / weighted.factor : -((-left + weighted.factor - 1) / weighted.factor)
  }

  /// The most points of an answer with so many filled seats and at most so many missing.
  private func pointsAtMost(filled: Int, shortfall: Int) -> Int64 {
    worths.reduce(mostPoints) {
      min($0, pointsAtMost(filled: filled, shortfall: shortfall, $1.worth, $1.terms))
    }
  }

  /// No answer is better.
  var bound: Score {
    if isProved { return score }
    let isFull = mostSeats == score.filled
    let shortfall = min(isFull ? score.shortfall : .max, leastShortfall)
    let points = pointsAtMost(filled: mostSeats, shortfall: shortfall)
    // Among scores in the order of answers: none above is below what was found.
    return max(
      score,
      Score(
        filled: mostSeats, shortfall: shortfall, points: points,
        kept: Set(weighted.original.rules.previous).count))
  }

  /// How many points an answer with as many seats can be better at most.
  var distance: Int64 {
    if isProved { return 0 }
    return max(0, pointsAtMost(filled: score.filled, shortfall: score.shortfall) - score.points)
  }

  func solution(strategy: String, stoppedEarly: Bool) -> Solution {
    var solution = Solution(
      strategy: strategy, status: isProved ? .optimal : .feasible, assignment: best,
      of: weighted.original, bound: bound, certificate: certificate, stoppedEarly: stoppedEarly)
    solution.distance = distance
    return solution
  }
}

extension Instance {
  /// More points than any answer has: everybody in the best roles they could have.
  func mostPoints() -> Int64 {
    var volunteers: Int64 = 0
    var best: [Int64] = []
    for volunteer in 0..<volunteerCount where capacity[volunteer] > 0 {
      let most = Int(capacity[volunteer])
      if most == 1 {
        var largest: Int64 = 0
        for edge in edges(ofVolunteer: volunteer) { largest = max(largest, points(ofEdge: edge)) }
        volunteers += largest
        continue
      }
      best = edges(ofVolunteer: volunteer).map(points(ofEdge:))
      best.sort(by: >)
      volunteers += best.prefix(most).reduce(0, +)
    }
    return volunteers
  }

  /// The affinity of the edge and what filling its role adds.
  func points(ofEdge edge: Int) -> Int64 {
    Int64(edgeWeight[edge]) + priority(ofRole: Int(edgeRole[edge]))
  }
}
