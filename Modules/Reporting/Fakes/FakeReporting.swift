internal import KernelTesting
public import Kernel
public import ReportingAPI

/// Reporting as a test wants it: it fails until the test says what it answers.
public struct FakeReporting: ReportingAPI {
  public var onReport: @Sendable (EditionID) async throws -> Report = { _ in
    throw UnexpectedCall("ReportingAPI.report")
  }

  public init() {}

  public func report(of edition: EditionID) async throws -> Report { try await onReport(edition) }
}
