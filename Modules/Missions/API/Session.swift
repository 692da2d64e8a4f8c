public import Kernel
public import ProgrammesAPI

public enum SessionKind: String, Codable, CaseIterable, Sendable, Hashable {
  /// One of the half-days of the brief, at which the whole team is needed.
  case kickOff = "kick-off"
  /// Any other half-day the team meets on.
  case working
}

public enum SessionState: String, Codable, CaseIterable, Sendable, Hashable {
  case planned
  /// It took place: who was there is recorded.
  case held
  /// It will not take place.
  case cancelled
}

/// A half-day on which a mission’s team meets.
public struct Session: Codable, Hashable, Sendable {
  public let id: SessionID
  public let edition: EditionID
  public let mission: MissionID
  public let version: Int
  /// Moves on whenever people have to be told again.
  public let revision: Int
  public let kind: SessionKind
  public let day: Day
  public let part: HalfDay.Part
  public let startsAt: Instant
  public let endsAt: Instant
  public let format: Format
  /// An address, or a link when remote.
  public let place: Name
  public let state: SessionState

  public init(
    id: SessionID, edition: EditionID, mission: MissionID, version: Int, revision: Int,
    kind: SessionKind, day: Day, part: HalfDay.Part, startsAt: Instant, endsAt: Instant,
    format: Format, place: Name, state: SessionState
  ) {
    self.id = id
    self.edition = edition
    self.mission = mission
    self.version = version
    self.revision = revision
    self.kind = kind
    self.day = day
    self.part = part
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.format = format
    self.place = place
    self.state = state
  }
}
