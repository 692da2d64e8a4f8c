public import Kernel
public import ProgrammesAPI

/// What a session is for. Both are planned, moved and held in the same way.
public enum SessionKind: String, Codable, CaseIterable, Sendable, Hashable {
  /// One of the half-days of the brief, at which the whole team is needed.
  case kickOff = "kick-off"
  /// Any other half-day the team meets on.
  case working
}

/// How far a session is. A cancelled one stays in the lists; another is planned instead.
public enum SessionState: String, Codable, CaseIterable, Sendable, Hashable {
  /// To come, or past with nobody having recorded who was there.
  case planned
  /// It took place: who was there is recorded.
  case held
  /// It will not take place.
  case cancelled
}

/// A half-day on which a mission’s team meets.
public struct Session: Codable, Hashable, Sendable {
  /// The same through all its moves.
  public let id: SessionID
  /// That of its mission.
  public let edition: EditionID
  /// Whose team meets.
  public let mission: MissionID
  /// Moves on with every change, for whoever writes.
  public let version: Int
  /// Moves on whenever people have to be told again.
  public let revision: Int
  /// Never changes.
  public let kind: SessionKind
  /// In the zone of the edition.
  public let day: Day
  /// The half that `startsAt` and `endsAt` span.
  public let part: HalfDay.Part
  /// 09:00 or 13:30 by the clocks of the edition.
  public let startsAt: Instant
  /// 12:30 or 17:00 of the same day.
  public let endsAt: Instant
  /// Its own: the brief's wish at first, then what its edition changes to.
  public let format: Format
  /// An address, or a link when remote.
  public let place: Name
  /// As it was when asked.
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
