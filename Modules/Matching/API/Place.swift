public import AccompanimentAPI
public import Kernel
public import PartnersAPI

public enum RunEntity {}
/// Which run of the engine, while it is worked out and after.
public typealias RunID = ID<RunEntity>
public enum PlaceEntity {}
/// Which offer of a seat: the next one to be asked gets a place of their own.
public typealias PlaceID = ID<PlaceEntity>

/// Where an offer of a place in a team stands.
public enum PlaceState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Asked, and the seat is held for them until `confirmBy`.
  case offered
  /// Taken: they are in the team.
  case confirmed
  /// They said no, or were moved before they answered.
  case declined
  /// The deadline passed without an answer.
  case lapsed
  /// Given up after it was confirmed.
  case withdrawn
}

/// One seat of a role, offered to one volunteer.
public struct Place: Codable, Hashable, Sendable {
  /// The same from offer to end; a new offer is a new place.
  public let id: PlaceID
  /// That of the brief.
  public let edition: EditionID
  /// The team.
  public let brief: BriefID
  /// A role of `brief`, which may have several seats.
  public let role: MissionRoleID
  /// Who is asked or holds it; never changes.
  public let volunteer: VolunteerID
  /// As it was when asked.
  public let state: PlaceState
  /// When the offer lapses; kept once answered. Staff may put it off.
  public let confirmBy: Instant

  public init(
    id: PlaceID, edition: EditionID, brief: BriefID, role: MissionRoleID, volunteer: VolunteerID,
    state: PlaceState, confirmBy: Instant
  ) {
    self.id = id
    self.edition = edition
    self.brief = brief
    self.role = role
    self.volunteer = volunteer
    self.state = state
    self.confirmBy = confirmBy
  }
}
