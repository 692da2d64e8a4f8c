public import ApplicationsAPI
public import Kernel
internal import KernelTesting

/// Applications as a test wants it: every member fails until the test says what it answers.
public struct FakeApplications: ApplicationsAPI {
  public var onOrganisation: @Sendable (OrganisationID) async throws -> Organisation = { _ in
    throw UnexpectedCall("ApplicationsAPI.organisation")
  }
  public var onOrganisationOf: @Sendable (MemberID) async throws -> OrganisationID? = { _ in
    throw UnexpectedCall("ApplicationsAPI.organisation(of:)")
  }
  public var onMember: @Sendable (EmailAddress, OrganisationID) async throws -> MemberID? = {
    _, _ in throw UnexpectedCall("ApplicationsAPI.member(at:of:)")
  }
  public var onLaureates: @Sendable (EditionID) async throws -> [Laureate] = { _ in
    throw UnexpectedCall("ApplicationsAPI.laureates(of:)")
  }
  public var onReviewer: @Sendable (ReviewerID) async throws -> Contact = { _ in
    throw UnexpectedCall("ApplicationsAPI.reviewer")
  }

  public init() {}

  public func organisation(_ id: OrganisationID) async throws -> Organisation {
    try await onOrganisation(id)
  }
  public func organisations(
    _ ids: [OrganisationID]
  ) async throws -> [OrganisationID: Organisation] {
    var found: [OrganisationID: Organisation] = [:]
    for id in ids { found[id] = try await onOrganisation(id) }
    return found
  }
  public func organisation(of member: MemberID) async throws -> OrganisationID? {
    try await onOrganisationOf(member)
  }
  public func member(
    at address: EmailAddress, of organisation: OrganisationID
  ) async throws -> MemberID? { try await onMember(address, organisation) }
  public func laureates(of edition: EditionID) async throws -> [Laureate] {
    try await onLaureates(edition)
  }
  public func reviewer(_ id: ReviewerID) async throws -> Contact { try await onReviewer(id) }
}
