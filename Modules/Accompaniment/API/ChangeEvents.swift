public import ApplicationsAPI
public import Kernel

/// A published brief will not be carried out.
public struct BriefCancelled: Event {
  public let edition: EditionID?
  public let brief: BriefID
  public let organisation: OrganisationID
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
public struct BriefRestored: Event {
  public let edition: EditionID?
  public let brief: BriefID
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
public struct BriefCorrected: Event {
  public let edition: EditionID?
  public let brief: BriefID
  public let title: Name
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
public struct WorkshopCancelled: Event {
  public let edition: EditionID?
  public let workshop: WorkshopID
  public let title: Name
  public let day: Day
  public let organisations: [OrganisationID]
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
