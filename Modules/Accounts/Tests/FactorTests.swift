import AccountsAPI
import Foundation
import Kernel
import KernelTesting
import Synchronization
import Testing

@testable import Accounts

@Suite struct Codes {
  /// RFC 6238, appendix B, with SHA-1 and eight digits.
  @Test(arguments: [
    (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
    (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
  ])
  func `codes are those of the standard`(second: Int64, code: String) {
    let secret = Array("12345678901234567890".utf8)
    #expect(TOTP.code(secret, step: TOTP.step(atSecond: second), digits: 8) == code)
  }

  @Test func `base32 is that of the standard, there and back`() {
    for (plain, text) in [("f", "MY"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI")] {
      #expect(Base32.text(Array(plain.utf8)) == text)
      #expect(Base32.bytes(text) == Array(plain.utf8))
    }
  }

  @Test func `a reviewer’s hat waits for a second factor, and comes with it`() async throws {
    let scene = try await Scene()
    let entry = try await scene.signIn(scene.jury)
    #expect(entry.step == .enrol)
    let before = try #require(try await scene.accounts.visitor(of: entry.session))
    #expect(before.hats == [])
    #expect(before.withheld.map(\.grant.role) == [.reviewer])
    #expect(before.actor.role == .anyone)
    let (enrolled, _) = try await scene.enrolTOTP(entry.session)
    #expect(enrolled.recoveryCodes.count == 10)
    // The session goes on under a new secret; the old one is worth nothing.
    #expect(try await scene.accounts.visitor(of: entry.session) == nil)
    let after = try #require(try await scene.accounts.visitor(of: enrolled.entry.session))
    #expect(after.actor.role == .reviewer)
    #expect(after.session == before.session)
  }

  @Test func `whoever has a second factor wears nothing until it is given`() async throws {
    let scene = try await Scene()
    let (_, secret) = try await scene.enrolTOTP(try await scene.signIn(scene.ada).session)
    let entry = try await scene.signIn(scene.ada)
    #expect(entry.step == .give([.totp, .recoveryCode]))
    #expect(try await scene.accounts.visitor(of: entry.session)?.hats == [])
    // The code that enrolled it was taken already.
    #expect(
      await scene.error {
        try await scene.accounts.enter(
          totp: scene.totp(secret), session: entry.session, scene.visit())
      } == .wrongCode(left: nil))
    scene.test.clock.advance(seconds: 30)
    let code = scene.totp(secret)
    let strong = try await scene.accounts.enter(totp: code, session: entry.session, scene.visit())
    #expect(strong.step == .none)
    #expect(try await scene.accounts.visitor(of: strong.session)?.actor.role == .volunteer)
    let again = try await scene.signIn(scene.ada)
    #expect(
      await scene.error {
        try await scene.accounts.enter(totp: code, session: again.session, scene.visit())
      } == .wrongCode(left: nil))
  }

  @Test func `a recovery code works once`() async throws {
    let scene = try await Scene()
    let (enrolled, _) = try await scene.enrolTOTP(try await scene.signIn(scene.ada).session)
    let code = try #require(enrolled.recoveryCodes.first)
    let entry = try await scene.signIn(scene.ada)
    let strong = try await scene.accounts.enter(
      recoveryCode: code.lowercased(), session: entry.session, scene.visit())
    #expect(try await scene.accounts.safety(session: strong.session).recoveryCodesLeft == 9)
    let next = try await scene.signIn(scene.ada)
    #expect(
      await scene.error {
        try await scene.accounts.enter(
          recoveryCode: code, session: next.session, scene.visit())
      } == .wrongCode(left: nil))
  }

  @Test func `second steps are limited for a person, whatever their sessions`() async throws {
    let scene = try await Scene()
    let (_, secret) = try await scene.enrolTOTP(try await scene.signIn(scene.ada).session)
    let entry = try await scene.signIn(scene.ada)
    for _ in 0..<5 {
      _ = await scene.error {
        try await scene.accounts.enter(totp: "000000", session: entry.session, scene.visit())
      }
    }
    let other = try await scene.signIn(scene.ada)
    scene.test.clock.advance(seconds: 60)
    #expect(
      await scene.error {
        try await scene.accounts.enter(
          totp: scene.totp(secret), session: other.session, scene.visit())
      } == .tooMany(seconds: 840))
  }

  @Test func `a letter alone cannot change the second factor of who has one`() async throws {
    let scene = try await Scene()
    let (enrolled, _) = try await scene.enrolTOTP(try await scene.signIn(scene.ada).session)
    let weak = try await scene.signIn(scene.ada)
    let factor = try #require(
      try await scene.accounts.safety(session: weak.session).factors.first
    ).id
    let attempts: [() async throws -> Void] = [
      { _ = try await scene.accounts.beginTOTP(session: weak.session, scene.visit()) },
      { _ = try await scene.accounts.beginPasskey(session: weak.session, scene.visit()) },
      { _ = try await scene.accounts.renewRecoveryCodes(session: weak.session, scene.visit()) },
      { try await scene.accounts.remove(factor, session: weak.session, scene.visit()) },
      {
        try await scene.accounts.beginAddress(
          scene.stranger, session: weak.session, scene.visit())
      },
    ]
    for attempt in attempts { #expect(await scene.error(attempt) == .strongerNeeded) }
    try await scene.accounts.remove(factor, session: enrolled.entry.session, scene.visit())
    #expect(try await scene.signIn(scene.ada).step == .none)
  }

  @Test func `a reviewer cannot take their only second factor away`() async throws {
    let scene = try await Scene()
    let (enrolled, _) = try await scene.enrolTOTP(try await scene.signIn(scene.jury).session)
    let session = enrolled.entry.session
    let factor = try #require(try await scene.accounts.safety(session: session).factors.first).id
    #expect(
      await scene.error { try await scene.accounts.remove(factor, session: session, scene.visit()) }
        == .lastFactor)
  }

  @Test func `who changes how they sign in is told by letter`() async throws {
    let scene = try await Scene()
    _ = try await scene.enrolTOTP(try await scene.signIn(scene.ada).session)
    try await scene.test.platform.deliverEvents()
    #expect(scene.post.letters.last?.kind == Key("safety-changed"))
  }
}

@Suite struct Addresses {
  @Test func `another address brings its hats, once its code was typed`() async throws {
    let scene = try await Scene()
    let session = try await scene.signIn(scene.ada).session
    try await scene.accounts.beginAddress(scene.jury, session: session, scene.visit())
    try await scene.test.platform.deliverEvents()
    let letter = try #require(scene.post.letters.last)
    #expect(letter.to.email == scene.jury)
    #expect(letter.button == nil)
    #expect(
      await scene.error {
        try await scene.accounts.confirmAddress(code: "1", session: session, scene.visit())
      } == .wrongCode(left: 4))
    try await scene.accounts.confirmAddress(
      code: scene.code(in: letter), session: session, scene.visit())
    let visitor = try #require(try await scene.accounts.visitor(of: session))
    #expect(visitor.addresses == [scene.ada, scene.jury])
    #expect(visitor.withheld.map(\.grant.role) == [.reviewer])
    try await scene.accounts.remove(scene.jury, session: session, scene.visit())
    #expect(
      await scene.error {
        try await scene.accounts.remove(scene.ada, session: session, scene.visit())
      } == .lastAddress)
  }
}
