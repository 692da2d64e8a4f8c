public import AccompanimentAPI
public import Kernel
internal import KernelTesting
public import MissionsAPI

/// Missions as a test wants it: every member fails until the test says what it answers.
public struct FakeMissions: MissionsAPI {
  public var onMission: @Sendable (MissionID) async throws -> Mission = { _ in
    throw UnexpectedCall("MissionsAPI.mission")
  }
  public var onMissions: @Sendable (EditionID) async throws -> [Mission] = { _ in
    throw UnexpectedCall("MissionsAPI.missions(of:)")
  }
  public var onMissionFor: @Sendable (BriefID) async throws -> Mission? = { _ in
    throw UnexpectedCall("MissionsAPI.mission(for:)")
  }
  public var onSessions: @Sendable (MissionID) async throws -> [Session] = { _ in
    throw UnexpectedCall("MissionsAPI.sessions(of:)")
  }

  public init() {}

  public func mission(_ id: MissionID) async throws -> Mission { try await onMission(id) }
  public func missions(of edition: EditionID) async throws -> [Mission] {
    try await onMissions(edition)
  }
  public func mission(for brief: BriefID) async throws -> Mission? { try await onMissionFor(brief) }
  public func sessions(of mission: MissionID) async throws -> [Session] {
    try await onSessions(mission)
  }
}
