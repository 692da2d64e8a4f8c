public import Kernel
internal import KernelTesting
public import NotificationsAPI

/// Notifications as a test wants it: every member fails until the test says what it answers.
public struct FakeNotifications: NotificationsAPI {
  public var onWaiting: @Sendable () async throws -> Int = {
    throw UnexpectedCall("NotificationsAPI.waiting")
  }

  public var onSend: @Sendable (DirectLetter) async throws -> Void = { _ in
    throw UnexpectedCall("NotificationsAPI.send")
  }

  public var onCalendarDomain: @Sendable () async throws -> String = {
    throw UnexpectedCall("NotificationsAPI.calendarDomain")
  }

  public init() {}

  public func calendarDomain() async throws -> String { try await onCalendarDomain() }

  public func waiting() async throws -> Int { try await onWaiting() }
  public func send(_ letter: DirectLetter, as context: Context) async throws {
    try await onSend(letter)
  }
}
