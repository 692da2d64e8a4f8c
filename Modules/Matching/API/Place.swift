public import AccompanimentAPI
public import Kernel
public import PartnersAPI

public enum RunEntity {}
public typealias RunID = ID<RunEntity>
public enum PlaceEntity {}
public typealias PlaceID = ID<PlaceEntity>

/// Where an offer of a place in a team stands.
public enum PlaceState: String, Codable, CaseIterable, Sendable, Hashable {
  case offered
  case confirmed
  case declined
  /// The deadline passed without an answer.
  case lapsed
  /// Given up after it was confirmed.
  case withdrawn
}

/// One seat of a role, offered to one volunteer.
public struct Place: Codable, Hashable, Sendable {
  public let id: PlaceID
  public let edition: EditionID
  public let brief: BriefID
  public let role: MissionRoleID
  public let volunteer: VolunteerID
  public let state: PlaceState
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
