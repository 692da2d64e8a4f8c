public import Kernel

/// What other modules may ask about organisations and laureates.
/// Members throw `StorageError`, and what they say beside.
public protocol ApplicationsAPI: Sendable {
  /// The organisation. Throws `Problem.notFound`.
  func organisation(_ id: OrganisationID) async throws -> Organisation
  /// Those of some organisations that there are, asked for together.
  func organisations(_ ids: [OrganisationID]) async throws -> [OrganisationID: Organisation]
  /// The organisation a member belongs to; nil when there is no such member.
  func organisation(of member: MemberID) async throws -> OrganisationID?
  /// The member of an organisation who is written to at an address; nil when nobody of theirs is.
  func member(
    at address: EmailAddress, of organisation: OrganisationID
  ) async throws -> MemberID?
  /// The organisations that confirmed their place in an edition, by name.
  func laureates(of edition: EditionID) async throws -> [Laureate]
  /// How to write to a reviewer. Throws `Problem.notFound`.
  func reviewer(_ id: ReviewerID) async throws -> Contact
}
