public import AccompanimentAPI
public import Kernel
public import PartnersAPI

/// Somebody wants teams whose working out may take long; it is done behind the request.
public struct RunAsked: Event {
  public let edition: EditionID?
  public let run: RunID

  public static let name = "matching.run-asked"
  public var aggregate: String { run.description }

  public init(edition: EditionID, run: RunID) {
    self.edition = edition
    self.run = run
  }
}

/// Places were given up, or people came, after the teams of an edition were published; who is offered
/// what is worked out behind the request.
public struct RepairAsked: Event {
  public let edition: EditionID?

  public static let name = "matching.repair-asked"
  public var aggregate: String { edition?.description ?? "" }

  public init(edition: EditionID) { self.edition = edition }
}

/// Somebody wants the best teams so far of a run that is being worked out.
public struct RunStopAsked: Event {
  public let edition: EditionID?
  public let run: RunID

  public static let name = "matching.run-stop-asked"
  public var aggregate: String { run.description }

  public init(edition: EditionID, run: RunID) {
    self.edition = edition
    self.run = run
  }
}

/// A run was published: its teams are the edition’s.
public struct TeamsPublished: Event {
  public let edition: EditionID?
  public let run: RunID

  public static let name = "matching.teams-published"
  public var aggregate: String { run.description }

  public init(
    edition: EditionID, run: RunID
  ) {
    self.edition = edition
    self.run = run
  }
}

/// A volunteer was offered a place.
public struct PlaceOffered: Event {
  public let edition: EditionID?
  public let place: PlaceID
  public let brief: BriefID
  public let role: MissionRoleID
  public let volunteer: VolunteerID
  /// Until when they confirm.
  public let confirmBy: Instant
  /// When it was sent again, with the term it had.
  public let againAt: Instant?

  public static let name = "matching.place-offered"
  public var aggregate: String { brief.description }

  public init(
    edition: EditionID, place: PlaceID, brief: BriefID, role: MissionRoleID,
    volunteer: VolunteerID, confirmBy: Instant, againAt: Instant? = nil
  ) {
    self.edition = edition
    self.place = place
    self.brief = brief
    self.role = role
    self.volunteer = volunteer
    self.confirmBy = confirmBy
    self.againAt = againAt
  }
}

/// A volunteer takes their place.
public struct PlaceConfirmed: Event {
  public let edition: EditionID?
  public let place: PlaceID
  public let brief: BriefID
  public let role: MissionRoleID
  public let volunteer: VolunteerID

  public static let name = "matching.place-confirmed"
  public var aggregate: String { brief.description }

  public init(
    edition: EditionID, place: PlaceID, brief: BriefID, role: MissionRoleID,
    volunteer: VolunteerID
  ) {
    self.edition = edition
    self.place = place
    self.brief = brief
    self.role = role
    self.volunteer = volunteer
  }
}

/// A volunteer does not take the place.
public struct PlaceDeclined: Event {
  public let edition: EditionID?
  public let place: PlaceID
  public let brief: BriefID
  public let role: MissionRoleID
  public let volunteer: VolunteerID
  public let reason: Paragraph?

  public static let name = "matching.place-declined"
  public var aggregate: String { brief.description }

  public init(
    edition: EditionID, place: PlaceID, brief: BriefID, role: MissionRoleID,
    volunteer: VolunteerID, reason: Paragraph? = nil
  ) {
    self.edition = edition
    self.place = place
    self.brief = brief
    self.role = role
    self.volunteer = volunteer
    self.reason = reason
  }
}

/// An offer ran out without an answer.
public struct PlaceLapsed: Event {
  public let edition: EditionID?
  public let place: PlaceID
  public let brief: BriefID
  public let role: MissionRoleID
  public let volunteer: VolunteerID

  public static let name = "matching.place-lapsed"
  public var aggregate: String { brief.description }

  public init(
    edition: EditionID, place: PlaceID, brief: BriefID, role: MissionRoleID,
    volunteer: VolunteerID
  ) {
    self.edition = edition
    self.place = place
    self.brief = brief
    self.role = role
    self.volunteer = volunteer
  }
}

/// A volunteer leaves a team after having confirmed.
public struct PlaceWithdrawn: Event {
  public let edition: EditionID?
  public let place: PlaceID
  public let brief: BriefID
  public let role: MissionRoleID
  public let volunteer: VolunteerID
  public let reason: Paragraph?
  /// What the successor must know.
  public let handover: Paragraph?

  public static let name = "matching.place-withdrawn"
  public var aggregate: String { brief.description }

  public init(
    edition: EditionID, place: PlaceID, brief: BriefID, role: MissionRoleID,
    volunteer: VolunteerID, reason: Paragraph? = nil, handover: Paragraph? = nil
  ) {
    self.edition = edition
    self.place = place
    self.brief = brief
    self.role = role
    self.volunteer = volunteer
    self.reason = reason
    self.handover = handover
  }
}

/// A volunteer has no place for now, and why.
public struct VolunteerWaiting: Event {
  public let edition: EditionID?
  public let run: RunID
  public let volunteer: VolunteerID
  public let reason: Words

  public static let name = "matching.volunteer-waiting"
  public var aggregate: String { volunteer.description }

  public init(
    edition: EditionID, run: RunID, volunteer: VolunteerID, reason: Words
  ) {
    self.edition = edition
    self.run = run
    self.volunteer = volunteer
    self.reason = reason
  }
}

/// A team’s work is over: none of its seats is offered any more. Matching’s own wish, said by whoever
/// runs the mission, since contracts must not go round in circles.
public struct TeamDone: Event {
  public let edition: EditionID?
  public let brief: BriefID

  public static let name = "matching.team-done"
  public var aggregate: String { brief.description }

  public init(edition: EditionID, brief: BriefID) {
    self.edition = edition
    self.brief = brief
  }
}

/// A mission that was over goes on, so its team may take people in again.
public struct TeamReopened: Event {
  public let edition: EditionID?
  public let brief: BriefID

  public static let name = "matching.team-reopened"
  public var aggregate: String { brief.description }

  public init(edition: EditionID, brief: BriefID) {
    self.edition = edition
    self.brief = brief
  }
}

/// Two teams became one: the people of the one that went were offered the other, and its mission ends.
public struct TeamsMerged: Event {
  public let edition: EditionID?
  public let kept: BriefID
  public let gone: BriefID
  public let reason: Paragraph

  public static let name = "matching.teams-merged"
  public var aggregate: String { gone.description }

  public init(edition: EditionID, kept: BriefID, gone: BriefID, reason: Paragraph) {
    self.edition = edition
    self.kept = kept
    self.gone = gone
    self.reason = reason
  }
}

/// A mission was cancelled: its team is free, and the first to be offered other seats.
public struct TeamDisbanded: Event {
  public let edition: EditionID?
  public let brief: BriefID
  public let reason: Paragraph

  public static let name = "matching.team-disbanded"
  public var aggregate: String { brief.description }

  public init(edition: EditionID, brief: BriefID, reason: Paragraph) {
    self.edition = edition
    self.brief = brief
    self.reason = reason
  }
}
