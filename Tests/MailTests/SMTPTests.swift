import Foundation
import SMTP
import Synchronization
import Testing

private func letter(_ mark: String, _ body: String = "Hello\r\n") -> [UInt8] {
  Array("From: <a@parvis.example>\r\nMessage-ID: <\(mark)@parvis.example>\r\n\r\n\(body)".utf8)
}

private func failure(_ work: () async throws -> Void) async -> SMTPFailure? {
  do {
    try await work()
    return nil
  } catch {
    return error as? SMTPFailure
  }
}

/// Sends one message over a connection of its own, and gives what was said.
@discardableResult
private func send(
  _ server: SMTPServer, to: String = "zoe@tours.example", _ message: [UInt8]
) async throws -> [String] {
  let steps = Steps()
  let connection = try await SMTPConnection.open(server) { steps.add($0) }
  do {
    try await connection.send(from: "parvis@parvis.example", to: to, message)
  } catch {
    await connection.quit()
    throw error
  }
  await connection.quit()
  return steps.all
}

private final class Steps: Sendable {
  private let lines = Mutex<[String]>([])
  func add(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}

@Suite(.enabled(if: MailServer.isThere, MailServer.how)) struct SMTPDialogue {
  private let mail: MailServer

  init() async throws { mail = try await MailServer.shared.value }

  @Test(arguments: [
    ("starttls", SMTPServer.Security.startTLS), ("starttls", .opportunistic), ("tls", .tls),
    ("login", .startTLS),
  ])
  func `a letter arrives under TLS with the password told to nobody who listens`(
    name: String, security: SMTPServer.Security
  ) async throws {
    let mark = "tls-\(UUID().uuidString)"
    let steps = try await send(
      mail.server(name, security, user: "parvis", password: "sésame"), letter(mark))
    #expect(try mail.copies(of: mark) == 1)
    let secret = Data("sésame".utf8).base64EncodedString()
    #expect(!steps.contains { $0.contains(secret) || $0.contains("sésame") })
    #expect(steps.contains { $0.hasPrefix("< 235") })
  }

  @Test func `dots, long letters and many of them over one connection arrive as they were written`()
    async throws
  {
    let connection = try await SMTPConnection.open(mail.server("plain", .none))
    let mark = "many-\(UUID().uuidString)"
    let body = ".\r\n..a\r\nb.\r\n" + String(repeating: "0123456789\r\n.x\r\n", count: 20_000)
    for _ in 1...3 {
      try await connection.send(
        from: "parvis@parvis.example", to: "zoe@tours.example", letter(mark, body))
    }
    await connection.quit()
    let copies = try mail.taken().filter { String(decoding: $0, as: UTF8.self).contains(mark) }
    #expect(copies.count == 3)
    #expect(copies.allSatisfy { String(decoding: $0, as: UTF8.self).hasSuffix("\r\n\r\n" + body) })
  }

  @Test func `a refusal for now, one for good and one of the text are told apart with their words`()
    async throws
  {
    let connection = try await SMTPConnection.open(mail.server("plain", .none))
    func refusal(_ local: String) async -> SMTPFailure? {
      await failure {
        try await connection.send(
          from: "parvis@parvis.example", to: "\(local)@tours.example", letter("refused"))
      }
    }
    let later = await refusal("later")
    #expect(later?.kind == .later && later?.words.contains("Come back in a while") == true)
    let never = await refusal("never")
    #expect(never?.kind == .never && never?.words.contains("Nobody of that name") == true)
    #expect(await refusal("spam")?.kind == .never)
    // The connection is as good as before.
    let mark = "after-\(UUID().uuidString)"
    try await connection.send(
      from: "parvis@parvis.example", to: "zoe@tours.example", letter(mark))
    #expect(try mail.copies(of: mark) == 1)
    let accented = await refusal("zoé")
    #expect(accented?.kind == .never && accented?.words.contains("ASCII") == true)
    let busy = await refusal("busy")
    #expect(busy?.kind == .later && busy?.concernsAll == true)
    #expect(await !connection.isOpen)
  }

  @Test
  func
    `a server that takes commands together gets them so, and what it refuses stays one letter's`()
    async throws
  {
    let connection = try await SMTPConnection.open(mail.server("together", .none))
    func refusal(_ local: String) async -> SMTPFailure? {
      await failure {
        try await connection.send(
          from: "parvis@parvis.example", to: "\(local)@tours.example", letter("refused"))
      }
    }
    let mark = "together-\(UUID().uuidString)"
    // The second is asked for the message all the same, and told that there is none.
    for local in ["never", "stubborn"] {
      let refused = await refusal(local)
      #expect(refused?.kind == .never && refused?.words.contains("Nobody of that name") == true)
      try await connection.send(
        from: "parvis@parvis.example", to: "zoe@tours.example", letter(mark, ".\r\nHello"))
    }
    let copies = try mail.taken().map { String(decoding: $0, as: UTF8.self) }
      .filter { $0.contains(mark) }
    #expect(copies.count == 2 && copies.allSatisfy { $0.hasSuffix("\r\n\r\n..\r\nHello\r\n") })
    let busy = await refusal("busy")
    #expect(busy?.kind == .later && busy?.concernsAll == true)
    #expect(busy?.words.contains("Closing for the night") == true)
    #expect(await !connection.isOpen)
  }

  @Test func `a connection lost after the whole message leaves it uncertain`() async throws {
    let mark = "gone-\(UUID().uuidString)"
    let lost = await failure {
      try await send(mail.server("plain", .none), to: "gone@tours.example", letter(mark))
    }
    #expect(lost?.kind == .uncertain)
    #expect(try mail.copies(of: mark) == 1)
  }

  @Test func `a server that says nothing is left after the time allowed`() async throws {
    let mute = await failure { try await send(mail.server("mute", .none), letter("mute")) }
    #expect(mute?.kind == .later && mute?.words.contains("no answer") == true)
    let slow = await failure {
      try await send(mail.server("plain", .none), to: "slow@tours.example", letter("slow"))
    }
    #expect(slow?.kind == .later)
  }

  @Test(arguments: ["wrongname", "foreign", "slip", "web", "plain"])
  func `no letter and no password go where the settings cannot be kept`(name: String)
    async throws
  {
    let security: SMTPServer.Security = name == "foreign" ? .tls : .startTLS
    let refused = await failure {
      try await send(
        mail.server(name, security, user: "parvis", password: "sésame"), letter("secret"))
    }
    #expect(
      refused?.kind == .later && refused?.concernsAll == true, "\(String(describing: refused))")
  }

  @Test func `a password is not sent in the clear where TLS is only hoped for`() async throws {
    let refused = await failure {
      try await send(
        mail.server("plain", .opportunistic, user: "parvis", password: "sésame"), letter("clear"))
    }
    #expect(refused?.words.contains("not secure") == true)
    try await send(mail.server("plain", .opportunistic), letter("no secret"))
  }

  @Test func `a wrong password is the operator's to mend, not the letters' end`() async throws {
    let refused = await failure {
      try await send(
        mail.server("starttls", .startTLS, user: "parvis", password: "wrong"), letter("wrong"))
    }
    #expect(refused?.kind == .later && refused?.concernsAll == true)
    #expect(refused?.words.hasPrefix("535") == true)
  }

  @Test func `a line nobody may send is refused before it is sent`() async throws {
    let refused = await failure {
      try await send(
        mail.server("plain", .none), letter("long", String(repeating: "x", count: 999)))
    }
    #expect(refused?.kind == .never)
    let nobody = SMTPServer(host: "localhost", port: 1, security: .none)
    #expect(await failure { try await send(nobody, letter("nobody")) }?.kind == .later)
    let spoiled = await failure {
      try await send(
        mail.server("plain", .none), to: "a@b.example>\r\nRCPT TO:<c@d.example", letter("two"))
    }
    #expect(spoiled?.kind == .never)
  }
}
