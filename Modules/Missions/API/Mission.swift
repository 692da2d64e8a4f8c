public import AccompanimentAPI
public import ApplicationsAPI
public import Kernel
public import PartnersAPI

public enum MissionEntity {}
/// Which mission. A brief has one for good, even cancelled and reopened.
public typealias MissionID = ID<MissionEntity>
public enum SessionEntity {}
/// Which session, through all its moves.
public typealias SessionID = ID<SessionEntity>
public enum HoursEntryEntity {}
/// Which line of the ledger of hours; a counter-entry has one of its own.
public typealias HoursEntryID = ID<HoursEntryEntity>
public enum DeliverableEntity {}
/// Which submission: what is handed in after changes has an id of its own.
public typealias DeliverableID = ID<DeliverableEntity>
public enum DeliverableFileEntity {}
/// Which file handed in with a deliverable.
public typealias DeliverableFileID = ID<DeliverableFileEntity>

/// How far a mission is: it forms, then runs, then is closed; staff can reopen it.
public enum MissionState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Its team is still being confirmed.
  case forming
  /// Started by staff: hours are logged, sessions held, deliverables handed in.
  case running
  /// Ended or cancelled; the events tell which.
  case closed
}

/// A team’s work for an organisation over months.
public struct Mission: Codable, Hashable, Sendable {
  /// The same through cancelling and reopening.
  public let id: MissionID
  /// That of its brief.
  public let edition: EditionID
  /// What it was formed from.
  public let brief: BriefID
  /// Whom it is for; after a merge of organisations, the one that is left.
  public let organisation: OrganisationID
  /// The brief's, following its corrections.
  public let title: Name
  /// As it was when asked.
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
