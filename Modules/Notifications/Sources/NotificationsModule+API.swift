internal import Kernel
public import NotificationsAPI

extension NotificationsModule: NotificationsAPI {
  public func waiting() async throws -> Int {
    // The first condition is the index’s: few letters are open, however many were sent.
    try await host.read {
      try $0.count(MessageRow.self, "WHERE state IN ('waiting', 'held') AND state = 'waiting'")
    }
  }

  public func calendarDomain() async throws -> String {
    let settings = try await host.read { try $0.mailSettings() }
    return (settings.senderAddress ?? sender.email).domain
  }
}
