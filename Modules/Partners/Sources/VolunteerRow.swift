internal import ApplicationsAPI
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

struct VolunteerRow: Versioned {
  static let table = "partners_volunteer"
  static let noun = Words(en: "volunteer", fr: "volontaire")

  let id: VolunteerID
  var version: Int
  let editionId: EditionID
  /// Who registered first, second… in the edition: ids drawn in one moment have no order.
  let sequence: Int
  var partner: PartnerID?
  var name: Name
  var email: EmailAddress
  var language: Language
  var regime: Regime
  /// The part of the company they work in.
  var service: Name?
  var profile: Profile?
  let registeredAt: Instant
  var completedAt: Instant?
  var withdrawnAt: Instant?
  var withdrawalReason: Paragraph?
  /// Set on a claim: who has the address that a contact registered anew. See `Claims.swift`.
  var claimOf: VolunteerID?
  /// The address a claim is about; its own goes nowhere.
  var claimedEmail: EmailAddress?
  /// When the person is to be written to; nil where they were, or are not to be.
  var inviteAt: Instant?
  /// The last day to say whether they stay though their partner left; nil when nothing is asked.
  var askedToStay: Day?

  /// The address as whoever registered them gave it.
  var address: EmailAddress { claimedEmail ?? email }

  var state: VolunteerState {
    withdrawnAt != nil ? .withdrawn : completedAt != nil ? .complete : .registered
  }

  var contract: Volunteer {
    Volunteer(
      id: id, edition: editionId,
      contact: Contact(name: name, email: email, language: language), partner: partner,
      regime: regime, skills: profile?.skills ?? [], wishes: profile?.wishes ?? [],
      causes: profile?.causes ?? [], languages: profile?.languages ?? [],
      halfDays: profile?.halfDays ?? [], formats: profile?.formats ?? [],
      capacity: profile?.capacity ?? 1, conflicts: profile?.conflicts ?? [],
      previousEmployers: profile?.previousEmployers ?? [])
  }
}

/// What is needed to write to a volunteer.
struct VolunteerHead: Record {
  static let table = VolunteerRow.table
  static let columns: StaticString = "id, name, email, language, claim_of"

  let id: VolunteerID
  let name: Name
  let email: EmailAddress
  let language: Language
  let claimOf: VolunteerID?

  var contact: Contact { Contact(name: name, email: email, language: language) }
}

enum VolunteerState: String, Codable, CaseIterable, Sendable {
  /// Their profile is still to come.
  case registered
  case complete
  case withdrawn

  var condition: SQL {
    switch self {
    case .registered: "withdrawn_at IS NULL AND completed_at IS NULL"
    case .complete: "withdrawn_at IS NULL AND completed_at IS NOT NULL"
    case .withdrawn: "withdrawn_at IS NOT NULL"
    }
  }
}

/// What somebody said they can do and when.
struct Profile: Codable, Sendable, Equatable {
  var skills: [VolunteerSkill]
  var wishes: [Key]
  var causes: [Key]
  var languages: [Language]
  var halfDays: [HalfDayID]
  var formats: [Format]
  var capacity: Int
  var conflicts: [OrganisationID]
  var previousEmployers: [OrganisationID]
  /// Whether the agency that sent them may see what is sensitive.
  var consent: Bool
}

/// The number the next person of the edition gets.
func nextSequence(of edition: EditionID, in connection: any Connection) throws -> Int {
  Int(
    try connection.nextNumber(
      of: "partners.volunteer.\(edition)",
      after: connection.rows(
        """
        SELECT COALESCE(MAX(sequence), 0) AS last FROM partners_volunteer
        WHERE edition_id = \(edition)
        """
      ).first?.get("last") ?? 0))
}
