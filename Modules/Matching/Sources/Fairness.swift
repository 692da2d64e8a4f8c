internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

/// Whom a run serves, beside a greedy baseline and the run before. It counts job seekers: it is for
/// the operator, and is not for passing on.
struct FairnessView: Codable, Sendable {
  struct Figure: Codable, Sendable {
    let figure: Words
    let thisRun: Double?
    let greedy: Double?
    /// The run before; nil where there is none.
    let before: Double?
  }
  struct Mission: Codable, Sendable {
    let briefTitle: Name
    let filled: Int
    let seats: Int
    let minimumTeam: Int?
    let meanAffinity: Double?
    /// The most people of one company.
    let largestCompany: Int
    let brief: BriefID
  }
  struct Company: Codable, Sendable {
    let partner: Name
    let volunteers: Int
    let placed: Int
    let missions: Int
    /// The most of them in one mission.
    let mostInOneMission: Int
  }
  /// How many pairs have an affinity from this on and below the next.
  struct Step: Codable, Sendable {
    let affinityFrom: Int
    let pairs: Int
  }

  let number: Int
  let strategy: String
  /// The number of the run it is held against.
  let numberBefore: Int?
  let figures: [Figure]
  let missions: [Mission]
  let companies: [Company]
  let affinities: [Step]
  let run: RunID
}

extension MatchingModule {
  @UseCases var aboutFairness: [Endpoint] {
    fairness
  }

  fileprivate struct Reports: Sendable {
    let run: RunRow
    let before: RunRow?
    let evidence: Evidence
    let own: FairnessReport
    let comparison: FairnessComparison
  }

  var fairness: UseCase<OneRun, FairnessView> {
    .query(
      "matching.fairness", "/runs/{run}/fairness", by: .staff,
      Words(
        en: "Say whom a run serves, beside a greedy baseline and the run before",
        fr: "Dire qui un appariement sert, en regard d’un calcul glouton et du précédent"),
      problems: ["matching/no-evidence", "matching/still-computing", "matching/run-failed"]
    ) { (input: OneRun, _) in
      try await fairnessView(of: input.run)
    } answer: { (_: OneRun, view: FairnessView, _) in
      view
    }
  }

  func fairnessView(of id: RunID) async throws -> FairnessView {
    let run = try await host.read { try finishedRun(id, in: $0) }
    let evidence = try await requiredEvidence(of: run.id)
    let before = try await host.read { connection in
      try connection.first(
        RunRow.self,
        """
        WHERE edition_id = \(run.editionId) AND number < \(run.number)
        ORDER BY number DESC LIMIT 1
        """)
    }
    let old: Evidence? = if let before { try await self.evidence(of: before.id) } else { nil }
    let reports = try await apart {
      let greedy = try GreedyStrategy().solve(evidence.instance)
      let own = evidence.fairness
      return Reports(
        run: run, before: old == nil ? nil : before, evidence: evidence, own: own,
        comparison: FairnessComparison(
          [own, evidence.fairness(of: greedy)] + (old.map { [$0.fairness] } ?? [])))
    }
    return FairnessView(reports)
  }
}

extension FairnessView {
  fileprivate init(_ reports: MatchingModule.Reports) {
    let (own, situation) = (reports.own, reports.evidence.situation)
    number = reports.run.number
    strategy = reports.run.strategy
    numberBefore = reports.before?.number
    figures = reports.comparison.rows.filter { $0.values[0] != nil }.map(Figure.init)
    missions = own.missions.map { fill in
      let brief = situation.briefs[fill.mission]
      return Mission(
        briefTitle: brief.title, filled: fill.filled, seats: fill.seats,
        minimumTeam: fill.minimumTeam > 0 ? fill.minimumTeam : nil,
        meanAffinity: fill.meanAffinity.map(rounded), largestCompany: fill.largestCompany,
        brief: brief.id)
    }
    let partners = situation.companiesInOrder
    companies = own.companies.compactMap { mix in
      situation.partnerNames[partners[mix.company]].map { name in
        Company(
          partner: name, volunteers: mix.volunteers.total, placed: mix.volunteers.reached,
          missions: mix.missions, mostInOneMission: mix.mostInOneMission)
      }
    }
    let width: Int32 = 50
    affinities = own.affinity.histogram(width: width).enumerated().filter { $0.element > 0 }.map {
      Step(affinityFrom: $0.offset * Int(width), pairs: $0.element)
    }
    run = reports.run.id
  }
}

extension FairnessView.Figure {
  fileprivate init(_ row: FairnessComparison.Row) {
    figure = Words(en: row.figure.label(in: .english), fr: row.figure.label(in: .french))
    thisRun = row.values[0].map(rounded)
    greedy = row.values[1].map(rounded)
    before = row.values.count > 2 ? row.values[2].map(rounded) : nil
  }
}

extension Evidence {
  fileprivate var fairness: FairnessReport { fairness(of: solution) }

  fileprivate func fairness(of solution: Solution) -> FairnessReport {
    FairnessReport(
      of: solution, in: instance,
      neverOffered: situation.offeredBefore.map { known in
        situation.volunteers.map { !known.contains($0.id) }
      } ?? [])
  }
}

/// One digit after the point says enough.
private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
