public import Kernel

/// A volunteer's name, address or language changed.
public struct VolunteerCorrected: Event {
  public let edition: EditionID?
  public let volunteer: VolunteerID
  public let previous: Contact
  public let current: Contact

  public static let name = "partners.volunteer-corrected"
  public var aggregate: String { volunteer.description }

  public init(edition: EditionID, volunteer: VolunteerID, previous: Contact, current: Contact) {
    self.edition = edition
    self.volunteer = volunteer
    self.previous = previous
    self.current = current
  }
}

/// A volunteer takes part for another partner, or for none, from a day on. What they did before stays
/// with the partner that sent them then.
public struct VolunteerMoved: Event {
  public let edition: EditionID?
  public let volunteer: VolunteerID
  public let previous: PartnerID?
  public let partner: PartnerID?
  public let regime: Regime
  /// The first day under the new partner.
  public let from: Day

  public static let name = "partners.volunteer-moved"
  public var aggregate: String { volunteer.description }

  public init(
    edition: EditionID, volunteer: VolunteerID, previous: PartnerID?, partner: PartnerID?,
    regime: Regime, from: Day
  ) {
    self.edition = edition
    self.volunteer = volunteer
    self.previous = previous
    self.partner = partner
    self.regime = regime
    self.from = from
  }
}

/// A partner is called otherwise from now on.
public struct PartnerRenamed: Event {
  public let partner: PartnerID
  public let previous: Name
  public let current: Name

  public static let name = "partners.partner-renamed"
  public var aggregate: String { partner.description }
  public var edition: EditionID? { nil }

  public init(partner: PartnerID, previous: Name, current: Name) {
    self.partner = partner
    self.previous = previous
    self.current = current
  }
}

/// Somebody who speaks for a partner changed name, address or language, or somebody else follows them.
public struct PartnerContactCorrected: Event {
  public let partner: PartnerID
  public let contact: PartnerContactID
  public let previous: Contact
  public let current: Contact

  public static let name = "partners.contact-corrected"
  public var aggregate: String { partner.description }
  public var edition: EditionID? { nil }

  public init(
    partner: PartnerID, contact: PartnerContactID, previous: Contact, current: Contact
  ) {
    self.partner = partner
    self.contact = contact
    self.previous = previous
    self.current = current
  }
}
