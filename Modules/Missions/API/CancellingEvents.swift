public import Kernel
public import PartnersAPI

/// A mission will not be carried out.
public struct MissionCancelled: Event {
  public let edition: EditionID?
  public let mission: MissionID
  /// Who was in the team.
  public let team: [VolunteerID]
  public let reason: Paragraph

  public static let name = "missions.cancelled"
  public var aggregate: String { mission.description }

  public init(edition: EditionID, mission: MissionID, team: [VolunteerID], reason: Paragraph) {
    self.edition = edition
    self.mission = mission
    self.team = team
    self.reason = reason
  }
}

/// A mission that was closed or cancelled goes on.
public struct MissionReopened: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let reason: Paragraph

  public static let name = "missions.reopened"
  public var aggregate: String { mission.description }

  public init(edition: EditionID, mission: MissionID, reason: Paragraph) {
    self.edition = edition
    self.mission = mission
    self.reason = reason
  }
}

/// A session will not take place.
public struct SessionCancelled: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let session: SessionID
  /// Higher than that of every announcement before.
  public let revision: Int
  public let startsAt: Instant
  public let endsAt: Instant
  public let reason: Paragraph

  public static let name = "missions.session-cancelled"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, session: SessionID, revision: Int, startsAt: Instant,
    endsAt: Instant, reason: Paragraph
  ) {
    self.edition = edition
    self.mission = mission
    self.session = session
    self.revision = revision
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.reason = reason
  }
}

/// Validated hours were taken back, and count no longer.
public struct HoursReversed: Event {
  public let edition: EditionID?
  public let mission: MissionID
  public let entry: HoursEntryID
  public let volunteer: VolunteerID
  public let minutes: Int
  public let day: Day
  public let reason: Paragraph

  public static let name = "missions.hours-reversed"
  public var aggregate: String { mission.description }

  public init(
    edition: EditionID, mission: MissionID, entry: HoursEntryID, volunteer: VolunteerID,
    minutes: Int, day: Day, reason: Paragraph
  ) {
    self.edition = edition
    self.mission = mission
    self.entry = entry
    self.volunteer = volunteer
    self.minutes = minutes
    self.day = day
    self.reason = reason
  }
}
