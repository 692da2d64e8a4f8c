public import ApplicationsAPI
public import Kernel

/// The accompaniment of a laureate began.
/// Said once for a laureate, after it confirmed; not when it comes back after giving up.
public struct JourneyStarted: Event {
  public let edition: EditionID?
  /// The journey, which is new.
  public let journey: JourneyID
  /// The laureate.
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
/// Said when staff plan it.
public struct WorkshopPlanned: Event {
  public let edition: EditionID?
  /// To come, or of today.
  public let workshop: WorkshopID
  /// As those who are invited read it.
  public let title: Name
  /// Within the edition, in its zone.
  public let day: Day
  /// Who is invited, by name.
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
/// Said when they or staff confirm what is proposed; again for needs added later.
public struct NeedsConfirmed: Event {
  public let edition: EditionID?
  /// The journey, whose diagnosis is done.
  public let journey: JourneyID
  /// Whose needs they are.
  public let organisation: OrganisationID
  /// Those confirmed this time, the most urgent first.
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
/// Said once for a brief, when staff publish it.
public struct BriefPublished: Event {
  public let edition: EditionID?
  /// Its roles and half-days stay as they are from now on.
  public let brief: BriefID
  /// Whom the mission is for.
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
/// Said once for a journey and a number of months; what was missed is asked for once.
public struct FollowUpDue: Event {
  public let edition: EditionID?
  /// The journey, which has not ended.
  public let journey: JourneyID
  /// Who is asked.
  public let organisation: OrganisationID
  /// How many months after the edition ended: 6 or 12.
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
