public import AccompanimentAPI
public import Kernel

/// What other modules may ask about missions.
/// Members throw `StorageError`, and what they say beside.
public protocol MissionsAPI: Sendable {
  /// The mission. Throws `Problem.notFound`.
  func mission(_ id: MissionID) async throws -> Mission
  /// The missions of an edition, by title.
  func missions(of edition: EditionID) async throws -> [Mission]
  /// The mission made from a brief; nil while there is none.
  func mission(for brief: BriefID) async throws -> Mission?
  /// The sessions of a mission as they stand, in order of time; none when there is no such mission.
  func sessions(of mission: MissionID) async throws -> [Session]
}
