public import Kernel

/// An organisation is there.
public struct OrganisationRegistered: Event {
  public let edition: EditionID?
  public let organisation: OrganisationID
  /// The application that was begun with it, where one was.
  public let application: ApplicationID?
  /// Whether it came by itself: nobody knows yet whether its address is its own.
  public let byItself: Bool

  public static let name = "applications.organisation-registered"
  public var aggregate: String { organisation.description }

  public init(
    edition: EditionID?, organisation: OrganisationID, application: ApplicationID?, byItself: Bool
  ) {
    self.edition = edition
    self.organisation = organisation
    self.application = application
    self.byItself = byItself
  }
}

/// An organisation is called otherwise from now on.
public struct OrganisationRenamed: Event {
  public let organisation: OrganisationID
  public let previous: Name
  public let current: Name

  public static let name = "applications.organisation-renamed"
  public var aggregate: String { organisation.description }
  public var edition: EditionID? { nil }

  public init(organisation: OrganisationID, previous: Name, current: Name) {
    self.organisation = organisation
    self.previous = previous
    self.current = current
  }
}

/// Two organisations were one: what points to the one that went points to the other from now on.
public struct OrganisationsMerged: Event {
  public let merge: OrganisationMergeID
  public let kept: OrganisationID
  public let gone: OrganisationID
  /// What the one that is kept is called.
  public let name: Name

  public static let name = "applications.organisations-merged"
  public var aggregate: String { kept.description }
  public var edition: EditionID? { nil }

  public init(
    merge: OrganisationMergeID, kept: OrganisationID, gone: OrganisationID, name: Name
  ) {
    self.merge = merge
    self.kept = kept
    self.gone = gone
    self.name = name
  }
}

/// A merge was taken back: what it moved is the other organisation's again.
public struct OrganisationsParted: Event {
  public let merge: OrganisationMergeID
  public let kept: OrganisationID
  public let back: OrganisationID
  /// What the one that is back is called.
  public let name: Name

  public static let name = "applications.organisations-parted"
  public var aggregate: String { kept.description }
  public var edition: EditionID? { nil }

  public init(
    merge: OrganisationMergeID, kept: OrganisationID, back: OrganisationID, name: Name
  ) {
    self.merge = merge
    self.kept = kept
    self.back = back
    self.name = name
  }
}

/// A member's name, address or language changed.
public struct MemberCorrected: Event {
  public let organisation: OrganisationID
  public let member: MemberID
  public let previous: Contact
  public let current: Contact

  public static let name = "applications.member-corrected"
  public var aggregate: String { member.description }
  public var edition: EditionID? { nil }

  public init(
    organisation: OrganisationID, member: MemberID, previous: Contact, current: Contact
  ) {
    self.organisation = organisation
    self.member = member
    self.previous = previous
    self.current = current
  }
}

/// A reviewer's name, address or language changed.
public struct ReviewerCorrected: Event {
  public let reviewer: ReviewerID
  public let previous: Contact
  public let current: Contact

  public static let name = "applications.reviewer-corrected"
  public var aggregate: String { reviewer.description }
  public var edition: EditionID? { nil }

  public init(reviewer: ReviewerID, previous: Contact, current: Contact) {
    self.reviewer = reviewer
    self.previous = previous
    self.current = current
  }
}

/// A reviewer reviews no longer: nothing more is given or written to them.
public struct ReviewerRetired: Event {
  public let reviewer: ReviewerID
  public let contact: Contact

  public static let name = "applications.reviewer-retired"
  public var aggregate: String { reviewer.description }
  public var edition: EditionID? { nil }

  public init(reviewer: ReviewerID, contact: Contact) {
    self.reviewer = reviewer
    self.contact = contact
  }
}

/// What was decided or withdrawn about an application was taken back.
public struct ApplicationReinstated: Event {
  public let edition: EditionID?
  public let application: ApplicationID
  public let organisation: OrganisationID
  public let state: ApplicationState
  /// In words for the applicant.
  public let reason: Words

  public static let name = "applications.reinstated"
  public var aggregate: String { application.description }

  public init(
    edition: EditionID, application: ApplicationID, organisation: OrganisationID,
    state: ApplicationState, reason: Words
  ) {
    self.edition = edition
    self.application = application
    self.organisation = organisation
    self.state = state
    self.reason = reason
  }
}

/// One applicant or laureate was given more time than the others.
public struct DeadlineExtended: Event {
  public let edition: EditionID?
  public let application: ApplicationID
  public let organisation: OrganisationID
  /// The last day, in the zone of the call.
  public let until: Day
  /// Whether it is to confirm a place; else to submit.
  public let isConfirmation: Bool

  public static let name = "applications.deadline-extended"
  public var aggregate: String { application.description }

  public init(
    edition: EditionID, application: ApplicationID, organisation: OrganisationID, until: Day,
    isConfirmation: Bool
  ) {
    self.edition = edition
    self.application = application
    self.organisation = organisation
    self.until = until
    self.isConfirmation = isConfirmation
  }
}
