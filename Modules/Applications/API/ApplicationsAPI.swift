public import Kernel

/// What other modules may ask about organisations and laureates.
public protocol ApplicationsAPI: Sendable {
  /// The organisation. Throws `Problem.notFound`.
  func organisation(_ id: OrganisationID) async throws -> Organisation
  /// The organisation a member belongs to; nil when there is no such member.
  func organisation(of member: MemberID) async throws -> OrganisationID?
  /// The organisations that confirmed their place in an edition, by name.
  func laureates(of edition: EditionID) async throws -> [Laureate]
  /// How to write to a reviewer. Throws `Problem.notFound`.
  func reviewer(_ id: ReviewerID) async throws -> Contact
}
