internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// A connection to a mail server, for one message after the other.
public actor SMTPConnection {
  private let server: SMTPServer
  private let heard: @Sendable (String) -> Void
  private let channel: any Channel
  private let handler: NIOLoopBound<ReplyHandler>
  private let replies: Replies
  private var abilities = Capabilities()
  private var isSecure: Bool
  private var isUsable = true

  /// Connects, greets, secures and authenticates; `heard` is told every step, without the password.
  /// Throws `SMTPFailure`, always of the kind `later`.
  public static func open(
    _ server: SMTPServer, heard: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> SMTPConnection {
    heard("connecting to \(server.host), port \(server.port)")
    let replies = Replies()
    let tls = server.security == .tls ? try context(server) : nil
    let channel: any Channel
    let handler: NIOLoopBound<ReplyHandler>
    do {
      (channel, handler) = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connectTimeout(.milliseconds(Int64(server.timeouts.connect * 1000)))
        .connect(host: server.host, port: server.port) { channel in
          channel.eventLoop.makeCompletedFuture {
            let handler = ReplyHandler(replies)
            if let tls {
              try channel.pipeline.syncOperations.addHandler(secured(tls, server))
            }
            try channel.pipeline.syncOperations.addHandler(handler)
            return (channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
          }
        }
    } catch {
      throw SMTPFailure.lost("\(server.host), port \(server.port), cannot be reached: \(error)")
    }
    let connection = SMTPConnection(server, heard, channel, handler, replies)
    do {
      try await connection.begin()
    } catch {
      await connection.drop()
      throw error
    }
    return connection
  }

  private init(
    _ server: SMTPServer, _ heard: @escaping @Sendable (String) -> Void, _ channel: any Channel,
    _ handler: NIOLoopBound<ReplyHandler>, _ replies: Replies
  ) {
    self.server = server
    self.heard = heard
    self.channel = channel
    self.handler = handler
    self.replies = replies
    isSecure = server.security == .tls
  }

  /// Whether another message may be sent.
  public var isOpen: Bool { isUsable && !replies.hasEnded && !replies.isAhead }

  /// Sends a message. Throws `SMTPFailure`; the connection stays open where the failure was about the
  /// message only.
  public func send(from: String, to: String, _ message: [UInt8]) async throws {
    let content = try SMTPText.dotStuffed(message)
    var options = ""
    if let limit = abilities.limit, content.count > limit {
      throw SMTPFailure(.never, "the message is larger than the \(limit) bytes the server takes")
    }
    if abilities.has("SIZE") { options += " SIZE=\(content.count)" }
    if !(from + to).utf8.allSatisfy({ $0 < 128 }) {
      guard abilities.has("SMTPUTF8") else {
        throw SMTPFailure(.never, "the server takes no addresses with letters beyond ASCII")
      }
      options += " SMTPUTF8"
    }
    guard !(from + to).utf8.contains(where: { $0 < 33 || $0 == 60 || $0 == 62 || $0 == 127 }) else {
      throw SMTPFailure(.never, "the address cannot be written in an envelope")
    }
    try await announce("MAIL FROM:<\(from)>" + options, "RCPT TO:<\(to)>")
    heard("the message, \(content.count) bytes")
    let answer: SMTPReply
    do {
      try await write(content)
      answer = try await reply(within: server.timeouts.final)
    } catch let failure as SMTPFailure {
      isUsable = false
      throw failure.afterFinalDot
    }
    guard answer.isPositive else { throw await refused(answer) }
  }

  /// Says good-bye and closes.
  public func quit() async {
    if isOpen { _ = try? await ask("QUIT", server.timeouts.quit) }
    await drop()
  }

  private func drop() async {
    isUsable = false
    try? await channel.close()
  }
}

extension SMTPConnection {
  private func begin() async throws {
    let greeting = try await reply(within: server.timeouts.greeting)
    guard greeting.code == 220 else { throw SMTPFailure.lost(greeting.words) }
    try await introduce()
    if server.security == .startTLS || server.security == .opportunistic {
      if abilities.has("STARTTLS") {
        try await secure()
        // What was said before is not to be believed (RFC 3207, section 4.2).
        try await introduce()
      } else if server.security == .startTLS {
        throw SMTPFailure.lost("the server offers no STARTTLS, which the settings require")
      }
    }
    if let user = server.user { try await authenticate(user, server.password ?? "") }
  }

  private func introduce() async throws {
    let reply = try await ask("EHLO \(server.hello)", server.timeouts.command)
    if reply.isPositive {
      abilities = Capabilities(reply)
      return
    }
    let older = try await ask("HELO \(server.hello)", server.timeouts.command)
    guard older.isPositive else { throw SMTPFailure.lost(older.words) }
    abilities = Capabilities()
  }

  private func secure() async throws {
    let reply = try await ask("STARTTLS", server.timeouts.command)
    guard reply.code == 220 else { throw SMTPFailure.lost(reply.words) }
    let tls = try context(server)
    let (server, replies, handler) = (server, replies, handler)
    let channel = channel
    do {
      try await channel.eventLoop.submit {
        // Words slipped in before the handshake must not pass for words said under it.
        guard !replies.isAhead, handler.value.isBetweenReplies else {
          throw SMTPFailure.lost("the server spoke between STARTTLS and the handshake")
        }
        try channel.pipeline.syncOperations.addHandler(secured(tls, server), position: .first)
      }.get()
    } catch {
      throw error as? SMTPFailure ?? .lost("no secure connection: \(error)")
    }
    isSecure = true
  }

  private func authenticate(_ user: String, _ password: String) async throws {
    guard isSecure || server.security == .none else {
      throw SMTPFailure.lost("the password is not sent over a connection that is not secure")
    }
    let answer: SMTPReply
    if abilities.mechanisms.contains("PLAIN") {
      let secret = SMTPText.base64("\0\(user)\0\(password)")
      answer = try await ask(
        "AUTH PLAIN \(secret)", server.timeouts.command, shown: "AUTH PLAIN ···")
    } else if abilities.mechanisms.contains("LOGIN") {
      var step = try await ask("AUTH LOGIN", server.timeouts.command)
      for (part, name) in [(user, "(user)"), (password, "(password)")] where step.code == 334 {
        step = try await ask(SMTPText.base64(part), server.timeouts.command, shown: name)
      }
      answer = step
    } else {
      throw SMTPFailure.lost("the server offers neither AUTH PLAIN nor AUTH LOGIN")
    }
    guard answer.code == 235 else { throw SMTPFailure.lost(answer.words) }
  }

  /// The envelope, and that a message follows: at once where the server allows.
  private func announce(_ sender: String, _ recipient: String) async throws {
    let commands = [
      (sender, server.timeouts.command), (recipient, server.timeouts.command),
      ("DATA", server.timeouts.data),
    ]
    guard abilities.has("PIPELINING") else {
      for (command, seconds) in commands {
        let answer = try await ask(command, seconds)
        guard answer.code == 354 || command != "DATA" && answer.isPositive else {
          throw await refused(answer)
        }
      }
      return
    }
    for (command, _) in commands { heard("> \(command)") }
    try await write(Array(commands.map { "\($0.0)\r\n" }.joined().utf8))
    var refusal: SMTPReply?
    var isWaiting = false
    for (command, seconds) in commands {
      let answer: SMTPReply
      do {
        answer = try await reply(within: seconds)
      } catch {
        // What was refused before the line went dead says why.
        guard let refusal else { throw error }
        throw await refused(refusal)
      }
      isWaiting = answer.code == 354
      if command == "DATA" ? !isWaiting : !answer.isPositive { refusal = refusal ?? answer }
    }
    guard let refusal else { return }
    // Some are ready for a message to nobody: it is ended before it began (RFC 2920, section 3.1).
    if isWaiting { _ = try await ask(".", server.timeouts.final) }
    throw await refused(refusal)
  }

  /// What a refusal means, and the connection made ready for the next message.
  private func refused(_ reply: SMTPReply) async -> SMTPFailure {
    if reply.code == 421 {
      await drop()
      return .lost(reply.words)
    }
    // The account, not the message: 530 and 538 want what the settings do not give.
    let concernsAll = [454, 530, 534, 535, 538].contains(reply.code)
    let kind: SMTPFailure.Kind = reply.code >= 500 && !concernsAll ? .never : .later
    if (try? await ask("RSET", server.timeouts.command))?.isPositive != true { await drop() }
    return SMTPFailure(kind, reply.words, concernsAll: concernsAll)
  }

  private func ask(_ command: String, _ seconds: Double, shown: String? = nil) async throws
    -> SMTPReply
  {
    heard("> \(shown ?? command)")
    try await write(Array("\(command)\r\n".utf8))
    return try await reply(within: seconds)
  }

  private func write(_ bytes: [UInt8]) async throws {
    do {
      try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    } catch {
      // What the reader met says more than that nothing can be written.
      replies.end(.lost("the connection failed: \(error)"))
      _ = try await replies.next()
    }
  }

  private func reply(within seconds: Double) async throws -> SMTPReply {
    let (replies, channel) = (replies, channel)
    let alarm = channel.eventLoop.scheduleTask(in: .milliseconds(Int64(seconds * 1000))) {
      replies.end(.lost("no answer within \(seconds) s"))
      channel.close(promise: nil)
    }
    defer { alarm.cancel() }
    let reply = try await replies.next()
    heard("< \(reply.words)")
    return reply
  }
}

private func context(_ server: SMTPServer) throws -> NIOSSLContext {
  var configuration = TLSConfiguration.makeClientConfiguration()
  configuration.minimumTLSVersion = .tlsv12
  if let file = server.trusted { configuration.trustRoots = .file(file) }
  do {
    return try NIOSSLContext(configuration: configuration)
  } catch {
    throw SMTPFailure.lost("the trusted certificates cannot be read: \(error)")
  }
}

/// Certificates are always verified, against the name of the settings or, where that is an IP
/// address, the address.
private func secured(_ tls: NIOSSLContext, _ server: SMTPServer) throws -> NIOSSLClientHandler {
  let isAddress = (try? SocketAddress(ipAddress: server.host, port: 0)) != nil
  return try NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : server.host)
}
