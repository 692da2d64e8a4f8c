/// The proof that comes with an answer: prices from which anyone can recompute its bound.
///
/// For any prices of 0 or more, the sum of all seats at their role's price, of all capacities at
/// the volunteer's utility and of what is left over on the edges is at least as much as any answer
/// is worth (weak duality of linear programming). When an answer comes within less than one point
/// of that sum, no answer can be better, because points are whole numbers.
///
/// Prices count in `1 / scale` of a point. A filled seat counts `seatBonus` points, a seat missing
/// below a minimum team size costs `shortfallCost`; `points` are multiplied by `pointFactor` and a
/// kept pair counts one, so that pairs kept break ties only.
public struct Certificate: Sendable, Equatable {
  /// What prices count in parts of: a price of `scale` is one point.
  public var scale: Int64
  /// In points; more than any affinity, so that seats come first.
  public var seatBonus: Int64
  /// In points, for each seat missing below a minimum team; 0 without the rule.
  public var shortfallCost: Int64
  /// 1 where no earlier answer is to be kept.
  public var pointFactor: Int64
  /// What one more seat of the role would be worth, by role.
  public var rolePrice: [Int64]
  /// What one more unit of the volunteer's capacity would be worth, by volunteer.
  public var volunteerUtility: [Int64]
  /// What a job seeker in the mission earns, by mission; empty without the rule.
  public var seekerReward: [Int64]
  /// What a place in a mission costs the people of one company; the others cost nothing.
  public var companyPrices: [CompanyPrice]
  /// What a filled seat of the mission earns for its minimum team, by mission; empty without one.
  public var teamReward: [Int64]
  /// Why no answer fills more seats; nil when `seatBonus` alone settles it, or nothing does.
  public var fillProof: FillProof?

  public init(
    scale: Int64, seatBonus: Int64, shortfallCost: Int64 = 0, pointFactor: Int64 = 1,
    rolePrice: [Int64], volunteerUtility: [Int64], seekerReward: [Int64] = [],
    companyPrices: [CompanyPrice] = [], teamReward: [Int64] = [], fillProof: FillProof? = nil
  ) {
    self.scale = scale
    self.seatBonus = seatBonus
    self.shortfallCost = shortfallCost
    self.pointFactor = pointFactor
    self.rolePrice = rolePrice
    self.volunteerUtility = volunteerUtility
    self.seekerReward = seekerReward
    self.companyPrices = companyPrices
    self.teamReward = teamReward
    self.fillProof = fillProof
  }
}

/// What one company pays for each of its people in one mission.
public struct CompanyPrice: Sendable, Hashable {
  /// Its number.
  public var company: Int32
  /// Its number.
  public var mission: Int32
  /// In `1 / scale` of a point, 0 or more.
  public var price: Int64

  public init(company: Int32, mission: Int32, price: Int64) {
    self.company = company
    self.mission = mission
    self.price = price
  }
}

/// Why no answer fills more seats than a number: a cut of the network (Ford and Fulkerson 1956).
///
/// Choose a side for every volunteer and role. Each filled seat crosses the cut somewhere: at the
/// capacity of a volunteer on the far side, at the seats of a role on the near side, or along an
/// edge from near to far. So the sum of those three is at least the number of filled seats.
public struct FillProof: Sendable, Equatable {
  /// Whether each volunteer is on the near side.
  public var nearVolunteers: [Bool]
  /// Whether each role is on the near side.
  public var nearRoles: [Bool]

  public init(nearVolunteers: [Bool], nearRoles: [Bool]) {
    self.nearVolunteers = nearVolunteers
    self.nearRoles = nearRoles
  }
}
