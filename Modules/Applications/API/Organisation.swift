public import Kernel

public enum OrganisationEntity {}
public typealias OrganisationID = ID<OrganisationEntity>
public enum MemberEntity {}
public typealias MemberID = ID<MemberEntity>
public enum OrganisationMergeEntity {}
public typealias OrganisationMergeID = ID<OrganisationMergeEntity>
public enum ReviewerEntity {}
public typealias ReviewerID = ID<ReviewerEntity>
public enum CallEntity {}
public typealias CallID = ID<CallEntity>
public enum ApplicationEntity {}
public typealias ApplicationID = ID<ApplicationEntity>

public enum OrganisationKind: String, Codable, CaseIterable, Sendable, Hashable {
  case association
  case foundation
  case federation
  case other
}

/// A non-profit that applies or is accompanied.
public struct Organisation: Codable, Hashable, Sendable {
  public let id: OrganisationID
  public let name: Name
  public let kind: OrganisationKind
  /// What it works for, as keys shared with volunteers’ profiles.
  public let causes: [Key]
  public let siren: Siren?
  public let rna: RNA?
  /// Its members who asked to be written to, the first one first.
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
  public let edition: EditionID
  public let application: ApplicationID
  public let organisation: OrganisationID

  public init(
    edition: EditionID, application: ApplicationID, organisation: OrganisationID
  ) {
    self.edition = edition
    self.application = application
    self.organisation = organisation
  }
}
