public import Kernel

/// A finished message with its envelope.
public struct OutgoingMessage: Sendable {
  /// The same as in its Message-ID: handed over twice, it is the same message.
  public let id: String
  /// Of the envelope: what comes back goes there.
  public let from: EmailAddress
  /// Of the envelope: the one recipient.
  public let to: EmailAddress
  /// When it was written; the same each time it is handed over.
  public let written: Instant
  /// The whole message (RFC 5322, CRLF line ends).
  public let bytes: [UInt8]

  public init(
    id: String, from: EmailAddress, to: EmailAddress, written: Instant, bytes: [UInt8]
  ) {
    self.id = id
    self.from = from
    self.to = to
    self.written = written
    self.bytes = bytes
  }
}

/// Where finished messages go: a folder, a mail server.
public protocol Mailbox: Sendable {
  /// Makes ready to take messages, where that takes something: connects. Throws `MailboxRefusal` when it
  /// cannot; nothing was handed over then.
  func prepare() async throws

  /// Takes a message. Handed the same `id` again it must not leave a second copy, as far as it can
  /// tell. Throws `MailboxRefusal`, or any other error, when the message is not safely on its way.
  func deliver(_ message: OutgoingMessage) async throws

  /// Takes away the copy of a message it keeps, where it keeps any: somebody in it is erased. Throws when
  /// it could not.
  func remove(_ id: String, written: Instant) async throws

  /// The copies it keeps, where it keeps any. Throws when it cannot tell.
  func copies() async throws -> [MailboxCopy]

  /// Nothing more is coming for now: connections are closed.
  func finish() async
}

extension Mailbox {
  /// Does nothing: for those that are ready.
  public func prepare() async throws {}
  /// Does nothing: for those that hold no connection.
  public func finish() async {}
  /// Does nothing: for those that keep no copies.
  public func remove(_ id: String, written: Instant) async throws {}
  /// None: for those that keep no copies.
  public func copies() async throws -> [MailboxCopy] { [] }
}

/// A copy of a message that a mailbox keeps.
public struct MailboxCopy: Hashable, Sendable {
  /// That of the message.
  public let id: String
  /// When the message was written, as far as the copy tells.
  public let written: Instant

  public init(id: String, written: Instant) {
    self.id = id
    self.written = written
  }
}

/// Why a mailbox did not take a message.
public struct MailboxRefusal: Error, Equatable, Sendable {
  /// Whether it makes sense to hand the message over again.
  public enum Kind: String, Sendable {
    /// It may take it later.
    case later
    /// It never will, whoever asks.
    case never
    /// It may have: the connection was lost after the whole message was sent.
    case uncertain
  }
  /// Decides whether it is tried again.
  public let kind: Kind
  /// What was said, for staff to read: the server's words where it said any.
  public let words: String
  /// Whether it concerns the mailbox as a whole, so that other messages fare no better now.
  public let concernsAll: Bool

  public init(_ kind: Kind, _ words: String, concernsAll: Bool = false) {
    self.kind = kind
    self.words = words
    self.concernsAll = concernsAll
  }
}
