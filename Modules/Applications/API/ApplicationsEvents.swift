public import Kernel

/// A call for applications opened.
/// Said when staff open it; not again when a later deadline opens it anew.
public struct CallOpened: Event {
  public let edition: EditionID?
  /// Open from today, whatever day was planned.
  public let call: CallID

  public static let name = "applications.call-opened"
  public var aggregate: String { call.description }

  public init(
    edition: EditionID, call: CallID
  ) {
    self.edition = edition
    self.call = call
  }
}

/// An application was handed in; its answers are frozen from here on.
/// Said when a lead or staff hand it in; a second try says nothing.
public struct ApplicationSubmitted: Event {
  public let edition: EditionID?
  /// Submitted from now on; it may still be withdrawn.
  public let application: ApplicationID
  /// Whose application it is.
  public let organisation: OrganisationID

  public static let name = "applications.submitted"
  public var aggregate: String { application.description }

  public init(
    edition: EditionID, application: ApplicationID, organisation: OrganisationID
  ) {
    self.edition = edition
    self.application = application
    self.organisation = organisation
  }
}

/// A reviewer was asked to score an application.
/// Said for each application given to each reviewer; taken back, nothing is said.
public struct ReviewAssigned: Event {
  public let edition: EditionID?
  /// The one to score.
  public let application: ApplicationID
  /// Who scores it, without a conflict of interest that is known.
  public let reviewer: ReviewerID

  public static let name = "applications.review-assigned"
  public var aggregate: String { application.description }

  public init(
    edition: EditionID, application: ApplicationID, reviewer: ReviewerID
  ) {
    self.edition = edition
    self.application = application
    self.reviewer = reviewer
  }
}

/// The jury decided, and the applicant may know.
/// Said for each by the deliberation, when a waiting one gets a place, and when the list is closed.
public struct ApplicationDecided: Event, PersonallyWorded {
  public let edition: EditionID?
  /// Decided from now on.
  public let application: ApplicationID
  /// Whose application it is.
  public let organisation: OrganisationID
  /// What holds now; it may be said again, after a place came free.
  public let decision: Decision
  /// Why it was refused or has to wait, in words for the applicant.
  public let reason: Words?
  /// Until when a laureate confirms its place.
  public let confirmBy: Instant?
  /// What staff added for whoever is written to, at the head of the letter; nil where they added nothing.
  public let personalLine: Paragraph?

  public static let name = "applications.decided"
  public var aggregate: String { application.description }

  public init(
    edition: EditionID, application: ApplicationID, organisation: OrganisationID,
    decision: Decision, reason: Words? = nil, confirmBy: Instant? = nil,
    personalLine: Paragraph? = nil
  ) {
    self.edition = edition
    self.application = application
    self.organisation = organisation
    self.decision = decision
    self.reason = reason
    self.confirmBy = confirmBy
    self.personalLine = personalLine
  }
}

/// A laureate takes its place.
/// Said when a lead or staff confirm it; a second try says nothing.
public struct LaureateConfirmed: Event {
  public let edition: EditionID?
  /// Confirmed from now on; the place may still be given up.
  public let application: ApplicationID
  /// Whose place it is.
  public let organisation: OrganisationID

  public static let name = "applications.laureate-confirmed"
  public var aggregate: String { application.description }

  public init(
    edition: EditionID, application: ApplicationID, organisation: OrganisationID
  ) {
    self.edition = edition
    self.application = application
    self.organisation = organisation
  }
}

/// A laureate gives its place up.
/// Said when a lead or staff say so, confirmed or not, and when the time to confirm runs out.
public struct LaureateDeclined: Event {
  public let edition: EditionID?
  /// Declined or lapsed from now on. Who gets the place is told by `ApplicationDecided`.
  public let application: ApplicationID
  /// Whose place it was.
  public let organisation: OrganisationID

  public static let name = "applications.laureate-declined"
  public var aggregate: String { application.description }

  public init(
    edition: EditionID, application: ApplicationID, organisation: OrganisationID
  ) {
    self.edition = edition
    self.application = application
    self.organisation = organisation
  }
}
