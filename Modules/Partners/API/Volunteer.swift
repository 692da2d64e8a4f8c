public import ApplicationsAPI
public import Kernel
public import ProgrammesAPI

public enum PartnerEntity {}
/// Which partner. After a merge, that of the one that went still leads to the one that is left.
public typealias PartnerID = ID<PartnerEntity>
public enum PartnerMergeEntity {}
/// Which merge of two partners or of two people, to take it back.
public typealias PartnerMergeID = ID<PartnerMergeEntity>
public enum PartnerContactEntity {}
/// Which person who speaks for a partner; what their grant names.
public typealias PartnerContactID = ID<PartnerContactEntity>
public enum VolunteerEntity {}
/// Which registration: who takes part in two editions has two.
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
  /// A key of the catalogue, as it was when the profile was saved.
  public let skill: Key
  /// As they put it themselves; nobody checks it.
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
  /// The same through moves to other partners, withdrawing and rejoining.
  public let id: VolunteerID
  /// The one edition this registration is for.
  public let edition: EditionID
  /// As it is now; `VolunteerCorrected` tells of changes.
  public let contact: Contact
  /// The company or agency that sent them.
  public let partner: PartnerID?
  /// The one that holds today: past hours keep the one of their day.
  public let regime: Regime
  /// Each skill once.
  public let skills: [VolunteerSkill]
  /// Skills they would like to grow in.
  public let wishes: [Key]
  /// What they would like to work for, as keys shared with organisations.
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

/// What a partner is. Two of different kinds are never merged.
public enum PartnerKind: String, Codable, CaseIterable, Sendable, Hashable {
  /// Sends its employees, by patronage or in their own time.
  case company
  /// Gives money; may take part without an agreement.
  case publicBacker = "public-backer"
  /// Sends job seekers, whose regime it sees only once they consent.
  case employmentAgency = "employment-agency"
}

/// A company, public backer or employment agency.
public struct Partner: Codable, Hashable, Sendable {
  /// After a merge, the id of the one that is left, even when asked for the other.
  public let id: PartnerID
  /// As it is now, and unlike every other partner's, however written.
  public let name: Name
  /// Never changes.
  public let kind: PartnerKind
  /// At least one, in the order they were added.
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
