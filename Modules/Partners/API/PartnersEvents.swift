public import Kernel

/// A partner and the operator signed their agreement for an edition.
/// Said when staff enter it, also when a partner that left comes back; not when it is amended.
public struct AgreementSigned: Event {
  public let edition: EditionID?
  /// Who signed.
  public let partner: PartnerID

  public static let name = "partners.agreement-signed"
  public var aggregate: String { partner.description }

  public init(
    edition: EditionID, partner: PartnerID
  ) {
    self.edition = edition
    self.partner = partner
  }
}

/// Two partners were one: what points to the one that went points to the other from now on.
/// Said when staff merge them.
public struct PartnersMerged: Event {
  /// By which it can be taken back, for 30 days.
  public let merge: PartnerMergeID
  /// The partner that is left.
  public let kept: PartnerID
  /// The partner that went; its id leads to the one kept.
  public let gone: PartnerID
  /// What the one that is kept is called.
  public let name: Name
  /// The people who moved.
  public let volunteers: [VolunteerID]

  public static let name = "partners.partners-merged"
  public var aggregate: String { kept.description }
  public var edition: EditionID? { nil }

  public init(
    merge: PartnerMergeID, kept: PartnerID, gone: PartnerID, name: Name, volunteers: [VolunteerID]
  ) {
    self.merge = merge
    self.kept = kept
    self.gone = gone
    self.name = name
    self.volunteers = volunteers
  }
}

/// A merge was taken back: what it moved is the other partner's again.
/// Said when staff undo it, within 30 days.
public struct PartnersParted: Event {
  /// The merge that is no more.
  public let merge: PartnerMergeID
  /// The partner that stayed all along.
  public let kept: PartnerID
  /// The partner that is there again, under the id it had.
  public let back: PartnerID
  /// What the one that is back is called.
  public let name: Name
  /// The people who moved back.
  public let volunteers: [VolunteerID]

  public static let name = "partners.partners-parted"
  public var aggregate: String { kept.description }
  public var edition: EditionID? { nil }

  public init(
    merge: PartnerMergeID, kept: PartnerID, back: PartnerID, name: Name, volunteers: [VolunteerID]
  ) {
    self.merge = merge
    self.kept = kept
    self.back = back
    self.name = name
    self.volunteers = volunteers
  }
}

/// A partner takes part in the edition no longer.
/// Said when staff end its part, after the `AskedToStay` or `VolunteerMoved` of each of its people.
public struct PartnerLeft: Event {
  public let edition: EditionID?
  /// It stays on record, with what its people did.
  public let partner: PartnerID
  /// As staff put it.
  public let reason: Paragraph

  public static let name = "partners.partner-left"
  public var aggregate: String { partner.description }

  public init(edition: EditionID, partner: PartnerID, reason: Paragraph) {
    self.edition = edition
    self.partner = partner
    self.reason = reason
  }
}

/// Somebody whose partner left is asked whether they stay in their own time.
/// Said for each of its people but those in their own time, when staff end its part.
public struct AskedToStay: Event {
  public let edition: EditionID?
  /// Who is asked. Until they answer they stay where they are.
  public let volunteer: VolunteerID
  /// The partner that left.
  public let partner: PartnerID
  /// The last day to say so.
  public let answerBy: Day

  public static let name = "partners.asked-to-stay"
  public var aggregate: String { volunteer.description }

  public init(edition: EditionID, volunteer: VolunteerID, partner: PartnerID, answerBy: Day) {
    self.edition = edition
    self.volunteer = volunteer
    self.partner = partner
    self.answerBy = answerBy
  }
}

/// Somebody was put on a roster or registered; their profile is still to be completed.
/// Said at once, or once the edition's delay for invitations is over; again when they rejoin.
public struct VolunteerRegistered: Event {
  public let edition: EditionID?
  /// Somebody new, or somebody back without a profile.
  public let volunteer: VolunteerID

  public static let name = "partners.volunteer-registered"
  public var aggregate: String { volunteer.description }

  public init(
    edition: EditionID, volunteer: VolunteerID
  ) {
    self.edition = edition
    self.volunteer = volunteer
  }
}

/// A volunteer said what they can do and when; they can be matched from now on.
/// Said the first time only, and again when somebody with a profile rejoins.
public struct ProfileCompleted: Event {
  public let edition: EditionID?
  /// Who can be matched from now on.
  public let volunteer: VolunteerID

  public static let name = "partners.profile-completed"
  public var aggregate: String { volunteer.description }

  public init(
    edition: EditionID, volunteer: VolunteerID
  ) {
    self.edition = edition
    self.volunteer = volunteer
  }
}

/// A volunteer said anew what they can do and when.
/// Said each time a complete profile is saved again, whatever differs in it.
public struct ProfileChanged: Event {
  public let edition: EditionID?
  /// Whose profile it is; what it held before is not kept in the event.
  public let volunteer: VolunteerID

  public static let name = "partners.profile-changed"
  public var aggregate: String { volunteer.description }

  public init(edition: EditionID, volunteer: VolunteerID) {
    self.edition = edition
    self.volunteer = volunteer
  }
}

/// Somebody who has no profile yet is invited again.
/// Said when staff remind them, as often as they do.
public struct ProfileReminded: Event, PersonallyWorded {
  public let edition: EditionID?
  /// Somebody who takes part and has no profile.
  public let volunteer: VolunteerID
  /// What staff added for whoever is written to, at the head of the letter; nil where they added nothing.
  public let personalLine: Paragraph?

  public static let name = "partners.profile-reminded"
  public var aggregate: String { volunteer.description }

  public init(edition: EditionID, volunteer: VolunteerID, personalLine: Paragraph? = nil) {
    self.edition = edition
    self.volunteer = volunteer
    self.personalLine = personalLine
  }
}

/// A volunteer leaves the edition.
/// Said once: by them, their partner or staff, or as a roster is undone or the person erased.
public struct VolunteerWithdrew: Event {
  public let edition: EditionID?
  /// Who takes part no longer; they may rejoin.
  public let volunteer: VolunteerID
  /// Not for everybody: staff and the person may see it. Nil where none was given.
  public let reason: Paragraph?

  public static let name = "partners.volunteer-withdrew"
  public var aggregate: String { volunteer.description }

  public init(
    edition: EditionID, volunteer: VolunteerID, reason: Paragraph? = nil
  ) {
    self.edition = edition
    self.volunteer = volunteer
    self.reason = reason
  }
}
