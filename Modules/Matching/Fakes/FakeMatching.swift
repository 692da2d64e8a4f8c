public import AccompanimentAPI
public import Kernel
internal import KernelTesting
public import MatchingAPI

/// Matching as a test wants it: every member fails until the test says what it answers.
public struct FakeMatching: MatchingAPI {
  public var onPlaces: @Sendable (EditionID) async throws -> [Place] = { _ in
    throw UnexpectedCall("MatchingAPI.places(of:)")
  }
  public var onPlacesFor: @Sendable (BriefID) async throws -> [Place] = { _ in
    throw UnexpectedCall("MatchingAPI.places(for:)")
  }
  public var onPlace: @Sendable (PlaceID) async throws -> Place = { _ in
    throw UnexpectedCall("MatchingAPI.place")
  }

  public init() {}

  public func places(of edition: EditionID) async throws -> [Place] { try await onPlaces(edition) }
  public func places(for brief: BriefID) async throws -> [Place] {
    try await onPlacesFor(brief)
  }
  public func place(_ id: PlaceID) async throws -> Place { try await onPlace(id) }
}
