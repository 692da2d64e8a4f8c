public import AccompanimentAPI
public import Kernel

/// What other modules may ask about teams.
/// Members throw `StorageError`, and what they say beside.
public protocol MatchingAPI: Sendable {
  /// The places offered in an edition, whatever their state, in the order they were offered.
  func places(of edition: EditionID) async throws -> [Place]
  /// The places offered in the team of a brief, whatever their state, in the order they were offered.
  func places(for brief: BriefID) async throws -> [Place]
  /// The place. Throws `Problem.notFound`.
  func place(_ id: PlaceID) async throws -> Place
}
