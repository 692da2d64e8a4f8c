public import Kernel

/// Whether and how the connection to a mail server is encrypted; certificates are always verified.
public enum MailSecurity: String, Codable, CaseIterable, Sendable, Hashable {
  /// From the first byte, usually on port 465.
  case tls
  /// STARTTLS, or nothing is sent; usually on port 587.
  case starttls
  /// STARTTLS where it is offered; a password is never sent without it.
  case opportunistic
  /// Never, even where it is offered: a password goes as it is. For a server on the same machine.
  case none
}

/// A mail server that takes messages.
public struct MailServer: Equatable, Sendable {
  /// A name, which the certificate must bear, or an address.
  public let host: String
  /// From 1 to 65535.
  public let port: Int
  /// Whether it is encrypted.
  public let security: MailSecurity
  /// Nil where the server wants nobody to sign in.
  public let user: String?
  /// Of `user`; never logged.
  public let password: String?
  /// How we call ourselves there.
  public let hello: String
  /// A file of PEM certificates to trust in place of the system's.
  public let trusted: String?

  public init(
    host: String, port: Int, security: MailSecurity, user: String? = nil, password: String? = nil,
    hello: String, trusted: String? = nil
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.user = user
    self.password = password
    self.hello = hello
    self.trusted = trusted
  }
}

/// What carries messages to mail servers: not the module's business.
public protocol MailCarrier: Sendable {
  /// A mailbox that hands messages to the server, over one connection as long as it lasts. `hearing`
  /// is told each step, without the password.
  func mailbox(
    on server: MailServer, hearing: @escaping @Sendable (String) -> Void
  ) -> any Mailbox

  /// The message with a DKIM signature for each key of the sender's domain; as it is without keys.
  func signed(_ message: [UInt8], from sender: EmailAddress, at now: Instant) -> [UInt8]
}
