public import Kernel
internal import KernelTesting

/// Training as a test wants it: every member fails until the test says what it answers.
public struct FakeTraining: TrainingAPI {
  public var onCourses: @Sendable (EditionID) async throws -> [Course] = { _ in
    throw UnexpectedCall("TrainingAPI.courses(of:)")
  }

  public init() {}

  public func courses(of edition: EditionID) async throws -> [Course] {
    try await onCourses(edition)
  }
}
