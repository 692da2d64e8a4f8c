internal import ApplicationsAPI
public import Kernel

/// What other modules may ask about the accompaniment of laureates.
/// Members throw `StorageError`, and what they say beside.
public protocol AccompanimentAPI: Sendable {
  /// The briefs published for an edition, in the order they were published.
  func briefs(of edition: EditionID) async throws -> [Brief]
  /// The briefs of an edition that are still drafts, by organisation.
  func drafts(of edition: EditionID) async throws -> [Brief]
  /// A published brief. Throws `Problem.notFound`.
  func brief(_ id: BriefID) async throws -> Brief
}
