/// A mail server, and how to speak with it.
public struct SMTPServer: Sendable {
  public enum Security: String, Sendable {
    /// TLS from the first byte, as on port 465.
    case tls
    /// STARTTLS, or nothing.
    case startTLS
    /// STARTTLS where it is offered. A password is never sent without it.
    case opportunistic
    case none
  }

  public var host: String
  public var port: Int
  public var security: Security
  public var user: String?
  public var password: String?
  /// How the client calls itself in EHLO.
  public var hello: String
  /// A file of PEM certificates to trust in place of the system's: a private authority.
  public var trusted: String?
  public var timeouts: Timeouts

  public init(
    host: String, port: Int, security: Security, user: String? = nil, password: String? = nil,
    hello: String = "localhost", trusted: String? = nil, timeouts: Timeouts = Timeouts()
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.user = user
    self.password = password
    self.hello = hello
    self.trusted = trusted
    self.timeouts = timeouts
  }
}

/// How long to wait for each answer: RFC 5321, section 4.5.3.2, in seconds.
public struct Timeouts: Sendable {
  public var connect = 30.0
  public var greeting = 300.0
  /// EHLO, AUTH, MAIL, RCPT and the rest.
  public var command = 300.0
  public var data = 120.0
  /// After the final dot: giving up sooner makes second copies.
  public var final = 600.0
  public var quit = 5.0

  public init() {}
}

/// Why a message did not leave.
public struct SMTPFailure: Error, Equatable, Sendable {
  public enum Kind: Sendable {
    /// It may leave later.
    case later
    /// The server refused this message for good.
    case never
    /// The connection was lost after the final dot: the server may have taken it.
    case uncertain
  }
  public let kind: Kind
  /// The server's words, or what happened.
  public let words: String
  /// Whether it is about the connection or the account, not this message.
  public let concernsAll: Bool

  init(_ kind: Kind, _ words: String, concernsAll: Bool = false) {
    self.kind = kind
    self.words = words
    self.concernsAll = concernsAll
  }

  /// The same, once the whole message was sent.
  var afterFinalDot: SMTPFailure {
    SMTPFailure(.uncertain, words + " (after the whole message was sent)", concernsAll: true)
  }

  static func lost(_ words: String) -> SMTPFailure {
    SMTPFailure(.later, words, concernsAll: true)
  }
}
