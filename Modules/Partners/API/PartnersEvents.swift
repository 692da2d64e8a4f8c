public import Kernel

/// A partner and the operator signed their agreement for an edition.
public struct AgreementSigned: Event {
  public let edition: EditionID?
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
public struct PartnersMerged: Event {
  public let merge: PartnerMergeID
  public let kept: PartnerID
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
public struct PartnersParted: Event {
  public let merge: PartnerMergeID
  public let kept: PartnerID
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
public struct PartnerLeft: Event {
  public let edition: EditionID?
  public let partner: PartnerID
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
public struct AskedToStay: Event {
  public let edition: EditionID?
  public let volunteer: VolunteerID
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
public struct VolunteerRegistered: Event {
  public let edition: EditionID?
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
public struct ProfileCompleted: Event {
  public let edition: EditionID?
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
public struct ProfileChanged: Event {
  public let edition: EditionID?
  public let volunteer: VolunteerID

  public static let name = "partners.profile-changed"
  public var aggregate: String { volunteer.description }

  public init(edition: EditionID, volunteer: VolunteerID) {
    self.edition = edition
    self.volunteer = volunteer
  }
}

/// Somebody who has no profile yet is invited again.
public struct ProfileReminded: Event {
  public let edition: EditionID?
  public let volunteer: VolunteerID

  public static let name = "partners.profile-reminded"
  public var aggregate: String { volunteer.description }

  public init(edition: EditionID, volunteer: VolunteerID) {
    self.edition = edition
    self.volunteer = volunteer
  }
}

/// A volunteer leaves the edition.
public struct VolunteerWithdrew: Event {
  public let edition: EditionID?
  public let volunteer: VolunteerID
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
