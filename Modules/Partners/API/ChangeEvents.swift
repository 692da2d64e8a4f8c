public import Kernel

/// A volunteer's name, address or language changed.
/// Said when they or staff correct it, and only when something differs.
public struct VolunteerCorrected: Event {
  public let edition: EditionID?
  /// The same person as before.
  public let volunteer: VolunteerID
  /// As it was until now: letters on their way may bear it.
  public let previous: Contact
  /// As it is from now on.
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
/// Said when staff move them, and when they stay in their own time after their partner left.
public struct VolunteerMoved: Event {
  public let edition: EditionID?
  /// The same person as before; their profile stays, their consent is asked anew.
  public let volunteer: VolunteerID
  /// Nil where nobody had sent them.
  public let previous: PartnerID?
  /// Nil where nobody sends them from now on.
  public let partner: PartnerID?
  /// The one that holds from `from` on.
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
/// Said when staff correct the name; a change of number alone says nothing.
public struct PartnerRenamed: Event {
  /// The same partner as before.
  public let partner: PartnerID
  /// The name until now.
  public let previous: Name
  /// The name from now on.
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
/// Said when staff or the partner's contacts correct it, and only when something differs.
public struct PartnerContactCorrected: Event {
  /// Whom they speak for.
  public let partner: PartnerID
  /// The same id, even where somebody else follows.
  public let contact: PartnerContactID
  /// As it was until now.
  public let previous: Contact
  /// As it is from now on.
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
