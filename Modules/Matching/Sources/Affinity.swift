internal import AccompanimentAPI
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

/// How many points each fit between a volunteer and a role is worth. Data, so that an operator can
/// change it; a run keeps the weights it was made with.
///
/// Nothing here looks at how often somebody is free (whoever declares little would win), nor at
/// regime, company, name or anything else about the person that must not count.
struct AffinityWeights: Codable, Sendable, Hashable {
  /// For every eligible pair.
  var base: Whole<0, 1000>
  /// For each level above the one needed, up to two: a margin helps, a master is not wasted.
  var levelAbove: Whole<0, 1000>
  /// For each nice-to-have skill held, up to three.
  var niceToHave: Whole<0, 1000>
  /// When the organisation works for a cause of the volunteer's.
  var cause: Whole<0, 1000>
  /// When the role lets them grow in a skill they wish to grow in.
  var wish: Whole<0, 1000>
  /// When they speak every language of the brief, not only one.
  var languages: Whole<0, 1000>

  static let standard: AffinityWeights = {
    func points(_ value: Int) -> Whole<0, 1000> { Whole(value) ?? .sample }
    return AffinityWeights(
      base: points(100), levelAbove: points(20), niceToHave: points(30), cause: points(60),
      wish: points(40), languages: points(10))
  }()
}

/// The affinity of an eligible pair, in points, with what it is made of.
struct Affinity: Sendable, Hashable {
  let points: Int
  let levelsAbove: Int
  let niceToHave: [Key]
  let sharesCause: Bool
  let grows: Bool

  init(
    of volunteer: Volunteer, for role: BriefRole, in brief: Brief, causes: Set<Key>,
    weights: AffinityWeights
  ) {
    let level = volunteer.skills.first { $0.skill == role.skill }?.level.value ?? 0
    levelsAbove = max(0, min(2, level - role.level.value))
    niceToHave = Array(
      role.niceToHave.filter { key in volunteer.skills.contains { $0.skill == key } }.prefix(3))
    sharesCause = volunteer.causes.contains { causes.contains($0) }
    grows = volunteer.wishes.contains { $0 == role.skill || role.niceToHave.contains($0) }
    let speaksAll = Set(brief.languages).isSubset(of: volunteer.languages)
    points =
      weights.base.value + weights.levelAbove.value * levelsAbove
      + weights.niceToHave.value * niceToHave.count + (sharesCause ? weights.cause.value : 0)
      + (grows ? weights.wish.value : 0) + (speaksAll ? weights.languages.value : 0)
  }

  /// What the points are made of: “Fundraising” at level 4 for level 3; a cause in common.
  func fit(of volunteer: Volunteer, for role: BriefRole, _ situation: MatchingCase) -> Words {
    let skill = situation.skillName(role.skill)
    let level = volunteer.skills.first { $0.skill == role.skill }?.level.value ?? 0
    var en = ["“\(skill.en)” at level \(level) for level \(role.level.value)"]
    var fr = ["« \(skill.fr) » au niveau \(level) pour un niveau \(role.level.value)"]
    if !niceToHave.isEmpty {
      let names = niceToHave.map(situation.skillName)
      en.append("also " + names.map(\.en).joined(separator: ", "))
      fr.append("ainsi que " + names.map(\.fr).joined(separator: ", "))
    }
    if sharesCause {
      en.append("a cause in common")
      fr.append("une cause commune")
    }
    if grows {
      en.append("a skill they wish to grow in")
      fr.append("une compétence qu’ils souhaitent développer")
    }
    return Words(en: en.joined(separator: "; "), fr: fr.joined(separator: " ; "))
  }

  /// Why the pair fits, for the volunteer and the team alike.
  func words(for volunteer: Volunteer, role: BriefRole, _ situation: MatchingCase) -> Words {
    let fit = fit(of: volunteer, for: role, situation)
    return Words(
      en: "Placed for \(fit.en); free on every half-day; \(points) points.",
      fr: "Placement : \(fit.fr) ; disponible à chaque demi-journée ; \(points) points.")
  }
}
