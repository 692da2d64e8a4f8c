internal import KernelTesting
public import NotificationsAPI

/// Notifications as a test wants it: every member fails until the test says what it answers.
public struct FakeNotifications: NotificationsAPI {
  public var onWaiting: @Sendable () async throws -> Int = {
    throw UnexpectedCall("NotificationsAPI.waiting")
  }

  public init() {}

  public func waiting() async throws -> Int { try await onWaiting() }
}
