internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import ProgrammesAPI

/// One strategy's teams in figures.
struct StrategyRow: Codable, Sendable {
  let strategy: String
  let status: String
  let seats: Int
  let filled: Int
  let affinity: Int64
  let penalties: Int64
  let points: Int64
  /// No teams fill more seats; nil when nothing is proved.
  let boundFilled: Int?
  /// How far the points can be from the best at most, in millionths; nil when nothing is proved.
  let gapPerMillion: Int?
  /// Volunteers and roles that would both rather have each other.
  let blockingPairs: Int
  let fullMissions: Int
  let volunteersPlaced: Int
  let companiesReached: Int
  /// The most people of one company in one mission.
  let largestCompanyInMission: Int
  let stoppedEarly: Bool

  init(_ row: StrategyComparison.Row) {
    strategy = row.strategy
    status = row.status.rawValue
    seats = row.seats
    filled = row.filled
    affinity = row.affinity
    penalties = row.penalties
    points = row.points
    boundFilled = row.boundFilled
    gapPerMillion = row.gap.map { Int(($0 * 1_000_000).rounded(.up)) }
    blockingPairs = row.blockingPairs
    fullMissions = row.fullMissions
    volunteersPlaced = row.volunteersPlaced
    companiesReached = row.companiesReached
    largestCompanyInMission = row.largestCompanyInMission
    stoppedEarly = row.stoppedEarly
  }
}

extension MatchingModule {
  @UseCases var aboutStrategiesSideBySide: [Endpoint] {
    compareStrategies
  }

  struct Wanted: Codable, Sendable {
    let edition: EditionID
    let companyCap: Whole<1, 10>?
    let seekerPenalty: Whole<0, 100_000>?
    let minimumTeam: Whole<0, 20>?
  }

  var compareStrategies: UseCase<Wanted, [StrategyRow]> {
    .query(
      MatchingUseCases.compareStrategies, "/editions/{edition}/strategies", by: .staff,
      Words(
        en: "Compare what each strategy would make of an edition; nothing is stored",
        fr: "Comparer ce que chaque stratégie ferait d’une édition ; rien n’est enregistré"),
      problems: [
        "matching/nothing-to-match", "matching/contradictory-locks", "matching/not-eligible",
      ],
      traits: [.shown(TeamsForPeople.strategies)]
    ) { (input: Wanted, _) in
      let (_, _, instance) = try await problem(
        of: input.edition,
        rules: RunRules(
          companyCap: input.companyCap, seekerPenalty: input.seekerPenalty,
          minimumTeam: input.minimumTeam))
      let options = SolveOptions(timeLimit: Self.secondsOfAQuestion)
      return try await apart { try StrategyComparison(of: instance, options: options).rows }
    } answer: { (_: Wanted, rows, _) in
      rows.map(StrategyRow.init)
    }
  }

  /// A question is answered within seconds, if need be with the best so far.
  static var secondsOfAQuestion: Double { 10 }
}
