public import ApplicationsAPI
public import Kernel

/// The accompaniment of a laureate began.
public struct JourneyStarted: Event {
  public let edition: EditionID?
  public let journey: JourneyID
  public let organisation: OrganisationID

  public static let name = "accompaniment.journey-started"
  public var aggregate: String { journey.description }

  public init(
    edition: EditionID, journey: JourneyID, organisation: OrganisationID
  ) {
    self.edition = edition
    self.journey = journey
    self.organisation = organisation
  }
}

/// A workshop or peer exchange was set, and who is invited.
public struct WorkshopPlanned: Event {
  public let edition: EditionID?
  public let workshop: WorkshopID
  public let title: Name
  public let day: Day
  public let organisations: [OrganisationID]

  public static let name = "accompaniment.workshop-planned"
  public var aggregate: String { workshop.description }

  public init(
    edition: EditionID, workshop: WorkshopID, title: Name, day: Day,
    organisations: [OrganisationID]
  ) {
    self.edition = edition
    self.workshop = workshop
    self.title = title
    self.day = day
    self.organisations = organisations
  }
}

/// An organisation and the operator agree on what it needs.
public struct NeedsConfirmed: Event {
  public let edition: EditionID?
  public let journey: JourneyID
  public let organisation: OrganisationID
  public let needs: [NeedID]

  public static let name = "accompaniment.needs-confirmed"
  public var aggregate: String { journey.description }

  public init(
    edition: EditionID, journey: JourneyID, organisation: OrganisationID, needs: [NeedID]
  ) {
    self.edition = edition
    self.journey = journey
    self.organisation = organisation
    self.needs = needs
  }
}

/// A mission brief is ready for a team.
public struct BriefPublished: Event {
  public let edition: EditionID?
  public let brief: BriefID
  public let organisation: OrganisationID

  public static let name = "accompaniment.brief-published"
  public var aggregate: String { brief.description }

  public init(
    edition: EditionID, brief: BriefID, organisation: OrganisationID
  ) {
    self.edition = edition
    self.brief = brief
    self.organisation = organisation
  }
}

/// Some months after the mission, it is time to ask what stayed.
public struct FollowUpDue: Event {
  public let edition: EditionID?
  public let journey: JourneyID
  public let organisation: OrganisationID
  public let months: Int

  public static let name = "accompaniment.follow-up-due"
  public var aggregate: String { journey.description }

  public init(
    edition: EditionID, journey: JourneyID, organisation: OrganisationID, months: Int
  ) {
    self.edition = edition
    self.journey = journey
    self.organisation = organisation
    self.months = months
  }
}
