public import Kernel
public import PartnersAPI

/// A mission will not be carried out.
/// Said when staff cancel it, or when the teams of two missions are made one.
public struct MissionCancelled: Event {
  public let edition: EditionID?
  /// Closed from now on; `MissionReopened` tells where it goes on after all.
  public let mission: MissionID
  /// Who was in the team.
  public let team: [VolunteerID]
  /// As whoever cancelled it put it.
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
/// Said when staff reopen it: after a cancelling it forms anew, else it runs.
public struct MissionReopened: Event {
  public let edition: EditionID?
  /// Its sessions that were cancelled with it are planned again.
  public let mission: MissionID
  /// As staff put it.
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
/// Said when staff cancel the session alone; those of a cancelled mission go without it.
public struct SessionCancelled: Event {
  public let edition: EditionID?
  /// The mission, which goes on.
  public let mission: MissionID
  /// Planned until now, and never held.
  public let session: SessionID
  /// Higher than that of every announcement before.
  public let revision: Int
  /// When it would have begun.
  public let startsAt: Instant
  /// When it would have ended.
  public let endsAt: Instant
  /// As staff put it, for everybody who was to come.
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
/// Said when staff take them back, once for an entry.
public struct HoursReversed: Event {
  public let edition: EditionID?
  /// The mission they were logged in.
  public let mission: MissionID
  /// The entry that was validated; the one that counters it has another id.
  public let entry: HoursEntryID
  /// Whose hours they were.
  public let volunteer: VolunteerID
  /// How much was taken back, above zero.
  public let minutes: Int
  /// The day they had been logged for.
  public let day: Day
  /// As staff put it.
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
