public import Kernel

/// A call for applications opened.
public struct CallOpened: Event {
  public let edition: EditionID?
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
public struct ApplicationSubmitted: Event {
  public let edition: EditionID?
  public let application: ApplicationID
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
public struct ReviewAssigned: Event {
  public let edition: EditionID?
  public let application: ApplicationID
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
public struct ApplicationDecided: Event {
  public let edition: EditionID?
  public let application: ApplicationID
  public let organisation: OrganisationID
  public let decision: Decision
  /// Why it was refused or has to wait, in words for the applicant.
  public let reason: Words?
  /// Until when a laureate confirms its place.
  public let confirmBy: Instant?

  public static let name = "applications.decided"
  public var aggregate: String { application.description }

  public init(
    edition: EditionID, application: ApplicationID, organisation: OrganisationID,
    decision: Decision, reason: Words? = nil, confirmBy: Instant? = nil
  ) {
    self.edition = edition
    self.application = application
    self.organisation = organisation
    self.decision = decision
    self.reason = reason
    self.confirmBy = confirmBy
  }
}

/// A laureate takes its place.
public struct LaureateConfirmed: Event {
  public let edition: EditionID?
  public let application: ApplicationID
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
public struct LaureateDeclined: Event {
  public let edition: EditionID?
  public let application: ApplicationID
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
