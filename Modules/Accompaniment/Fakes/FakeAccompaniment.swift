public import AccompanimentAPI
public import Kernel
internal import KernelTesting

/// Accompaniment as a test wants it: every member fails until the test says what it answers.
public struct FakeAccompaniment: AccompanimentAPI {
  public var onBriefs: @Sendable (EditionID) async throws -> [Brief] = { _ in
    throw UnexpectedCall("AccompanimentAPI.briefs(of:)")
  }
  public var onDrafts: @Sendable (EditionID) async throws -> [Brief] = { _ in
    throw UnexpectedCall("AccompanimentAPI.drafts(of:)")
  }
  public var onBrief: @Sendable (BriefID) async throws -> Brief = { _ in
    throw UnexpectedCall("AccompanimentAPI.brief")
  }

  public init() {}

  public func briefs(of edition: EditionID) async throws -> [Brief] { try await onBriefs(edition) }
  public func drafts(of edition: EditionID) async throws -> [Brief] { try await onDrafts(edition) }
  public func brief(_ id: BriefID) async throws -> Brief { try await onBrief(id) }
}
