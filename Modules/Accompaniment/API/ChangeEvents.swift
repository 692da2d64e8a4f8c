public import ApplicationsAPI
public import Kernel

/// A published brief will not be carried out.
/// Said when staff cancel it, or its laureate gives its place up; not for a draft.
public struct BriefCancelled: Event {
  public let edition: EditionID?
  /// Cancelled from now on, and with it its mission.
  public let brief: BriefID
  /// Whom it was for.
  public let organisation: OrganisationID
  /// For the team and the organisation to read.
  public let reason: Paragraph

  public static let name = "accompaniment.brief-cancelled"
  public var aggregate: String { brief.description }

  public init(
    edition: EditionID, brief: BriefID, organisation: OrganisationID, reason: Paragraph
  ) {
    self.edition = edition
    self.brief = brief
    self.organisation = organisation
    self.reason = reason
  }
}

/// A published brief that was cancelled is to be carried out after all.
/// Said when staff restore it; not for a draft.
public struct BriefRestored: Event {
  public let edition: EditionID?
  /// Published again, as it was.
  public let brief: BriefID
  /// As staff put it.
  public let reason: Paragraph

  public static let name = "accompaniment.brief-restored"
  public var aggregate: String { brief.description }

  public init(edition: EditionID, brief: BriefID, reason: Paragraph) {
    self.edition = edition
    self.brief = brief
    self.reason = reason
  }
}

/// The texts of a published brief read otherwise; its roles and half-days are the same.
/// Said when staff correct it; not for a draft, whose readers are few.
public struct BriefCorrected: Event {
  public let edition: EditionID?
  /// The brief, which stands.
  public let brief: BriefID
  /// The title from now on.
  public let title: Name
  /// The deliverable from now on.
  public let deliverable: Name

  public static let name = "accompaniment.brief-corrected"
  public var aggregate: String { brief.description }

  public init(edition: EditionID, brief: BriefID, title: Name, deliverable: Name) {
    self.edition = edition
    self.brief = brief
    self.title = title
    self.deliverable = deliverable
  }
}

/// A workshop or peer exchange does not take place.
/// Said when staff cancel it, before anybody's presence was recorded.
public struct WorkshopCancelled: Event {
  public let edition: EditionID?
  /// Cancelled for good; another one is planned.
  public let workshop: WorkshopID
  /// As those who were invited read it.
  public let title: Name
  /// When it would have been.
  public let day: Day
  /// Who was invited, by name.
  public let organisations: [OrganisationID]
  /// For those who were invited to read.
  public let reason: Paragraph

  public static let name = "accompaniment.workshop-cancelled"
  public var aggregate: String { workshop.description }

  public init(
    edition: EditionID, workshop: WorkshopID, title: Name, day: Day,
    organisations: [OrganisationID], reason: Paragraph
  ) {
    self.edition = edition
    self.workshop = workshop
    self.title = title
    self.day = day
    self.organisations = organisations
    self.reason = reason
  }
}

/// Journeys are another organisation's from now on, with their briefs: a merge was taken back.
/// Said when the journeys were given back, once for a merge.
public struct JourneysReturned: Event {
  public let edition: EditionID?
  /// Whose they are.
  public let organisation: OrganisationID
  /// What it is called.
  public let name: Name
  /// Those of the journeys, drafts included; a mission is whose its brief is.
  public let briefs: [BriefID]

  public static let name = "accompaniment.journeys-returned"
  public var aggregate: String { organisation.description }

  /// Of no edition: those of several may go back at once.
  public init(organisation: OrganisationID, name: Name, briefs: [BriefID]) {
    edition = nil
    self.organisation = organisation
    self.name = name
    self.briefs = briefs
  }
}
