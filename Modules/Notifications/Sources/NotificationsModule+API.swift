internal import Kernel
public import NotificationsAPI

extension NotificationsModule: NotificationsAPI {
  public func waiting() async throws -> Int {
    try await host.read { try $0.count(MessageRow.self, "WHERE state = 'waiting'") }
  }
}
