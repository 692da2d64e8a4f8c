/// Where finished messages go: a folder, a mail server.
public protocol Mailbox: Sendable {
  /// Takes a whole message (RFC 5322, CRLF line ends). Handed the same `id` again it must not leave
  /// a second copy, as far as it can tell. Throws when the message is not safely on its way.
  func deliver(_ message: [UInt8], id: String) async throws
}
