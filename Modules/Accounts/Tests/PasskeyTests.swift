import AccountsAPI
import Crypto
import Foundation
import Kernel
import KernelTesting
import Testing

@testable import Accounts

private let both = ["ES256", "EdDSA"]

private func passkey(_ algorithm: String) -> Authenticator {
  algorithm == "ES256" ? .es256() : .edDSA()
}

extension Scene {
  /// A volunteer with a passkey; the session goes on.
  fileprivate func enrol(_ passkey: Authenticator) async throws -> Secret {
    let session = try await signIn(ada).session
    let offer = try await accounts.beginPasskey(session: session, visit())
    return try await accounts.confirmPasskey(
      passkey.registration(offer.challenge), called: Name("Key") ?? .sample, session: session,
      visit()
    ).entry.session
  }

  fileprivate func signIn(with passkey: Authenticator) async throws -> Entry {
    let request = try await accounts.beginPasskeySignIn(visit())
    return try await accounts.signIn(
      with: try passkey.assertion(request.challenge), in: request.browser, visit())
  }
}

/// Ways in which an answer can be wrong, and what is said of each.
private struct Bent: CustomTestStringConvertible, Sendable {
  let reason: String
  let bend: @Sendable (inout Authenticator) -> Void
  var testDescription: String { reason }
  init(_ reason: String, _ bend: @escaping @Sendable (inout Authenticator) -> Void) {
    self.reason = reason
    self.bend = bend
  }
}

private let bends = [
  Bent("type") { $0.type = "webauthn.other" },
  Bent("origin") { $0.origin = "https://parvis.example.org.evil.example" },
  Bent("origin") { $0.origin = "http://parvis.example.org" },
  Bent("origin") { $0.crossOrigin = true },
  Bent("origin") { $0.topOrigin = "https://evil.example" },
  Bent("relying party") { $0.relyingParty = "evil.example" },
  Bent("user not verified") { $0.flags = 0b001 },
  Bent("user not verified") { $0.flags = 0b100 },
  Bent("flags") { $0.flags = 0b1_0101 },
  Bent("trailing bytes") { $0.rest = [0] },
  Bent("extensions") {
    $0.flags |= 0x80
    $0.rest = [0x01]
  },
]

@Suite struct PasskeyTests {
  @Test(arguments: both)
  func `a passkey signs in by itself, with all hats`(algorithm: String) async throws {
    let scene = try await Scene()
    let passkey = passkey(algorithm)
    _ = try await scene.enrol(passkey)
    let entry = try await scene.signIn(with: passkey)
    #expect(entry.step == .none)
    let visitor = try #require(try await scene.accounts.visitor(of: entry.session))
    #expect(visitor.strength == .strong && visitor.actor.role == .volunteer)
  }

  @Test(arguments: both)
  func `a passkey is the second step after a letter`(algorithm: String) async throws {
    let scene = try await Scene()
    let passkey = passkey(algorithm)
    _ = try await scene.enrol(passkey)
    let entry = try await scene.signIn(scene.ada)
    #expect(entry.step == .give([.passkey, .recoveryCode]))
    let request = try await scene.accounts.beginPasskeyStep(session: entry.session, scene.visit())
    #expect(request.allowed == [passkey.credential])
    let strong = try await scene.accounts.enter(
      passkey: try passkey.assertion(request.challenge), session: entry.session, scene.visit())
    #expect(strong.step == .none && strong.session != entry.session)
  }

  @Test(arguments: bends)
  fileprivate func `an answer that was bent signs nobody in`(bent: Bent) async throws {
    let scene = try await Scene()
    let passkey = Authenticator.es256()
    _ = try await scene.enrol(passkey)
    let error = await scene.error { try await scene.signIn(with: passkey.with(bent.bend)) }
    #expect(error == .passkey(bent.reason))
    #expect(try await scene.signIn(with: passkey).step == .none)
  }

  @Test(arguments: bends)
  fileprivate func `an answer that was bent adds no passkey`(bent: Bent) async throws {
    let scene = try await Scene()
    let session = try await scene.signIn(scene.ada).session
    let offer = try await scene.accounts.beginPasskey(session: session, scene.visit())
    let error = await scene.error {
      try await scene.accounts.confirmPasskey(
        Authenticator.es256().with(bent.bend).registration(offer.challenge),
        called: Name("Key") ?? .sample, session: session, scene.visit())
    }
    #expect(error == .passkey(bent.reason))
    #expect(try await scene.accounts.safety(session: session).factors == [])
  }

  @Test func `a question is good once, in the browser it was put to, for five minutes`()
    async throws
  {
    let scene = try await Scene()
    let passkey = Authenticator.es256()
    _ = try await scene.enrol(passkey)
    let request = try await scene.accounts.beginPasskeySignIn(scene.visit())
    let answer = try passkey.assertion(request.challenge)
    let other = try await scene.accounts.beginPasskeySignIn(scene.visit())
    #expect(
      await scene.error {
        try await scene.accounts.signIn(with: answer, in: other.browser, scene.visit())
      } == .passkey("challenge"))
    _ = try await scene.accounts.signIn(with: answer, in: request.browser, scene.visit())
    #expect(
      await scene.error {
        try await scene.accounts.signIn(with: answer, in: request.browser, scene.visit())
      } == .nothingBegun)
    let late = try await scene.accounts.beginPasskeySignIn(scene.visit())
    scene.test.clock.advance(seconds: 301)
    #expect(
      await scene.error {
        try await scene.accounts.signIn(
          with: try passkey.assertion(late.challenge), in: late.browser, scene.visit())
      } == .nothingBegun)
    #expect(
      await scene.error {
        try await scene.accounts.signIn(with: answer, in: nil, scene.visit())
      } == .nothingBegun)
  }

  @Test func `a counter that does not go on is a copied key; one that is always zero is not`()
    async throws
  {
    let scene = try await Scene()
    let passkey = Authenticator.es256().with { $0.counter = 7 }
    _ = try await scene.enrol(passkey)
    #expect(try await scene.signIn(with: passkey.with { $0.counter = 8 }).step == .none)
    for stale: UInt32 in [8, 7, 0] {
      let error = await scene.error {
        try await scene.signIn(with: passkey.with { $0.counter = stale })
      }
      #expect(error == .passkey("counter"))
    }
  }

  @Test func `the signature of another key, or of other bytes, is refused`() async throws {
    let scene = try await Scene()
    let passkey = Authenticator.es256()
    _ = try await scene.enrol(passkey)
    let stranger = Authenticator.es256()
    #expect(
      await scene.error { try await scene.signIn(with: stranger) } == .passkey("signature"))
    #expect(
      await scene.error {
        try await scene.signIn(with: passkey.with { $0.id = Array("unknown".utf8) })
      } == .passkey("unknown credential"))
    let request = try await scene.accounts.beginPasskeySignIn(scene.visit())
    let good = try passkey.assertion(request.challenge)
    let bent = PasskeyAssertion(
      credential: good.credential, clientDataJSON: good.clientDataJSON,
      authenticatorData: good.authenticatorData, signature: good.signature + "AAAA")
    #expect(
      await scene.error {
        try await scene.accounts.signIn(with: bent, in: request.browser, scene.visit())
      } == .passkey("signature"))
  }

  @Test func `a passkey of somebody else is no second step`() async throws {
    let scene = try await Scene()
    let mine = Authenticator.es256()
    _ = try await scene.enrol(mine)
    let theirs = Authenticator.es256().with { $0.id = Array("credential-2".utf8) }
    let session = try await scene.signIn(scene.jury).session
    let offer = try await scene.accounts.beginPasskey(session: session, scene.visit())
    _ = try await scene.accounts.confirmPasskey(
      theirs.registration(offer.challenge), called: Name("Key") ?? .sample, session: session,
      scene.visit())
    let entry = try await scene.signIn(scene.ada)
    let request = try await scene.accounts.beginPasskeyStep(session: entry.session, scene.visit())
    #expect(
      await scene.error {
        try await scene.accounts.enter(
          passkey: try theirs.assertion(request.challenge), session: entry.session, scene.visit())
      } == .passkey("unknown credential"))
  }

  @Test func `a credential that is known already is not added again`() async throws {
    let scene = try await Scene()
    let passkey = Authenticator.es256()
    let session = try await scene.enrol(passkey)
    let offer = try await scene.accounts.beginPasskey(session: session, scene.visit())
    #expect(offer.excluded == [passkey.credential])
    #expect(
      await scene.error {
        try await scene.accounts.confirmPasskey(
          passkey.registration(offer.challenge), called: Name("Key") ?? .sample, session: session,
          scene.visit())
      } == .passkey("known already"))
  }

  @Test(arguments: [
    // RS256; a point off the curve; P-256 named as EdDSA; a key cut short.
    [0xA4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20, 0x41, 0x00, 0x21, 0x41, 0x00],
    [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32] + [UInt8](repeating: 1, count: 32)
      + [0x22, 0x58, 32] + [UInt8](repeating: 1, count: 32),
    [0xA4, 0x01, 0x02, 0x03, 0x27, 0x20, 0x01, 0x21, 0x58, 32] + [UInt8](repeating: 9, count: 32),
    [0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 32, 1, 2],
  ])
  func `a key of another kind, or no key at all, is refused`(cose: [UInt8]) async throws {
    let scene = try await Scene()
    let session = try await scene.signIn(scene.ada).session
    let offer = try await scene.accounts.beginPasskey(session: session, scene.visit())
    #expect(
      await scene.error {
        try await scene.accounts.confirmPasskey(
          Authenticator.es256().registration(offer.challenge, key: cose),
          called: Name("Key") ?? .sample, session: session, scene.visit())
      } == .passkey("key"))
  }

  @Test(arguments: ["", "%%%", "AAAA", "oA", String(repeating: "A", count: 40_000)])
  func `what is no answer at all is refused`(text: String) async throws {
    let scene = try await Scene()
    _ = try await scene.enrol(.es256())
    let session = try await scene.signIn(scene.jury).session
    _ = try await scene.accounts.beginPasskey(session: session, scene.visit())
    let error = await scene.error {
      try await scene.accounts.confirmPasskey(
        PasskeyRegistration(clientDataJSON: text, attestationObject: text),
        called: Name("Key") ?? .sample, session: session, scene.visit())
    }
    #expect(error == .passkey("client data"))
  }
}

@Suite struct CBORTests {
  /// RFC 8949, appendix A, as far as passkeys speak it.
  @Test(
    arguments: [
      ("00", .integer(0)), ("17", .integer(23)), ("1818", .integer(24)), ("1903e8", .integer(1000)),
      ("1a000f4240", .integer(1_000_000)), ("1b000000e8d4a51000", .integer(1_000_000_000_000)),
      ("20", .integer(-1)), ("3903e7", .integer(-1000)), ("f4", .bool(false)), ("f5", .bool(true)),
      ("f6", .null), ("40", .bytes([])), ("4401020304", .bytes([1, 2, 3, 4])),
      ("6449455446", .text("IETF")), ("62c3bc", .text("ü")),
      ("83010203", .array([.integer(1), .integer(2), .integer(3)])),
      ("a201020304", .map([.integer(1): .integer(2), .integer(3): .integer(4)])),
      (
        "a26161016162820203",
        .map([.text("a"): .integer(1), .text("b"): .array([.integer(2), .integer(3)])])
      ),
    ] as [(String, CBOR)])
  func `the standard’s examples are read`(hex: String, value: CBOR) throws {
    let (read, rest) = try CBOR.read(bytes(hex)[...])
    #expect(read == value && rest.isEmpty)
  }

  @Test(arguments: [
    // Cut short, indefinite, tagged, fractions, two values under one key, a length beyond the end,
    // a number beyond 63 bits, too deep, text that is none.
    "", "18", "5f42010243030405ff", "9fff", "c11a514b67b0", "f93c00", "a201020103", "5affffffff",
    "1bffffffffffffffff", "818181818181", "61ff", "ff",
  ])
  func `what passkeys do not speak is refused`(hex: String) {
    #expect(throws: CBOR.Unreadable.self) { try CBOR.read(bytes(hex)[...]) }
  }

  private func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.count, by: 2).compactMap {
      UInt8(hex.dropFirst($0).prefix(2), radix: 16)
    }
  }
}
