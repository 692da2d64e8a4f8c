/// A matching problem: who could take which role, and how well they fit.
///
/// Volunteers, roles, missions and companies are numbered from 0. The eligible pairs ("edges") of
/// volunteer `v` are the indices `edgeStart[v] ..< edgeStart[v + 1]` of `edgeRole` and
/// `edgeWeight`. The arrays are checked once, by the initialiser: everything behind that door may
/// rely on them (indices in range, no duplicates, no sum that could overflow).
public struct Instance: Sendable, Equatable {
  /// Volunteers are numbered from 0 to one less.
  public let volunteerCount: Int
  /// Roles are numbered from 0 to one less.
  public let roleCount: Int
  /// Missions are numbered from 0 to one less.
  public let missionCount: Int
  /// Companies are numbered from 0 to one less.
  public let companyCount: Int
  /// The mission of each role; the roles of one mission are consecutive.
  public let roleMission: [Int32]
  /// Seats of each role, 0 or more.
  public let roleSeats: [Int32]
  /// How many roles each volunteer can hold at once, 0 or more.
  public let capacity: [Int32]
  /// The company of each volunteer, -1 for none.
  public let company: [Int32]
  /// Whether each volunteer is a job seeker.
  public let seeker: [Bool]
  /// Where the edges of each volunteer start; `volunteerCount + 1` entries.
  public let edgeStart: [Int32]
  /// The role of each edge, strictly ascending within one volunteer.
  public let edgeRole: [Int32]
  /// The affinity of each edge, `0 ... Instance.weightLimit`.
  public let edgeWeight: [Int32]
  /// The rules beyond seats and capacities.
  public let rules: Rules

  /// The largest affinity of one pair, and the largest role priority.
  public static let weightLimit = 1_000_000
  /// The largest number of anything that is counted: volunteers, roles, seats, edges.
  public static let countLimit = 1_000_000_000

  /// Checks the arrays and keeps them. Throws `InstanceError` saying where and what is wrong.
  public init(
    missionCount: Int, companyCount: Int, roleMission: [Int32], roleSeats: [Int32],
    capacity: [Int32], company: [Int32], seeker: [Bool], edgeStart: [Int32], edgeRole: [Int32],
    edgeWeight: [Int32], rules: Rules = Rules()
  ) throws(InstanceError) {
    self.volunteerCount = capacity.count
    self.roleCount = roleSeats.count
    self.missionCount = missionCount
    self.companyCount = companyCount
    self.roleMission = roleMission
    self.roleSeats = roleSeats
    self.capacity = capacity
    self.company = company
    self.seeker = seeker
    self.edgeStart = edgeStart
    self.edgeRole = edgeRole
    self.edgeWeight = edgeWeight
    self.rules = rules
    try checkShape()
    try checkRules()
  }

  private init(_ other: Instance, rules: Rules) {
    self.init(
      partOf: other, capacity: other.capacity, roleSeats: other.roleSeats,
      edgeStart: other.edgeStart, edgeRole: other.edgeRole, edgeWeight: other.edgeWeight,
      rules: rules)
  }

  /// A part of a checked instance: fewer edges, seats or capacities.
  init(
    partOf other: Instance, capacity: [Int32], roleSeats: [Int32], edgeStart: [Int32],
    edgeRole: [Int32], edgeWeight: [Int32], rules: Rules
  ) {
    volunteerCount = other.volunteerCount
    roleCount = other.roleCount
    missionCount = other.missionCount
    companyCount = other.companyCount
    roleMission = other.roleMission
    company = other.company
    seeker = other.seeker
    self.roleSeats = roleSeats
    self.capacity = capacity
    self.edgeStart = edgeStart
    self.edgeRole = edgeRole
    self.edgeWeight = edgeWeight
    self.rules = rules
  }

  /// The same volunteers, roles and edges with no rule at all.
  public var plain: Instance { Instance(self, rules: Rules()) }

  /// The same volunteers, roles and edges under other rules.
  public func with(rules: Rules) throws(InstanceError) -> Instance {
    let changed = Instance(self, rules: rules)
    try changed.checkRules()
    return changed
  }

  /// How many pairs are eligible.
  public var edgeCount: Int { edgeRole.count }
  /// Those of all roles together.
  public var seatCount: Int { roleSeats.reduce(0) { $0 + Int($1) } }

  /// The edge joining the pair, or nil when the volunteer is not eligible for the role.
  public func edge(of pair: Pair) -> Int? {
    guard pair.volunteer >= 0, Int(pair.volunteer) < volunteerCount else { return nil }
    var low = Int(edgeStart[Int(pair.volunteer)])
    var high = Int(edgeStart[Int(pair.volunteer) + 1])
    while low < high {
      let middle = (low + high) / 2
      if edgeRole[middle] < pair.role { low = middle + 1 } else { high = middle }
    }
    let found = low < Int(edgeStart[Int(pair.volunteer) + 1]) && edgeRole[low] == pair.role
    return found ? low : nil
  }

  /// The points that filling a seat of the role adds to the score, beyond affinity.
  public func priority(ofRole role: Int) -> Int64 {
    rules.rolePriority.isEmpty ? 0 : Int64(rules.rolePriority[role])
  }

  /// The smallest team the mission should have; 0 when the run sets none.
  public func minimumTeam(ofMission mission: Int) -> Int {
    rules.minimumTeam.isEmpty ? 0 : Int(rules.minimumTeam[mission])
  }
}

/// One volunteer in one role.
public struct Pair: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Its number, from 0.
  public var volunteer: Int32
  /// Its number, from 0.
  public var role: Int32

  public init(volunteer: Int32, role: Int32) {
    self.volunteer = volunteer
    self.role = role
  }

  public static func < (a: Pair, b: Pair) -> Bool {
    a.volunteer == b.volunteer ? a.role < b.role : a.volunteer < b.volunteer
  }

  public var description: String { "volunteer \(volunteer), role \(role)" }
}

/// What a run asks for beyond seats and capacities; the default asks for nothing.
public struct Rules: Sendable, Equatable {
  /// At most this many volunteers of one company in one mission; nil for no limit.
  public var companyCap: Int32?
  /// Points a mission costs that could have a job seeker and has none; 0 turns the rule off.
  public var seekerPenalty: Int64
  /// Pairs that every answer contains.
  public var pins: [Pair]
  /// Pairs that no answer contains.
  public var forbidden: [Pair]
  /// The smallest team of each mission (fewest seats missing below it come right after filled
  /// seats), or empty for none.
  public var minimumTeam: [Int32]
  /// Points that each filled seat of a role adds to the score, or empty for none.
  public var rolePriority: [Int32]
  /// An earlier answer: among equally good ones, the one that keeps most of these pairs is best.
  public var previous: [Pair]

  public init(
    companyCap: Int32? = nil, seekerPenalty: Int64 = 0, pins: [Pair] = [], forbidden: [Pair] = [],
    minimumTeam: [Int32] = [], rolePriority: [Int32] = [], previous: [Pair] = []
  ) {
    self.companyCap = companyCap
    self.seekerPenalty = seekerPenalty
    self.pins = pins
    self.forbidden = forbidden
    self.minimumTeam = minimumTeam
    self.rolePriority = rolePriority
    self.previous = previous
  }

  /// The largest penalty for a mission without a job seeker.
  public static let penaltyLimit: Int64 = 1_000_000

  /// Whether the problem is a pure transportation problem: nothing but seats, capacities and
  /// points per pair.
  public var isPlain: Bool {
    companyCap == nil && seekerPenalty == 0 && pins.isEmpty && forbidden.isEmpty
      && minimumTeam.allSatisfy { $0 == 0 } && rolePriority.allSatisfy { $0 == 0 }
      && previous.isEmpty
  }
}
