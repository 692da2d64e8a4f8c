internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

/// What a run looked at and what it found: all that questions about it are answered from.
struct Evidence: Sendable {
  let situation: MatchingCase
  let order: InstanceOrder
  let instance: Instance
  let solution: Solution
  let explainer: Explainer

  init(
    situation: MatchingCase, order: InstanceOrder, instance: Instance, solution: Solution
  ) {
    self.situation = situation
    self.order = order
    self.instance = instance
    self.solution = solution
    explainer = Explainer(
      solution, of: instance, context: situation.explanationContext,
      kept: situation.keptWithoutLock(order))
  }

  /// Who holds what in the answer.
  var holdings: [Holding] {
    let seats = situation.seats
    return solution.assignment.map { pair in
      Holding(
        volunteer: situation.volunteers[Int(pair.volunteer)].id, role: seats[Int(pair.role)].role.id
      )
    }
  }
}

/// The evidence as it is kept beside the run.
struct BasisRow: Record {
  static let table = "matching_basis"
  let id: RunID
  let editionId: EditionID
  let situation: CaseSnapshot
  let rules: RunRules
  let weights: AffinityWeights
  let locks: [LockRow]
  let previous: [Holding]
  let keeps: [Holding]
  let answer: StoredAnswer

  init(of run: RunID, _ evidence: Evidence) {
    id = run
    editionId = evidence.situation.edition.id
    situation = CaseSnapshot(evidence.situation)
    rules = evidence.order.rules
    weights = evidence.order.weights
    locks = evidence.order.locks
    previous = evidence.order.previous
    keeps = evidence.order.keeps.sorted { ($0.volunteer, $0.role) < ($1.volunteer, $1.role) }
    answer = StoredAnswer(evidence.solution)
  }

  /// The evidence as it was. Throws what making the instance throws, which it did not then.
  func evidence() throws -> Evidence {
    let situation = situation.situation
    let order = InstanceOrder(
      rules: rules, locks: locks, weights: weights, previous: previous, keeps: Set(keeps))
    let instance = try situation.instance(order)
    return Evidence(
      situation: situation, order: order, instance: instance,
      solution: answer.solution(of: instance))
  }
}

extension MatchingModule {
  /// The evidence of a run; nil for a run of before evidence was kept. What was asked for lately is
  /// remembered, since making an instance is most of the work of an answer; it is made outside the
  /// database, which others need meanwhile.
  func evidence(of run: RunID) async throws -> Evidence? {
    if let known = desk.evidence(of: run) { return known }
    guard let row = try await host.read({ try $0.find(BasisRow.self, run) }) else { return nil }
    let evidence = try await apart { try row.evidence() }
    desk.remember(evidence, of: run)
    return evidence
  }

  /// The same where nothing can be answered without it. Throws `MatchingError.noEvidence`.
  func requiredEvidence(of run: RunID) async throws -> Evidence {
    _ = try await host.read { try finishedRun(run, in: $0) }
    guard let evidence = try await evidence(of: run) else { throw MatchingError.noEvidence }
    return evidence
  }
}
