public import Kernel
internal import KernelTesting
public import PartnersAPI

/// Partners as a test wants it: every member fails until the test says what it answers.
public struct FakePartners: PartnersAPI {
  public var onPartner: @Sendable (PartnerID) async throws -> Partner = { _ in
    throw UnexpectedCall("PartnersAPI.partner")
  }
  public var onEmploymentAgencies: @Sendable () async throws -> [Partner] = {
    throw UnexpectedCall("PartnersAPI.employmentAgencies")
  }
  public var onPartnerOf: @Sendable (PartnerContactID) async throws -> PartnerID? = { _ in
    throw UnexpectedCall("PartnersAPI.partner(of:)")
  }
  public var onVolunteers: @Sendable (EditionID) async throws -> [Volunteer] = { _ in
    throw UnexpectedCall("PartnersAPI.volunteers(of:)")
  }
  public var onVolunteer: @Sendable (VolunteerID) async throws -> Volunteer = { _ in
    throw UnexpectedCall("PartnersAPI.volunteer")
  }
  public var onTakesPart: @Sendable (VolunteerID) async throws -> Bool = { _ in
    throw UnexpectedCall("PartnersAPI.takesPart")
  }

  public init() {}

  public func partner(_ id: PartnerID) async throws -> Partner { try await onPartner(id) }
  public func employmentAgencies() async throws -> [Partner] { try await onEmploymentAgencies() }
  public func partnerNames(_ partners: [PartnerID]) async throws -> [PartnerID: Name] {
    var names: [PartnerID: Name] = [:]
    for id in partners { names[id] = try await onPartner(id).name }
    return names
  }
  public func volunteerContacts(_ volunteers: [VolunteerID]) async throws -> [VolunteerID: Contact]
  {
    var contacts: [VolunteerID: Contact] = [:]
    for id in volunteers { contacts[id] = try await onVolunteer(id).contact }
    return contacts
  }
  public func partner(of contact: PartnerContactID) async throws -> PartnerID? {
    try await onPartnerOf(contact)
  }
  public func volunteers(of edition: EditionID) async throws -> [Volunteer] {
    try await onVolunteers(edition)
  }
  public func volunteer(_ id: VolunteerID) async throws -> Volunteer { try await onVolunteer(id) }
  public func takesPart(_ id: VolunteerID) async throws -> Bool { try await onTakesPart(id) }
}
