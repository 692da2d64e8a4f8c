internal import ApplicationsAPI
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

/// A volunteer as one reader may see them; what they may not see is absent.
struct VolunteerView: Codable, Sendable {
  struct Skills: Codable, Sendable {
    let skills: [VolunteerSkill]
    let languages: [Language]
    let halfDays: [HalfDayID]
    let formats: [Format]
    let capacity: Int
    let consent: Bool
    let wishes: [Key]?
    let causes: [Key]?
    let conflicts: [OrganisationID]?
    let previousEmployers: [OrganisationID]?
  }

  let id: VolunteerID
  let version: Int
  let edition: EditionID
  let partner: PartnerID?
  let partnerName: Name?
  let name: Name
  let email: EmailAddress
  let language: Language
  let service: Name?
  let regime: Regime?
  let state: VolunteerState
  let registeredAt: Instant
  let profile: Skills?
  let withdrawalReason: Paragraph?
  /// Their data are kept and not used; said to staff.
  let restricted: Bool?

  init(_ row: VolunteerRow, sentBy partner: PartnerRow?, for policy: PartnersPolicy) {
    let sensitive = policy.maySeeSensitive(of: row, sentBy: partner)
    id = row.id
    version = row.version
    edition = row.editionId
    self.partner = row.partner
    partnerName = partner?.name
    name = row.name
    email = row.address
    language = row.language
    service = row.service
    regime = policy.maySeeRegime(of: row, sentBy: partner) ? row.regime : nil
    state = row.state
    registeredAt = row.registeredAt
    profile = row.profile.map {
      Skills(
        skills: $0.skills, languages: $0.languages, halfDays: $0.halfDays, formats: $0.formats,
        capacity: $0.capacity, consent: $0.consent, wishes: sensitive ? $0.wishes : nil,
        causes: sensitive ? $0.causes : nil, conflicts: sensitive ? $0.conflicts : nil,
        previousEmployers: sensitive ? $0.previousEmployers : nil)
    }
    withdrawalReason = sensitive ? row.withdrawalReason : nil
    restricted = policy.isStaff && policy.isRestricted(row.id) ? true : nil
  }

  /// The volunteer as the one who asks may see them.
  init(_ row: VolunteerRow, in transaction: Transaction) throws {
    self.init(
      row, sentBy: try row.partner.flatMap { try transaction.find(PartnerRow.self, $0) },
      for: try PartnersPolicy(transaction))
  }
}
