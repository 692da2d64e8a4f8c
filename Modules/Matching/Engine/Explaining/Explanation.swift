/// The languages explanations are written in.
public enum ExplanationLanguage: String, Sendable, CaseIterable {
  case french = "fr"
  case english = "en"
}

/// The same words in both languages.
public struct Phrase: Sendable, Hashable {
  /// Said as is; `french` is its equal, not made from it.
  public var french: String
  /// Said as is; `english` is its equal, not made from it.
  public var english: String

  public init(french: String, english: String) {
    self.french = french
    self.english = english
  }

  /// The words in that language.
  public func text(in language: ExplanationLanguage) -> String {
    language == .french ? french : english
  }
}

/// What the engine cannot know: how things are called, and why a pair was never eligible.
public struct ExplanationContext: Sendable {
  /// What a volunteer is called, by number.
  public var volunteer: @Sendable (Int) -> String
  /// What a role is called, by number.
  public var role: @Sendable (Int) -> String
  /// What a mission is called, by number.
  public var mission: @Sendable (Int) -> String
  /// What a company is called, by number; never asked for -1.
  public var company: @Sendable (Int) -> String
  /// What a role asks for: "fundraising ≥ 3, Wednesday"; nil when it is not known.
  public var requirement: @Sendable (Int) -> Phrase?
  /// The hard rules that keep a volunteer from a role; empty when they are not known.
  public var exclusions: @Sendable (Pair) -> [Phrase]

  /// Calls everything by its number unless told otherwise.
  public init(
    volunteer: @escaping @Sendable (Int) -> String = { "#\($0)" },
    role: @escaping @Sendable (Int) -> String = { "#\($0)" },
    mission: @escaping @Sendable (Int) -> String = { "#\($0)" },
    company: @escaping @Sendable (Int) -> String = { "#\($0)" },
    requirement: @escaping @Sendable (Int) -> Phrase? = { _ in nil },
    exclusions: @escaping @Sendable (Pair) -> [Phrase] = { _ in [] }
  ) {
    self.volunteer = volunteer
    self.role = role
    self.mission = mission
    self.company = company
    self.requirement = requirement
    self.exclusions = exclusions
  }
}

/// What something costs or brings the whole answer: filled seats first, then points.
public struct Cost: Sendable, Hashable {
  /// How surely it is known.
  public enum Certainty: Sendable, Hashable {
    /// The whole problem solved again would show the same.
    case exact
    /// Proved: it is this much or more.
    case atLeast
    /// What the prices suggest; the rules that couple volunteers can make it more or less.
    case about
  }

  /// Filled seats lost; negative when some are gained.
  public var seats: Int
  /// Points lost; negative when some are gained.
  public var points: Int64
  /// How surely both are known.
  public var certainty: Certainty

  public init(seats: Int, points: Int64, certainty: Certainty) {
    self.seats = seats
    self.points = points
    self.certainty = certainty
  }
}

/// What stands in the way of a pair although the volunteer is eligible.
public enum Obstacle: Sendable, Hashable {
  /// The volunteer's capacity is used by these roles.
  case volunteerBusy(roles: [Int])
  /// Every seat of the role is taken.
  case roleFull(seats: Int)
  /// The mission has as many people of the volunteer's company as it may.
  case companyCap(company: Int, mission: Int, cap: Int)
}

/// Why a pair is or is not part of the answer.
public enum PairVerdict: Sendable, Hashable {
  case chosen(pinned: Bool)
  /// A hard rule excludes it; the caller's words for the rule.
  case notEligible([Phrase])
  /// A pair that no answer may contain: somebody said so.
  case forbidden
  /// Eligible, and left out: what having it would cost the whole (nil when the strategy proves
  /// nothing), and what stands in the way.
  case outbid(Cost?, [Obstacle])
}

/// A rule and how many pairs it excluded.
public struct ExclusionCount: Sendable, Hashable {
  /// In the caller's words.
  public var rule: Phrase
  /// At least 1.
  public var count: Int
}

/// A role that somebody holds.
public struct Placement: Sendable, Hashable {
  /// Its number.
  public var role: Int
  /// Of the pair, from 0 to `Instance.weightLimit`.
  public var affinity: Int
  /// Whether a lock keeps it.
  public var pinned: Bool
  /// Whether it was kept from an earlier answer, which is no lock.
  public var kept = false
}

/// A pair that is not part of the answer and might have been.
public struct Alternative: Sendable, Hashable {
  /// The volunteer and the role.
  public var pair: Pair
  /// Of the pair, from 0 to `Instance.weightLimit`.
  public var affinity: Int
  /// What having it would cost the whole; nil when the strategy proves nothing.
  public var cost: Cost?
  /// Empty where nothing but the worth of the whole does.
  public var obstacles: [Obstacle]
}

/// Why a volunteer got what they got.
public struct VolunteerExplanation: Sendable, Hashable {
  /// Their number.
  public var volunteer: Int
  /// How many roles they can hold at once.
  public var capacity: Int
  /// The roles they hold; empty for somebody who waits.
  public var placements: [Placement]
  /// Roles the volunteer is eligible for and not forbidden.
  public var openRoles: Int
  /// Roles they are eligible for, and kept from by a forbidden pair.
  public var forbiddenRoles: Int
  /// What the whole would lose without the volunteer; nil when the strategy proves nothing.
  public var contribution: Cost?
  /// The cheapest other role, nil when there is none.
  public var alternative: Alternative?
  /// The role where one more seat would bring the whole most; only for those with capacity left.
  public var seatWanted: SeatValue?
  /// The rules that excluded most, when the volunteer has no open role.
  public var exclusions: [ExclusionCount]
}

/// What one more seat of a role would bring.
public struct SeatValue: Sendable, Hashable {
  /// Its number.
  public var role: Int
  /// Seats and points gained, counted as losses are: both negative. Nil when nothing is known.
  public var gain: Cost?
}

/// Why seats of a role stay empty.
public struct SeatExplanation: Sendable, Hashable {
  /// Its number.
  public var role: Int
  /// The mission the role belongs to.
  public var mission: Int
  /// How many the role has.
  public var seats: Int
  /// How many of them nobody holds.
  public var empty: Int
  /// Volunteers who are eligible and not forbidden.
  public var eligible: Int
  /// The shortage the role is part of; nil when somebody eligible has capacity left.
  public var shortage: Shortage?
  /// Volunteers with capacity left whom only the company cap keeps out.
  public var keptOutByCap: [Int]
  /// Bringing somebody here from another place: the cheapest, nil when nobody is eligible.
  public var cheapestMove: Alternative?
  /// Rules that alone keep volunteers with capacity left from the role, by how many.
  public var nearMisses: [ExclusionCount]
}

/// Roles that together have more seats than all who are eligible for any of them can fill, which
/// proves that seats stay empty whatever the teams (Hall, "On representatives of subsets", 1935).
public struct Shortage: Sendable, Hashable {
  /// Their numbers, ascending.
  public var roles: [Int]
  /// Those of all these roles.
  public var seats: Int
  /// Volunteers who could take, or take, at least one of these seats.
  public var volunteers: Int
  /// How many of these seats they can take in all.
  public var places: Int
  /// How many stay empty whatever the teams; above 0.
  public var missing: Int { seats - places }
}
