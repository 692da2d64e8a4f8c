public import AccompanimentAPI
public import Kernel
public import PartnersAPI

/// Somebody wants teams whose working out may take long; it is done behind the request.
/// Said when staff ask for a run that a request cannot wait for; others say nothing.
public struct RunAsked: Event {
  public let edition: EditionID?
  /// To be worked out; it has no teams until then.
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
/// Said for each of them, and again when what was found no longer fits.
public struct RepairAsked: Event {
  public let edition: EditionID?

  public static let name = "matching.repair-asked"
  public var aggregate: String { edition?.description ?? "" }

  public init(edition: EditionID) { self.edition = edition }
}

/// Somebody wants the best teams so far of a run that is being worked out.
/// Said once for a run, when staff stop it.
public struct RunStopAsked: Event {
  public let edition: EditionID?
  /// Being worked out, or waiting its turn.
  public let run: RunID

  public static let name = "matching.run-stop-asked"
  public var aggregate: String { run.description }

  public init(edition: EditionID, run: RunID) {
    self.edition = edition
    self.run = run
  }
}

/// A run was published: its teams are the edition’s.
/// Said once for an edition, when staff publish; a `PlaceOffered` for each place follows.
public struct TeamsPublished: Event {
  public let edition: EditionID?
  /// The run whose teams these are.
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
/// Said when the place is offered, when the offer is sent again, and when its term is put off.
public struct PlaceOffered: Event, PersonallyWorded {
  public let edition: EditionID?
  /// The same when an offer is sent again.
  public let place: PlaceID
  /// The team.
  public let brief: BriefID
  /// A role of `brief`.
  public let role: MissionRoleID
  /// Who is to answer.
  public let volunteer: VolunteerID
  /// Until when they confirm.
  public let confirmBy: Instant
  /// When it was sent again, with the term it had.
  public let againAt: Instant?
  /// What staff added for whoever is written to, at the head of the letter; nil where they added nothing.
  public let personalLine: Paragraph?

  public static let name = "matching.place-offered"
  public var aggregate: String { brief.description }

  public init(
    edition: EditionID, place: PlaceID, brief: BriefID, role: MissionRoleID,
    volunteer: VolunteerID, confirmBy: Instant, againAt: Instant? = nil,
    personalLine: Paragraph? = nil
  ) {
    self.edition = edition
    self.place = place
    self.brief = brief
    self.role = role
    self.volunteer = volunteer
    self.confirmBy = confirmBy
    self.againAt = againAt
    self.personalLine = personalLine
  }
}

/// Somebody who has not answered an offer yet is written to again; its term stays.
/// Said when staff remind of open offers, once a day at most for each.
public struct OfferReminded: Event, PersonallyWorded {
  public let edition: EditionID?
  /// The offer.
  public let place: PlaceID
  /// Of which mission it is.
  public let brief: BriefID
  /// What they would do there.
  public let role: MissionRoleID
  /// Who has not answered.
  public let volunteer: VolunteerID
  /// Until when they confirm, as before.
  public let confirmBy: Instant
  /// What staff added for whoever is written to, at the head of the letter; nil where they added nothing.
  public let personalLine: Paragraph?

  public static let name = "matching.offer-reminded"
  public var aggregate: String { brief.description }

  public init(
    edition: EditionID, place: PlaceID, brief: BriefID, role: MissionRoleID,
    volunteer: VolunteerID, confirmBy: Instant, personalLine: Paragraph? = nil
  ) {
    self.edition = edition
    self.place = place
    self.brief = brief
    self.role = role
    self.volunteer = volunteer
    self.confirmBy = confirmBy
    self.personalLine = personalLine
  }
}

/// A volunteer takes their place.
/// Said when they or staff confirm it, in time.
public struct PlaceConfirmed: Event {
  public let edition: EditionID?
  /// Confirmed from now on.
  public let place: PlaceID
  /// The team they join.
  public let brief: BriefID
  /// A role of `brief`.
  public let role: MissionRoleID
  /// Who holds the place.
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
/// Said when they or staff decline an offer, when they leave, or when staff move or take it back.
public struct PlaceDeclined: Event {
  public let edition: EditionID?
  /// Free from now on; the next best is asked.
  public let place: PlaceID
  /// The team.
  public let brief: BriefID
  /// A role of `brief`.
  public let role: MissionRoleID
  /// Who held the offer.
  public let volunteer: VolunteerID
  /// For staff; nil where none was given.
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
/// Said when its term passed, or when the mission ended while it was open.
public struct PlaceLapsed: Event {
  public let edition: EditionID?
  /// Free from now on; the next best is asked, unless the mission ended.
  public let place: PlaceID
  /// The team.
  public let brief: BriefID
  /// A role of `brief`.
  public let role: MissionRoleID
  /// Who did not answer.
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
/// Said when they or staff say so, when they leave the edition, or when staff move them.
public struct PlaceWithdrawn: Event {
  public let edition: EditionID?
  /// Free from now on; the next best is asked.
  public let place: PlaceID
  /// The team they leave.
  public let brief: BriefID
  /// A role of `brief`.
  public let role: MissionRoleID
  /// Who held the place.
  public let volunteer: VolunteerID
  /// For staff; nil where none was given.
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
/// Said once for each person: at publication, or when somebody comes later and finds no seat.
public struct VolunteerWaiting: Event, PersonallyWorded {
  public let edition: EditionID?
  /// The published run.
  public let run: RunID
  /// Who waits, and is still asked when a seat comes free.
  public let volunteer: VolunteerID
  /// In words for them.
  public let reason: Words
  /// What staff added for whoever is written to, at the head of the letter; nil where they added nothing.
  public let personalLine: Paragraph?

  public static let name = "matching.volunteer-waiting"
  public var aggregate: String { volunteer.description }

  public init(
    edition: EditionID, run: RunID, volunteer: VolunteerID, reason: Words,
    personalLine: Paragraph? = nil
  ) {
    self.edition = edition
    self.run = run
    self.volunteer = volunteer
    self.reason = reason
    self.personalLine = personalLine
  }
}

/// A team’s work is over: none of its seats is offered any more. Matching’s own wish, said by whoever
/// runs the mission, since contracts must not go round in circles.
/// Said when staff close a mission.
public struct TeamDone: Event {
  public let edition: EditionID?
  /// Its open offers lapse; confirmed places stay.
  public let brief: BriefID

  public static let name = "matching.team-done"
  public var aggregate: String { brief.description }

  public init(edition: EditionID, brief: BriefID) {
    self.edition = edition
    self.brief = brief
  }
}

/// A mission that was over goes on, so its team may take people in again.
/// Said when staff reopen a mission.
public struct TeamReopened: Event {
  public let edition: EditionID?
  /// Its empty seats are offered again.
  public let brief: BriefID

  public static let name = "matching.team-reopened"
  public var aggregate: String { brief.description }

  public init(edition: EditionID, brief: BriefID) {
    self.edition = edition
    self.brief = brief
  }
}

/// Two teams became one: the people of the one that went were offered the other, and its mission ends.
/// Said when staff merge them, after the offers.
public struct TeamsMerged: Event {
  public let edition: EditionID?
  /// The team that is left.
  public let kept: BriefID
  /// The team that went; nobody holds a place in it.
  public let gone: BriefID
  /// For the people and the organisations to read.
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
/// Said when a mission is cancelled. Nothing is said of each place that ends.
public struct TeamDisbanded: Event {
  public let edition: EditionID?
  /// Nobody holds a place in its team from now on.
  public let brief: BriefID
  /// Why the mission was cancelled.
  public let reason: Paragraph

  public static let name = "matching.team-disbanded"
  public var aggregate: String { brief.description }

  public init(edition: EditionID, brief: BriefID, reason: Paragraph) {
    self.edition = edition
    self.brief = brief
    self.reason = reason
  }
}
