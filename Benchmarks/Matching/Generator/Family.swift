/// How large an instance is and how many roles a volunteer may be eligible for.
struct Family: Sendable, Equatable {
  var volunteers: Int
  var missions: Int
  var skills: Int
  var zones: Int
  var companies: Int
  /// Fewest roles looked for per volunteer.
  var degreeLow: Int
  /// Most roles looked for per volunteer.
  var degreeHigh: Int

  /// The most skills a bit set of this program holds.
  static let mostSkills = 192

  static let named: [(name: String, family: Family)] = [
    ("seed", Family(150, 15, skills: 6, zones: 2, companies: 12, degree: 6...30)),
    ("city", Family(5_000, 500, skills: 25, zones: 4, companies: 150, degree: 12...55)),
    ("national", Family(100_000, 10_000, skills: 80, zones: 40, companies: 3_000, degree: 12...55)),
    (
      "huge",
      Family(1_000_000, 100_000, skills: 160, zones: 200, companies: 25_000, degree: 12...55)
    ),
  ]

  init(
    _ volunteers: Int, _ missions: Int, skills: Int, zones: Int, companies: Int,
    degree: ClosedRange<Int>
  ) {
    self.volunteers = volunteers
    self.missions = missions
    self.skills = skills
    self.zones = zones
    self.companies = companies
    degreeLow = degree.lowerBound
    degreeHigh = degree.upperBound
  }

  /// A size between the named ones, with the proportions of city and national.
  init(volunteers: Int) {
    self.init(
      volunteers, max(1, volunteers / 10), skills: min(80, max(6, 25 + volunteers / 1_800)),
      zones: max(1, volunteers / 2_500), companies: max(1, volunteers * 3 / 100), degree: 12...55)
  }

  /// Why no instance of this size can be made, or nil.
  var flaw: String? {
    if volunteers < 0 || missions < 0 { return "sizes cannot be negative" }
    if skills < 2 || skills > Family.mostSkills {
      return "the number of skills is between 2 and \(Family.mostSkills)"
    }
    if zones < 1 || companies < 1 { return "at least one zone and one company are needed" }
    if degreeLow < 0 || degreeHigh < degreeLow {
      return "the degrees must be ascending and not negative"
    }
    if volunteers > 20_000_000 || missions > 2_000_000 {
      return "at most 20,000,000 volunteers and 2,000,000 missions"
    }
    return nil
  }
}
