public import Kernel
public import PartnersAPI
public import ProgrammesAPI

/// A mission’s team is complete enough and its work begins.
/// Said when staff start it; not again when it is reopened.
public struct MissionStarted: Event {
  public let edition: EditionID?
  /// Running from now on.
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
/// Said when staff plan or move one, as its mission forms, and as its edition changes format.
public struct SessionScheduled: Event {
  public let edition: EditionID?
  /// The mission, which is not closed.
  public let mission: MissionID
  /// The same through all its moves.
  public let session: SessionID
  /// 1 at first; one who hears two of them keeps the higher.
  public let revision: Int
  /// In the mission's zone, 09:00 or 13:30.
  public let startsAt: Instant
  /// In the mission's zone, 12:30 or 17:00 of the same day.
  public let endsAt: Instant
  /// As it is held: a hybrid one has a place and a link.
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
/// Said when their place is confirmed in a running mission; not while the team forms.
public struct MemberJoined: Event {
  public let edition: EditionID?
  /// The mission, which is running.
  public let mission: MissionID
  /// Who joined.
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
/// Said when their place is withdrawn while the mission is not closed; not when it is cancelled.
public struct MemberLeft: Event {
  public let edition: EditionID?
  /// The mission, which goes on.
  public let mission: MissionID
  /// Who left; they may join again later.
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
/// Said for each entry when it is logged; not when it is corrected.
public struct HoursLogged: Event {
  public let edition: EditionID?
  /// The mission, which is running.
  public let mission: MissionID
  /// Waiting to be checked.
  public let entry: HoursEntryID
  /// Who worked, whoever wrote it down.
  public let volunteer: VolunteerID
  /// A multiple of 15, from 15 to 720.
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
/// Said for each entry when staff or the organisation validate it.
public struct HoursValidated: Event {
  public let edition: EditionID?
  /// The mission, which is running.
  public let mission: MissionID
  /// Validated for good; only a counter-entry takes it back.
  public let entry: HoursEntryID
  /// Who worked.
  public let volunteer: VolunteerID
  /// A multiple of 15, from 15 to 720.
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
/// Said when staff or the organisation send it back; the author corrects or withdraws it.
public struct HoursReturned: Event {
  public let edition: EditionID?
  /// The mission, which is running.
  public let mission: MissionID
  /// The same entry, which no longer counts towards any limit.
  public let entry: HoursEntryID
  /// Who worked, and may correct it.
  public let volunteer: VolunteerID
  /// What is to be put right, for the author.
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
/// Said each time something is handed in, also in answer to a return.
public struct DeliverableSubmitted: Event {
  public let edition: EditionID?
  /// The mission, which is running.
  public let mission: MissionID
  /// This submission.
  public let deliverable: DeliverableID
  /// As the team put it.
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
/// Said once for a submission, by staff or the organisation.
public struct DeliverableAccepted: Event {
  public let edition: EditionID?
  /// The mission, which is running.
  public let mission: MissionID
  /// This submission.
  public let deliverable: DeliverableID
  /// As the team put it.
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
/// Said once for a submission; what answers it is a new one.
public struct DeliverableReturned: Event {
  public let edition: EditionID?
  /// The mission, which is running.
  public let mission: MissionID
  /// This submission, which stays returned.
  public let deliverable: DeliverableID
  /// As the team put it.
  public let title: Name
  /// What is to change, for the team.
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

/// A mission ended: its deliverable is accepted, and no hours wait. Evaluations may still come.
/// Said when staff close it; a cancelled one is told of by `MissionCancelled` instead.
public struct MissionClosed: Event {
  public let edition: EditionID?
  /// Closed from now on; `MissionReopened` tells where it goes on after all.
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
