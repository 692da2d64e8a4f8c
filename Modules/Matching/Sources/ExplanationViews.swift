internal import AccompanimentAPI
internal import Kernel
internal import MatchingEngine
internal import PartnersAPI

/// What something costs the whole: seats first, then points; negative where it brings some.
struct CostView: Codable, Sendable, Hashable {
  /// How sure the figures are.
  enum Certainty: String, Codable, CaseIterable, Sendable {
    case exact
    case atLeast = "at-least"
    case about
  }
  let seats: Int
  let points: Int64
  let certainty: Certainty

  init(_ cost: Cost) {
    seats = cost.seats
    points = cost.points
    switch cost.certainty {
    case .exact: certainty = .exact
    case .atLeast: certainty = .atLeast
    case .about: certainty = .about
    }
  }
}

/// A role somebody has or might have.
struct SeatView: Codable, Sendable, Hashable {
  let roleTitle: Name
  let briefTitle: Name
  let affinity: Int
  /// Whether a lock keeps it.
  var pinned: Bool?
  /// What having it would cost the whole; nil when the strategy proves nothing.
  var cost: CostView?
  let role: MissionRoleID
  let brief: BriefID
}

/// Somebody who has or might have a role.
struct PersonView: Codable, Sendable, Hashable {
  let volunteerName: Name
  let affinity: Int
  var cost: CostView?
  let volunteer: VolunteerID
}

/// A hard rule and how often it excludes.
struct RuleView: Codable, Sendable, Hashable {
  let rule: Words
  let count: Int
}

/// A role somebody is kept from, and what would have to be otherwise.
struct NearMissView: Codable, Sendable, Hashable {
  let roleTitle: Name
  let briefTitle: Name
  let missing: Words
  let role: MissionRoleID
}

/// Why a volunteer got what they got.
struct VolunteerWhy: Codable, Sendable {
  let volunteerName: Name
  let why: Words
  let placed: [SeatView]
  /// Roles they could take.
  let openRoles: Int?
  /// What the whole would lose without them.
  let contribution: CostView?
  /// The cheapest other role.
  let alternative: SeatView?
  /// The rules that kept somebody without an open role out most.
  let exclusions: [RuleView]
  /// For somebody without an open role: those the fewest rules keep them from.
  let nearest: [NearMissView]
  let volunteer: VolunteerID
}

/// Why a role has whom it has, and why seats of it are empty.
struct RoleWhy: Codable, Sendable {
  let roleTitle: Name
  let briefTitle: Name
  let seats: Int
  let empty: Int
  let why: Words
  /// Volunteers who could take it.
  let eligible: Int
  let holders: [PersonView]
  /// Bringing somebody here from elsewhere: the cheapest.
  let cheapestMove: PersonView?
  /// Rules that alone keep free volunteers out.
  let nearMisses: [RuleView]
  let role: MissionRoleID
  let brief: BriefID
}

/// Why a volunteer is or is not in a role.
struct PairWhy: Codable, Sendable {
  enum Verdict: String, Codable, CaseIterable, Sendable {
    case chosen
    case pinned
    case forbidden
    case notEligible = "not-eligible"
    case outbid
  }
  let verdict: Verdict
  let volunteerName: Name
  let roleTitle: Name
  let briefTitle: Name
  let why: Words
  /// The points of the pair, and what they are made of; nil when it is not eligible.
  let affinity: Int?
  let fit: Words?
  /// What having it would cost the whole; nil when it is there, or nothing is proved.
  let cost: CostView?
  /// Who has the role.
  let holders: [PersonView]
  let volunteer: VolunteerID
  let role: MissionRoleID
}

extension RuleView {
  init(_ count: ExclusionCount) { self.init(rule: count.rule.words, count: count.count) }
}

extension PairWhy.Verdict {
  init(_ verdict: PairVerdict) {
    switch verdict {
    case .chosen(let pinned): self = pinned ? .pinned : .chosen
    case .forbidden: self = .forbidden
    case .notEligible: self = .notEligible
    case .outbid: self = .outbid
    }
  }
}
