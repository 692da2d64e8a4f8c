public import Kernel

public enum MessageEntity {}
public typealias MessageID = ID<MessageEntity>

/// What other modules may ask about what was written to people.
public protocol NotificationsAPI: Sendable {
  /// How many messages wait to be delivered.
  func waiting() async throws -> Int
}

/// A message could not be delivered and will not be tried again.
public struct DeliveryFailed: Event {
  public let edition: EditionID?
  public let message: MessageID
  public let recipient: EmailAddress

  public static let name = "notifications.delivery-failed"
  public var aggregate: String { message.description }

  public init(
    edition: EditionID?, message: MessageID, recipient: EmailAddress
  ) {
    self.edition = edition
    self.message = message
    self.recipient = recipient
  }
}
