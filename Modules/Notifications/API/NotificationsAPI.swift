public import Kernel

public enum MessageEntity {}
/// Which message; its Message-ID is made from it.
public typealias MessageID = ID<MessageEntity>

/// What other modules may ask about what was written to people.
public protocol NotificationsAPI: Sendable {
  /// How many messages wait to be delivered.
  /// Throws `StorageError`.
  func waiting() async throws -> Int

  /// What stands behind the @ in the UIDs of dates, so that a calendar that meets one by another way knows it
  /// again. Throws `StorageError`.
  func calendarDomain() async throws -> String

  /// Hands a letter to the mailbox now, to be called outside transactions: from a job, so that whoever
  /// asked for the letter learns nothing from how long it takes. The log keeps its kind and recipient,
  /// neither subject nor text. Throws `NotificationsError.notTaken` when it is not on its way; the
  /// caller may hand it over again, which is the same message under the same id.
  func send(_ letter: DirectLetter, as context: Context) async throws
}

/// A message could not be delivered and will not be tried again.
/// Said once for a message, when it is given up; again if staff have it tried in vain.
public struct DeliveryFailed: Event {
  public let edition: EditionID?
  /// Failed from now on; staff may have it tried again.
  public let message: MessageID
  /// Where it was to go.
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
