/// Whom an answer served, and how well: figures for a report per run, never weights of the search.
public struct FairnessReport: Sendable, Equatable {
  /// The strategy that made the answer.
  public let strategy: String
  /// Every mission, by its number.
  public let missions: [MissionFill]
  /// Affinities of the chosen pairs.
  public let affinity: Distribution
  /// Everybody with a capacity of one or more.
  public let volunteers: Tally
  /// Those among them who are eligible for nothing: no answer could place them.
  public let withoutEligibleRole: Int
  /// Volunteers who hold the role they fit best of all they are eligible for.
  public let inBestRole: Int
  /// Those among the volunteers who are out of work.
  public let jobSeekers: Tally
  /// Volunteers never offered anything in past editions; nil when the run does not say who.
  public let neverOffered: Tally?
  /// Those among the volunteers who come from a company.
  public let employed: Tally
  /// Those among the volunteers who come from none.
  public let withoutCompany: Tally
  /// By company, those with volunteers in this run.
  public let companies: [CompanyMix]
  /// Missions that could have a job seeker, and how many of them have one.
  public let missionsWithSeeker: Tally

  /// Reports on any answer to the instance. `neverOffered` says of each volunteer whether past
  /// editions never offered them anything; one entry per volunteer, or none at all.
  public init(of solution: Solution, in instance: Instance, neverOffered: [Bool] = []) {
    let count = FairnessCount(solution.assignment, instance)
    strategy = solution.strategy
    missions = count.missionFills()
    affinity = Distribution(count.affinities)
    volunteers = count.tally { _ in true }
    withoutEligibleRole = (0..<instance.volunteerCount).count {
      instance.capacity[$0] > 0 && instance.edges(ofVolunteer: $0).isEmpty
    }
    inBestRole = count.inBestRole
    jobSeekers = count.tally { instance.seeker[$0] }
    self.neverOffered =
      neverOffered.count == instance.volunteerCount && !neverOffered.isEmpty
      ? count.tally { neverOffered[$0] } : nil
    employed = count.tally { instance.company[$0] >= 0 }
    withoutCompany = count.tally { instance.company[$0] < 0 }
    companies = count.companyMixes()
    missionsWithSeeker = Tally(
      total: missions.count { $0.couldHaveSeeker },
      reached: missions.count { $0.couldHaveSeeker && $0.seekers > 0 })
  }

  /// Of all missions together.
  public var seats: Tally {
    missions.reduce(Tally(total: 0, reached: 0)) {
      Tally(total: $0.total + $1.seats, reached: $0.reached + $1.filled)
    }
  }

  /// Missions without an empty seat, those without any seat too.
  public var fullMissions: Int { missions.count { $0.filled == $0.seats } }
  /// Missions with seats and nobody in them.
  public var emptyMissions: Int { missions.count { $0.filled == 0 && $0.seats > 0 } }
  /// Seats missing below the minimum team sizes.
  public var shortfall: Int { missions.reduce(0) { $0 + max(0, $1.minimumTeam - $1.filled) } }
}

/// How many there are, and how many of them were reached: placed, filled, served.
public struct Tally: Sendable, Equatable {
  /// How many there are.
  public var total: Int
  /// From 0 to `total`.
  public var reached: Int

  public init(total: Int, reached: Int) {
    self.total = total
    self.reached = reached
  }

  /// Of a hundred; nil when there are none.
  public var percent: Double? { total == 0 ? nil : 100 * Double(reached) / Double(total) }
}

/// How well one mission was served.
public struct MissionFill: Sendable, Equatable {
  /// Its number.
  public var mission: Int
  /// Those of its roles together.
  public var seats: Int
  /// How many of them are held.
  public var filled: Int
  /// The smallest team the run asks for; 0 when it asks for none.
  public var minimumTeam: Int
  /// How many of those placed are out of work.
  public var seekers: Int
  /// Whether a job seeker is eligible for one of its roles.
  public var couldHaveSeeker: Bool
  /// Mean affinity of those placed; nil for an empty team.
  public var meanAffinity: Double?
  /// The most people of one company.
  public var largestCompany: Int
}

/// How one company's volunteers fared.
public struct CompanyMix: Sendable, Equatable {
  /// Its number.
  public var company: Int
  /// Those of the company, and how many of them are placed.
  public var volunteers: Tally
  /// Missions in which at least one of them is.
  public var missions: Int
  /// The most of them in one mission.
  public var mostInOneMission: Int
}

/// Where numbers lie: smallest, quantiles (nearest rank), largest, mean.
public struct Distribution: Sendable, Equatable {
  /// How many values there are.
  public let count: Int
  /// Of all values; 0 without any.
  public let sum: Int64
  private let sorted: [Int32]

  /// Of values in any order.
  public init(_ values: [Int32]) {
    sorted = values.sorted()
    count = values.count
    sum = values.reduce(0) { $0 + Int64($1) }
  }

  /// Nil without values.
  public var mean: Double? { count == 0 ? nil : Double(sum) / Double(count) }

  /// The smallest value that at least `percent` of the values do not exceed; nil without values.
  public func quantile(_ percent: Int) -> Int32? {
    guard count > 0 else { return nil }
    let rank = (max(0, min(100, percent)) * count + 99) / 100
    return sorted[max(0, rank - 1)]
  }

  /// How many values lie in each of the steps of `width` from 0 on.
  public func histogram(width: Int32) -> [Int] {
    guard width > 0, let largest = sorted.last else { return [] }
    var counts = [Int](repeating: 0, count: Int(max(0, largest) / width) + 1)
    for value in sorted { counts[Int(max(0, value) / width)] += 1 }
    return counts
  }
}
