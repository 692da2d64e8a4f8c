public import Kernel

public enum OrganisationEntity {}
/// Which organisation. After a merge, that of the one that went leads to the one that is left.
public typealias OrganisationID = ID<OrganisationEntity>
public enum MemberEntity {}
/// Which person of an organisation; what their grant names.
public typealias MemberID = ID<MemberEntity>
public enum OrganisationMergeEntity {}
/// Which merge of two organisations, to take it back.
public typealias OrganisationMergeID = ID<OrganisationMergeEntity>
public enum ReviewerEntity {}
/// Which reviewer, in all calls and editions; what their grant names.
public typealias ReviewerID = ID<ReviewerEntity>
public enum CallEntity {}
/// Which call for applications; each is of one edition.
public typealias CallID = ID<CallEntity>
public enum ApplicationEntity {}
/// Which application; an organisation has one for a call.
public typealias ApplicationID = ID<ApplicationEntity>

/// What an organisation says it is; the conditions of a call may ask for some kinds only.
public enum OrganisationKind: String, Codable, CaseIterable, Sendable, Hashable {
  /// As most are.
  case association
  /// Whatever its form in law.
  case foundation
  /// Associations that joined in one.
  case federation
  /// Any other non-profit.
  case other
}

/// A non-profit that applies or is accompanied.
public struct Organisation: Codable, Hashable, Sendable {
  /// After a merge, the id of the one that is left, even when asked for the other.
  public let id: OrganisationID
  /// As it is now; `OrganisationRenamed` tells of changes.
  public let name: Name
  /// As it says itself.
  public let kind: OrganisationKind
  /// What it works for, as keys shared with volunteers’ profiles.
  public let causes: [Key]
  /// Nil where it gave none. Branches share one.
  public let siren: Siren?
  /// Nil where it gave none. Whether somebody verified the number is not said here.
  public let rna: RNA?
  /// Its members, whatever their role, in the order they came.
  public let contacts: [Contact]

  public init(
    id: OrganisationID, name: Name, kind: OrganisationKind, causes: [Key], siren: Siren? = nil,
    rna: RNA? = nil, contacts: [Contact]
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.causes = causes
    self.siren = siren
    self.rna = rna
    self.contacts = contacts
  }
}

/// An organisation accompanied in an edition.
public struct Laureate: Codable, Hashable, Sendable {
  /// The edition it confirmed its place in.
  public let edition: EditionID
  /// The application that won the place.
  public let application: ApplicationID
  /// Who is accompanied.
  public let organisation: OrganisationID

  public init(
    edition: EditionID, application: ApplicationID, organisation: OrganisationID
  ) {
    self.edition = edition
    self.application = application
    self.organisation = organisation
  }
}
