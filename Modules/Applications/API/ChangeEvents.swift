public import Kernel

/// An organisation is there.
/// Said once, in the transaction that registers it with its lead.
public struct OrganisationRegistered: Event {
  public let edition: EditionID?
  /// New, even where it looks like another.
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

/// Somebody who is not known registered an organisation that is there, with the address of one of its
/// members: only a letter to that address says so.
/// Said in place of making anything, each time somebody tries.
public struct OrganisationRegisteredAgain: Event {
  /// The one that is there; nothing of it changed.
  public let organisation: OrganisationID
  /// Whose address was given.
  public let member: MemberID

  public static let name = "applications.organisation-registered-again"
  public var aggregate: String { organisation.description }
  public var edition: EditionID? { nil }

  public init(organisation: OrganisationID, member: MemberID) {
    self.organisation = organisation
    self.member = member
  }
}

/// An organisation is called otherwise from now on.
/// Said when a lead or staff correct the name, and only when it differs.
public struct OrganisationRenamed: Event {
  /// The same organisation as before.
  public let organisation: OrganisationID
  /// The name until now.
  public let previous: Name
  /// The name from now on.
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
/// Said when staff merge them.
public struct OrganisationsMerged: Event {
  /// By which it can be taken back, for 30 days.
  public let merge: OrganisationMergeID
  /// The organisation that is left.
  public let kept: OrganisationID
  /// The organisation that went; its id leads to the one kept.
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
/// Said when staff undo it, within 30 days, the latest first.
public struct OrganisationsParted: Event {
  /// The merge that is no more.
  public let merge: OrganisationMergeID
  /// The organisation that stayed all along.
  public let kept: OrganisationID
  /// The organisation that is there again, under the id it had.
  public let back: OrganisationID
  /// What the one that is back is called.
  public let name: Name
  /// Those that are its from now on, whenever they were begun: what came of them goes with them.
  public let applications: [ApplicationID]?

  public static let name = "applications.organisations-parted"
  public var aggregate: String { kept.description }
  public var edition: EditionID? { nil }

  public init(
    merge: OrganisationMergeID, kept: OrganisationID, back: OrganisationID, name: Name,
    applications: [ApplicationID]? = nil
  ) {
    self.merge = merge
    self.kept = kept
    self.back = back
    self.name = name
    self.applications = applications
  }
}

/// A member's name, address or language changed.
/// Said when they, a lead or staff correct it, and only when something differs.
public struct MemberCorrected: Event {
  /// Whose member it is.
  public let organisation: OrganisationID
  /// The same member as before.
  public let member: MemberID
  /// As it was until now: letters on their way may bear it.
  public let previous: Contact
  /// As it is from now on.
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
/// Said when it is corrected, and only when something differs.
public struct ReviewerCorrected: Event {
  /// The same reviewer as before.
  public let reviewer: ReviewerID
  /// As it was until now: letters on their way may bear it.
  public let previous: Contact
  /// As it is from now on.
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
/// Said when staff say so, once until they return; their open reviews are with others by then.
public struct ReviewerRetired: Event {
  /// Who left; staff can let them return.
  public let reviewer: ReviewerID
  /// How they were written to until now.
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
/// Said when staff reinstate or reconsider it.
public struct ApplicationReinstated: Event {
  public let edition: EditionID?
  /// Submitted or waiting again.
  public let application: ApplicationID
  /// Whose application it is.
  public let organisation: OrganisationID
  /// Where it stands from now on.
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
/// Said when staff give the time, each time they do.
public struct DeadlineExtended: Event {
  public let edition: EditionID?
  /// Whose deadline is another from now on.
  public let application: ApplicationID
  /// Whose application it is.
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
