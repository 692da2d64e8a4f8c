public import ApplicationsAPI
public import Kernel
public import ProgrammesAPI

public enum PartnerEntity {}
public typealias PartnerID = ID<PartnerEntity>
public enum PartnerMergeEntity {}
public typealias PartnerMergeID = ID<PartnerMergeEntity>
public enum PartnerContactEntity {}
public typealias PartnerContactID = ID<PartnerContactEntity>
public enum VolunteerEntity {}
public typealias VolunteerID = ID<VolunteerEntity>

/// Under which rules somebody’s hours are given.
public enum Regime: String, Codable, CaseIterable, Sendable, Hashable {
  /// Company time; the employee stays under the company’s direction (mécénat, prestation).
  case patronageService = "patronage-service"
  /// Company time; the employee is lent (mécénat, prêt de main-d’œuvre).
  case patronageSecondment = "patronage-secondment"
  /// Own time (bénévolat de compétences).
  case ownTime = "own-time"
  /// Out of work. Sensitive: shown to the referring agency and the operator only.
  case jobSeeker = "job-seeker"
}

/// A skill somebody brings.
public struct VolunteerSkill: Codable, Hashable, Sendable {
  public let skill: Key
  public let level: SkillLevel

  public init(
    skill: Key, level: SkillLevel
  ) {
    self.skill = skill
    self.level = level
  }
}

/// Somebody who takes part in an edition, with all that matching must know. For modules, not for display: regime, conflicts and previous employers are sensitive.
public struct Volunteer: Codable, Hashable, Sendable {
  public let id: VolunteerID
  public let edition: EditionID
  public let contact: Contact
  /// The company or agency that sent them.
  public let partner: PartnerID?
  public let regime: Regime
  public let skills: [VolunteerSkill]
  /// Skills they would like to grow in.
  public let wishes: [Key]
  public let causes: [Key]
  /// Languages they can work in.
  public let languages: [Language]
  /// The kick-off half-days on which they are free.
  public let halfDays: [HalfDayID]
  /// Of on site and remote, what they can do.
  public let formats: [Format]
  /// How many missions at once, 1 to 3.
  public let capacity: Int
  /// Organisations they must not work for: a declared conflict of interest.
  public let conflicts: [OrganisationID]
  /// Organisations that employed them: a job seeker must not volunteer there (art. L.5425-8 of the French labour code).
  public let previousEmployers: [OrganisationID]

  public init(
    id: VolunteerID, edition: EditionID, contact: Contact, partner: PartnerID? = nil,
    regime: Regime, skills: [VolunteerSkill], wishes: [Key], causes: [Key], languages: [Language],
    halfDays: [HalfDayID], formats: [Format], capacity: Int, conflicts: [OrganisationID],
    previousEmployers: [OrganisationID]
  ) {
    self.id = id
    self.edition = edition
    self.contact = contact
    self.partner = partner
    self.regime = regime
    self.skills = skills
    self.wishes = wishes
    self.causes = causes
    self.languages = languages
    self.halfDays = halfDays
    self.formats = formats
    self.capacity = capacity
    self.conflicts = conflicts
    self.previousEmployers = previousEmployers
  }
}

public enum PartnerKind: String, Codable, CaseIterable, Sendable, Hashable {
  case company
  case publicBacker = "public-backer"
  case employmentAgency = "employment-agency"
}

/// A company, public backer or employment agency.
public struct Partner: Codable, Hashable, Sendable {
  public let id: PartnerID
  public let name: Name
  public let kind: PartnerKind
  public let contacts: [Contact]

  public init(
    id: PartnerID, name: Name, kind: PartnerKind, contacts: [Contact]
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.contacts = contacts
  }
}
