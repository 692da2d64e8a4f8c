public import Kernel

/// What other modules may ask about partners and volunteers.
/// Members throw `StorageError`, and what they say beside.
public protocol PartnersAPI: Sendable {
  /// The partner. Throws `Problem.notFound`.
  func partner(_ id: PartnerID) async throws -> Partner
  /// What those of some partners are called that there are, asked for together.
  func partnerNames(_ partners: [PartnerID]) async throws -> [PartnerID: Name]
  /// The partners that send people who look for work, merged ones too: their names beside somebody say
  /// that of them.
  func employmentAgencies() async throws -> [Partner]
  /// The partner a contact speaks for; nil when there is no such contact.
  func partner(of contact: PartnerContactID) async throws -> PartnerID?
  /// The volunteers of an edition whose profile is complete, who have not withdrawn and whose data may be
  /// used, in the order they registered.
  func volunteers(of edition: EditionID) async throws -> [Volunteer]
  /// The volunteer, withdrawn or not. Throws `Problem.notFound`.
  func volunteer(_ id: VolunteerID) async throws -> Volunteer
  /// How to write to those of some volunteers that there are, withdrawn or not, asked for together.
  func volunteerContacts(_ volunteers: [VolunteerID]) async throws -> [VolunteerID: Contact]
  /// Whether the volunteer takes part: registered, and not withdrawn since. `VolunteerWithdrew` says
  /// when that ends.
  func takesPart(_ id: VolunteerID) async throws -> Bool
}
