public import AccompanimentAPI
public import Kernel

/// What other modules may ask about missions.
public protocol MissionsAPI: Sendable {
  /// The mission. Throws `Problem.notFound`.
  func mission(_ id: MissionID) async throws -> Mission
  /// The missions of an edition, by title.
  func missions(of edition: EditionID) async throws -> [Mission]
}
