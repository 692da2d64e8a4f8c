public import Kernel
public import PartnersAPI
public import ProgrammesAPI

/// A mission’s team is complete enough and its work begins.
public struct MissionStarted: Event {
  public let edition: EditionID?
  public let mission: MissionID

  public static let name = "missions.started"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID
  ) {
    self.edition = edition
    self.mission = mission
  }
}

/// A kick-off session was set, moved or re-issued; the higher revision holds.
public struct SessionScheduled: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let session: SessionID
  public let revision: Int
  public let startsAt: Instant
  public let endsAt: Instant
  public let format: Format
  /// An address, or a link when remote.
  public let place: Name

  public static let name = "missions.session-scheduled"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, session: SessionID, revision: Int,
    startsAt: Instant, endsAt: Instant, format: Format, place: Name
  ) {
    self.edition = edition
    self.mission = mission
    self.session = session
    self.revision = revision
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.format = format
    self.place = place
  }
}

/// Somebody joined a running team, in place of another or beside.
public struct MemberJoined: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let volunteer: VolunteerID
  /// The note of the person they follow.
  public let handover: Paragraph?

  public static let name = "missions.member-joined"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, volunteer: VolunteerID,
    handover: Paragraph? = nil
  ) {
    self.edition = edition
    self.mission = mission
    self.volunteer = volunteer
    self.handover = handover
  }
}

/// Somebody left a team.
public struct MemberLeft: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let volunteer: VolunteerID

  public static let name = "missions.member-left"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, volunteer: VolunteerID
  ) {
    self.edition = edition
    self.mission = mission
    self.volunteer = volunteer
  }
}

/// Hours were logged, and wait to be checked.
public struct HoursLogged: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let entry: HoursEntryID
  public let volunteer: VolunteerID
  public let minutes: Int

  public static let name = "missions.hours-logged"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, entry: HoursEntryID, volunteer: VolunteerID,
    minutes: Int
  ) {
    self.edition = edition
    self.mission = mission
    self.entry = entry
    self.volunteer = volunteer
    self.minutes = minutes
  }
}

/// Hours were checked and count from now on.
public struct HoursValidated: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let entry: HoursEntryID
  public let volunteer: VolunteerID
  public let minutes: Int

  public static let name = "missions.hours-validated"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, entry: HoursEntryID, volunteer: VolunteerID,
    minutes: Int
  ) {
    self.edition = edition
    self.mission = mission
    self.entry = entry
    self.volunteer = volunteer
    self.minutes = minutes
  }
}

/// Hours were sent back to their author with a remark.
public struct HoursReturned: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let entry: HoursEntryID
  public let volunteer: VolunteerID
  public let remark: Paragraph

  public static let name = "missions.hours-returned"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, entry: HoursEntryID, volunteer: VolunteerID,
    remark: Paragraph
  ) {
    self.edition = edition
    self.mission = mission
    self.entry = entry
    self.volunteer = volunteer
    self.remark = remark
  }
}

/// A team handed a deliverable to the organisation.
public struct DeliverableSubmitted: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let deliverable: DeliverableID
  public let title: Name

  public static let name = "missions.deliverable-submitted"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, deliverable: DeliverableID, title: Name
  ) {
    self.edition = edition
    self.mission = mission
    self.deliverable = deliverable
    self.title = title
  }
}

/// The organisation accepted a deliverable.
public struct DeliverableAccepted: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let deliverable: DeliverableID
  public let title: Name

  public static let name = "missions.deliverable-accepted"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, deliverable: DeliverableID, title: Name
  ) {
    self.edition = edition
    self.mission = mission
    self.deliverable = deliverable
    self.title = title
  }
}

/// The organisation asks for changes to a deliverable.
public struct DeliverableReturned: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let deliverable: DeliverableID
  public let title: Name
  public let remark: Paragraph

  public static let name = "missions.deliverable-returned"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, deliverable: DeliverableID, title: Name,
    remark: Paragraph
  ) {
    self.edition = edition
    self.mission = mission
    self.deliverable = deliverable
    self.title = title
    self.remark = remark
  }
}

/// A mission ended; evaluations are in or overdue.
public struct MissionClosed: Event {
  public let edition: EditionID?
  public let mission: MissionID

  public static let name = "missions.closed"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID
  ) {
    self.edition = edition
    self.mission = mission
  }
}
