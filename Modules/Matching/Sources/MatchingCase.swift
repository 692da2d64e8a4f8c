internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// Everything a run of one edition looks at.
struct MatchingCase: Sendable {
  let edition: Edition
  let catalogue: Catalogue
  let halfDays: [HalfDay]
  var briefs: [Brief]
  /// What each organisation works for.
  let causes: [OrganisationID: Set<Key>]
  let organisationNames: [OrganisationID: Name]
  var volunteers: [Volunteer]
  let partnerNames: [PartnerID: Name]
  /// Volunteers who were offered a place in a past edition; nil when there is none to ask.
  var offeredBefore: Set<VolunteerID>?

  /// A role with the brief it belongs to.
  struct Seat: Sendable {
    let brief: Brief
    let role: BriefRole
  }

  var seats: [Seat] { briefs.flatMap { brief in brief.roles.map { Seat(brief: brief, role: $0) } } }

  func affinity(of volunteer: Volunteer, for seat: Seat, weights: AffinityWeights) -> Affinity {
    Affinity(
      of: volunteer, for: seat.role, in: seat.brief, causes: causes[seat.brief.organisation] ?? [],
      weights: weights)
  }

  func partnerName(of volunteer: Volunteer) -> Name? {
    volunteer.partner.flatMap { partnerNames[$0] }
  }

  func volunteer(_ id: VolunteerID) -> Volunteer? { volunteers.first { $0.id == id } }
  func seat(_ id: MissionRoleID) -> Seat? { seats.first { $0.role.id == id } }

  /// The skill as people call it.
  func skillName(_ key: Key) -> Words { catalogue.skill(key)?.name ?? Words(key.description) }
}

/// What a run asks for beyond the hard rules.
struct RunRules: Codable, Sendable, Hashable {
  /// At most this many people of one company in a team.
  var companyCap: Whole<1, 10>?
  /// Points a team costs that could have a job seeker and has none.
  var seekerPenalty: Whole<0, 100_000>?
  /// The smallest team every mission should have.
  var minimumTeam: Whole<0, 20>?
}

/// A volunteer in a role.
struct Holding: Codable, Sendable, Hashable {
  let volunteer: VolunteerID
  let role: MissionRoleID
}
