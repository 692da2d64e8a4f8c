public import AccompanimentAPI
public import ApplicationsAPI
public import Kernel
public import PartnersAPI

public enum MissionEntity {}
public typealias MissionID = ID<MissionEntity>
public enum SessionEntity {}
public typealias SessionID = ID<SessionEntity>
public enum HoursEntryEntity {}
public typealias HoursEntryID = ID<HoursEntryEntity>
public enum DeliverableEntity {}
public typealias DeliverableID = ID<DeliverableEntity>
public enum DeliverableFileEntity {}
public typealias DeliverableFileID = ID<DeliverableFileEntity>

public enum MissionState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Its team is still being confirmed.
  case forming
  case running
  case closed
}

/// A team’s work for an organisation over months.
public struct Mission: Codable, Hashable, Sendable {
  public let id: MissionID
  public let edition: EditionID
  public let brief: BriefID
  public let organisation: OrganisationID
  public let title: Name
  public let state: MissionState
  /// Who is in the team now.
  public let team: [VolunteerID]

  public init(
    id: MissionID, edition: EditionID, brief: BriefID, organisation: OrganisationID, title: Name,
    state: MissionState, team: [VolunteerID]
  ) {
    self.id = id
    self.edition = edition
    self.brief = brief
    self.organisation = organisation
    self.title = title
    self.state = state
    self.team = team
  }
}
