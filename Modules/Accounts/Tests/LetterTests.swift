import AccountsAPI
import Foundation
import Kernel
import KernelTesting
import Synchronization
import Testing

@testable import Accounts

@Suite struct SignInByLetter {
  @Test func `a volunteer signs in by the link, in the browser that asked`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    #expect(try await scene.accounts.state(of: letter.link, in: letter.browser) == .ready)
    let entry = try await scene.accounts.confirm(letter.link, in: letter.browser, scene.visit())
    #expect(entry.step == .none)
    let visitor = try #require(try await scene.accounts.visitor(of: entry.session))
    #expect(visitor.hats.map(\.grant.role) == [.volunteer])
    #expect(visitor.actor.subject == Scene.subject)
    #expect(visitor.actor.person == .account(visitor.person))
    #expect(visitor.name == Name("Ada"))
  }

  @Test func `or by the code, however it is typed`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    let typed = " " + letter.code.replacingOccurrences(of: " ", with: "-")
    let entry = try await scene.accounts.enter(code: typed, in: letter.browser, scene.visit())
    #expect(try await scene.accounts.visitor(of: entry.session) != nil)
  }

  @Test func `opening a link signs nobody in, however often`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    for _ in 0..<3 { _ = try await scene.accounts.state(of: letter.link, in: letter.browser) }
    #expect(try await scene.rows("SELECT id FROM accounts_session").isEmpty)
  }

  @Test func `another browser, such as a scanner’s, gains nothing with the link`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    let other = try await scene.accounts.beginSignIn(at: scene.stranger, scene.visit())
    for browser in [nil, other] {
      #expect(try await scene.accounts.state(of: letter.link, in: browser) == .elsewhere)
      #expect(
        await scene.error {
          try await scene.accounts.confirm(letter.link, in: browser, scene.visit())
        }
          == .link(.elsewhere))
    }
    // It is still good where it was asked for.
    _ = try await scene.accounts.confirm(letter.link, in: letter.browser, scene.visit())
  }

  @Test func `a link or its code works once`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    _ = try await scene.accounts.confirm(letter.link, in: letter.browser, scene.visit())
    #expect(
      await scene.error {
        try await scene.accounts.confirm(letter.link, in: letter.browser, scene.visit())
      } == .link(.used))
    #expect(
      await scene.error {
        try await scene.accounts.enter(code: letter.code, in: letter.browser, scene.visit())
      } == .link(.used))
    #expect(try await scene.accounts.state(of: letter.link, in: letter.browser) == .used)
  }

  @Test func `a newer letter ends the older`() async throws {
    let scene = try await Scene()
    let old = try await scene.letter(to: scene.ada)
    let new = try await scene.letter(to: scene.ada)
    #expect(
      await scene.error {
        try await scene.accounts.enter(code: old.code, in: old.browser, scene.visit())
      }
        == .link(.replaced))
    #expect(
      await scene.error {
        try await scene.accounts.confirm(old.link, in: old.browser, scene.visit())
      }
        == .link(.unknown))
    _ = try await scene.accounts.confirm(new.link, in: new.browser, scene.visit())
  }

  @Test func `ten minutes are the end of it`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    scene.test.clock.advance(seconds: 599)
    #expect(try await scene.accounts.state(of: letter.link, in: letter.browser) == .ready)
    scene.test.clock.advance(seconds: 1)
    #expect(try await scene.accounts.state(of: letter.link, in: letter.browser) == .expired)
    for attempt in 0..<2 {
      let error = await scene.error {
        attempt == 0
          ? try await scene.accounts.confirm(letter.link, in: letter.browser, scene.visit())
          : try await scene.accounts.enter(code: letter.code, in: letter.browser, scene.visit())
      }
      #expect(error == .link(.expired))
    }
  }

  @Test func `guessing a code ends the letter after five attempts, right ones included`()
    async throws
  {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    for left in [4, 3, 2, 1, 0] {
      #expect(
        await scene.error {
          try await scene.accounts.enter(code: "wrong", in: letter.browser, scene.visit())
        } == .wrongCode(left: left))
    }
    #expect(
      await scene.error {
        try await scene.accounts.enter(code: letter.code, in: letter.browser, scene.visit())
      } == .link(.unknown))
    #expect(try await scene.rows("SELECT id FROM accounts_session").isEmpty)
  }

  @Test func `the fifth attempt may be the right one`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    for _ in 0..<4 {
      _ = await scene.error {
        try await scene.accounts.enter(code: "wrong", in: letter.browser, scene.visit())
      }
    }
    _ = try await scene.accounts.enter(code: letter.code, in: letter.browser, scene.visit())
  }

  @Test func `a code is of no use in another browser`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    let other = try await scene.accounts.beginSignIn(at: scene.stranger, scene.visit())
    #expect(
      await scene.error {
        try await scene.accounts.enter(code: letter.code, in: other, scene.visit())
      }
        == .wrongCode(left: 4))
    #expect(
      await scene.error {
        try await scene.accounts.enter(code: letter.code, in: nil, scene.visit())
      }
        == .link(.elsewhere))
  }

  @Test func `letters are limited by address and by network, with the time to wait`() async throws {
    let scene = try await Scene()
    for _ in 0..<5 { _ = try await scene.accounts.beginSignIn(at: scene.ada, scene.visit()) }
    #expect(
      await scene.error {
        try await scene.accounts.beginSignIn(at: scene.ada, scene.visit("198.51.100.1"))
      }
        == .tooMany(seconds: 900))
    scene.test.clock.advance(seconds: 300)
    let error = await scene.error {
      try await scene.accounts.beginSignIn(at: scene.ada, scene.visit())
    }
    #expect(error?.retryAfter == 600)
    #expect(error?.problem.status == 429)
    #expect(error?.problem.retryAfter == 600)
    for number in 0..<55 {
      let address = try #require(EmailAddress("a\(number)@example.org"))
      _ = try await scene.accounts.beginSignIn(at: address, scene.visit())
    }
    #expect(
      await scene.error { try await scene.accounts.beginSignIn(at: scene.stranger, scene.visit()) }
        == .tooMany(seconds: 600))
    _ = try await scene.accounts.beginSignIn(at: scene.stranger, scene.visit("198.51.100.1"))
    scene.test.clock.advance(seconds: 600)
    _ = try await scene.accounts.beginSignIn(at: scene.ada, scene.visit())
  }

  @Test func `a letter whose carrying failed is written again`() async throws {
    let scene = try await Scene()
    _ = try await scene.accounts.beginSignIn(at: scene.ada, scene.visit())
    #expect(scene.post.letters.isEmpty)
    try await scene.test.platform.deliverEvents()
    try await scene.test.platform.deliverEvents()
    #expect(scene.post.letters.count == 1)
    #expect(scene.post.letters[0].to.email == scene.ada)
    #expect(
      scene.post.letters[0].button?.address.hasPrefix(Scene.origin + AccountsPath.link) == true)
  }
}

@Suite struct Secrecy {
  @Test func `no secret is stored, said or audited`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    let entry = try await scene.accounts.confirm(letter.link, in: letter.browser, scene.visit())
    let (enrolled, _) = try await scene.enrolTOTP(entry.session)
    let code = letter.code.replacingOccurrences(of: " ", with: "")
    let secrets =
      [
        letter.link.text, letter.browser.text, code, entry.session.text,
        enrolled.entry.session.text,
      ]
      + enrolled.recoveryCodes
    let tables = try await scene.rows(scene.test.host.database.dialect.tables)
    #expect(tables.count > 15)
    var everything = ""
    for table in try tables.map({ try $0.get("name", as: String.self) }) {
      let rows = try await scene.test.host.read { try $0.everything(in: table) }
      everything += rows
    }
    #expect(everything.contains(scene.ada.description))
    for secret in secrets { #expect(!everything.contains(secret)) }
    // The event that asks for a letter does not even name the reader.
    let events = try await scene.rows("SELECT payload FROM kernel_event")
    #expect(try events.allSatisfy { try !$0.get("payload", as: String.self).contains("@") })
  }

  @Test func `the audit says who came in, how, and the list from where`() async throws {
    let scene = try await Scene()
    let entry = try await scene.signIn(scene.ada)
    let person = try #require(try await scene.accounts.visitor(of: entry.session)).person
    let audit = try await scene.rows(
      "SELECT person, endpoint FROM kernel_audit ORDER BY sequence DESC LIMIT 1")
    #expect(try audit.first?.get("endpoint") == "accounts.sign-in-by-link")
    #expect(try audit.first?.get("person") == "person:\(person)")
    let list = try await scene.test.call("accounts.sign-ins", as: .administrator)
    #expect(list["items"]?.items.first?["network"] == "192.0.2.7")
    #expect(list["items"]?.items.first?["way"] == "sign-in-by-link")
  }

  @Test func `failed attempts are counted by day and kind`() async throws {
    let scene = try await Scene()
    let letter = try await scene.letter(to: scene.ada)
    for _ in 0..<3 {
      _ = await scene.error {
        try await scene.accounts.enter(code: "1", in: letter.browser, scene.visit())
      }
    }
    let failures = try await scene.test.call("accounts.failures", as: .administrator).items
    #expect(failures.contains { $0["kind"] == "code" && $0["number"] == 3 })
  }
}

extension Connection {
  fileprivate func everything(in table: String) throws -> String {
    // A name from the schema itself, for a test.
    switch table {
    case "kernel_event": try rows("SELECT * FROM kernel_event").description
    case "kernel_audit": try rows("SELECT * FROM kernel_audit").description
    case "kernel_audit_row": try rows("SELECT * FROM kernel_audit_row").description
    case "kernel_delivery": try rows("SELECT * FROM kernel_delivery").description
    case "kernel_idempotency": try rows("SELECT * FROM kernel_idempotency").description
    case "accounts_link": try rows("SELECT * FROM accounts_link").description
    case "accounts_session": try rows("SELECT * FROM accounts_session").description
    case "accounts_sign_in": try rows("SELECT * FROM accounts_sign_in").description
    case "accounts_attempt": try rows("SELECT * FROM accounts_attempt").description
    case "accounts_recovery": try rows("SELECT * FROM accounts_recovery").description
    case "accounts_challenge": try rows("SELECT * FROM accounts_challenge").description
    case "accounts_factor": try rows("SELECT * FROM accounts_factor").description
    case "accounts_person": try rows("SELECT * FROM accounts_person").description
    case "accounts_address": try rows("SELECT * FROM accounts_address").description
    default: ""
    }
  }
}
