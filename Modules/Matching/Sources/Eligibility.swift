internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

/// A hard rule that keeps a volunteer out of a role.
enum Exclusion: Hashable, Sendable {
  case lacksSkill(Key)
  case levelTooLow(Key, has: Int, needs: Int)
  case notFree([HalfDayID])
  case cannotMeet(Format)
  case noCommonLanguage
  case conflictOfInterest
  /// A job seeker must not volunteer for a previous employer (French labour code, art. L.5425-8).
  case previousEmployer
  case forbiddenByLock

  /// Why, for the operator's staff. A conflict or a former job is theirs to see, nobody else's.
  func words(_ catalogue: Catalogue) -> Words {
    func name(_ key: Key) -> Words { catalogue.skill(key)?.name ?? Words(key.description) }
    switch self {
    case .lacksSkill(let skill):
      return Words(en: "does not have “\(name(skill).en)”", fr: "n’a pas « \(name(skill).fr) »")
    case .levelTooLow(let skill, let has, let needs):
      return Words(
        en: "“\(name(skill).en)” at level \(has), \(needs) needed",
        fr: "« \(name(skill).fr) » au niveau \(has), \(needs) demandé")
    case .notFree(let days):
      return Words(
        en: "not free on \(days.count) of the half-days",
        fr: "indisponible à \(days.count) demi-journée(s)")
    case .cannotMeet(let format):
      return Words(
        en: "cannot take part \(format.rawValue)",
        fr: format == .remote
          ? "ne peut pas participer à distance" : "ne peut pas participer sur site")
    case .noCommonLanguage: return Words(en: "no language in common", fr: "aucune langue commune")
    case .conflictOfInterest:
      return Words(en: "declared a conflict of interest", fr: "a déclaré un conflit d’intérêts")
    case .previousEmployer:
      return Words(
        en: "the organisation employed them before", fr: "l’organisation les a employés auparavant")
    case .forbiddenByLock: return Words(en: "forbidden by a lock", fr: "exclu par un verrou")
    }
  }
}

/// The hard rules between a volunteer and a role; empty when the pair is eligible.
func exclusions(of volunteer: Volunteer, from role: BriefRole, in brief: Brief) -> [Exclusion] {
  var found: [Exclusion] = []
  if let skill = volunteer.skills.first(where: { $0.skill == role.skill }) {
    if skill.level < role.level {
      found.append(.levelTooLow(role.skill, has: skill.level.value, needs: role.level.value))
    }
  } else {
    found.append(.lacksSkill(role.skill))
  }
  let missing = brief.halfDays.filter { !volunteer.halfDays.contains($0) }
  if !missing.isEmpty { found.append(.notFree(missing)) }
  if !canMeet(volunteer.formats, brief.format) { found.append(.cannotMeet(brief.format)) }
  if Set(volunteer.languages).isDisjoint(with: brief.languages) { found.append(.noCommonLanguage) }
  if volunteer.conflicts.contains(brief.organisation) { found.append(.conflictOfInterest) }
  if volunteer.regime == .jobSeeker, volunteer.previousEmployers.contains(brief.organisation) {
    found.append(.previousEmployer)
  }
  return found
}

private func canMeet(_ formats: [Format], _ format: Format) -> Bool {
  switch format {
  case .onSite: formats.contains(.onSite) || formats.contains(.hybrid)
  case .remote: formats.contains(.remote) || formats.contains(.hybrid)
  case .hybrid: !formats.isEmpty
  }
}
