internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// Who could take a role as things stand, and what keeps the others from it: known before anything is
/// published, while briefs and rosters can still change.
struct RoleOutlook: Codable, Sendable {
  struct Obstacle: Codable, Sendable {
    let why: Words
    /// How many volunteers it keeps out.
    let volunteers: Int
    /// How many it alone keeps out: they could, if it were otherwise.
    let alone: Int
  }

  let brief: BriefID
  let briefTitle: Name
  /// Whether the brief is still a draft.
  let isDraft: Bool
  let role: MissionRoleID
  let roleTitle: Name
  let seats: Int
  /// How many volunteers could take it.
  let volunteers: Int
  let obstacles: [Obstacle]

  /// Whether there are fewer people than seats.
  var isShort: Bool { volunteers < seats }
}

extension MatchingModule {
  @UseCases var aboutRoleOutlook: [Endpoint] {
    showRoleOutlook
  }

  struct OutlookOf: Codable, Sendable {
    let edition: EditionID
    /// Also the roles that have people enough.
    let all: Bool?
  }

  var showRoleOutlook: UseCase<OutlookOf, [RoleOutlook]> {
    .query(
      "matching.role-outlook", "/editions/{edition}/role-outlook", by: .staff,
      Words(
        en: "List the roles, of drafts too, that too few volunteers could take, and why",
        fr: "Lister les rôles, brouillons compris, que trop peu de volontaires pourraient tenir"),
      asking: { (input: OutlookOf, _) in try await outlook(of: input.edition) }
    ) { (input: OutlookOf, outlook, _) in
      outlook.filter { input.all == true || $0.isShort }
    }
  }

  /// Every role of the edition's briefs, published or not, those with the fewest people first.
  func outlook(of edition: EditionID) async throws -> [RoleOutlook] {
    var situation = try await gather(edition)
    let drafts = try await accompaniment.drafts(of: edition).map {
      $0.held(in: situation.edition.format)
    }
    situation.briefs += drafts
    let all = situation
    let isDraft = Set(drafts.map(\.id))
    return try await apart {
      all.seats.map { all.outlook(for: $0, isDraft: isDraft.contains($0.brief.id)) }
        .enumerated().sorted {
          ($0.element.volunteers - $0.element.seats, $0.offset)
            < ($1.element.volunteers - $1.element.seats, $1.offset)
        }.map(\.element)
    }
  }
}

extension MatchingCase {
  fileprivate func outlook(for seat: Seat, isDraft: Bool) -> RoleOutlook {
    var fitting = 0
    var kept: [Obstacle: (volunteers: Int, alone: Int)] = [:]
    for volunteer in volunteers {
      let found = Set(
        exclusions(of: volunteer, from: seat.role, in: seat.brief).map(Obstacle.init))
      if found.isEmpty { fitting += 1 }
      for obstacle in found {
        kept[obstacle, default: (0, 0)].volunteers += 1
        if found.count == 1 { kept[obstacle, default: (0, 0)].alone += 1 }
      }
    }
    return RoleOutlook(
      brief: seat.brief.id, briefTitle: seat.brief.title, isDraft: isDraft, role: seat.role.id,
      roleTitle: seat.role.title, seats: seat.role.seats.value, volunteers: fitting,
      obstacles: kept.sorted {
        // What could be changed for the most people comes first.
        ($1.value.alone, $1.value.volunteers, $0.key.rawValue)
          < ($0.value.alone, $0.value.volunteers, $1.key.rawValue)
      }.map { obstacle, count in
        RoleOutlook.Obstacle(
          why: obstacle.words(seat, self), volunteers: count.volunteers, alone: count.alone)
      })
  }
}

/// What keeps people from a role, whoever they are.
private enum Obstacle: Int {
  case skill
  case level
  case halfDays
  case format
  case language
  case conflict
  case employer

  init(_ exclusion: Exclusion) {
    switch exclusion {
    case .lacksSkill: self = .skill
    case .levelTooLow: self = .level
    case .notFree: self = .halfDays
    case .cannotMeet: self = .format
    case .noCommonLanguage: self = .language
    case .conflictOfInterest: self = .conflict
    case .previousEmployer: self = .employer
    }
  }

  func words(_ seat: MatchingCase.Seat, _ situation: MatchingCase) -> Words {
    let skill = situation.skillName(seat.role.skill)
    switch self {
    case .skill:
      return Words(en: "do not have “\(skill.en)”", fr: "n’ont pas « \(skill.fr) »")
    case .level:
      return Words(
        en: "have “\(skill.en)” below level \(seat.role.level.value)",
        fr: "ont « \(skill.fr) » sous le niveau \(seat.role.level.value)")
    case .halfDays:
      let days = situation.halfDayNames(seat.brief.halfDays)
      return Words(en: "are not free on \(days.en)", fr: "ne sont pas libres le \(days.fr)")
    case .format:
      return Words(
        en: "cannot take part \(seat.brief.format.rawValue)",
        fr: seat.brief.format == .remote
          ? "ne peuvent pas participer à distance" : "ne peuvent pas participer sur site")
    case .language:
      return Words(en: "have no language in common", fr: "n’ont aucune langue commune")
    case .conflict:
      return Words(en: "declared a conflict of interest", fr: "ont déclaré un conflit d’intérêts")
    case .employer:
      return Words(
        en: "were employed by the organisation", fr: "ont été employés par l’organisation")
    }
  }
}
