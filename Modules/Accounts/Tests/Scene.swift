import Accounts
import AccountsAPI
import Foundation
import Kernel
import KernelTesting
import SQLite
import Synchronization
import Testing

/// The letters that left, as their readers have them.
final class Postbox: Sendable {
  private let kept = Mutex<[AccountsLetter]>([])
  var letters: [AccountsLetter] { kept.withLock { $0 } }
  func take(_ letter: AccountsLetter) { kept.withLock { $0.append(letter) } }
}

/// A module whose people a test says.
final class People: Module {
  static let name = "people"
  static let summary = Words("people")
  let hats = Mutex<[EmailAddress: [Hat]]>([:])
  let tasks = Mutex<[WaitingTask]>([])
  let asked = Mutex<Int>(0)
  var endpoints: [Endpoint] { [] }

  func hats(of address: EmailAddress) async throws -> [Hat] {
    asked.withLock { $0 += 1 }
    return hats.withLock { $0[address] ?? [] }
  }
  func hat(of grant: Grant) async throws -> Hat? {
    hats.withLock { $0.values.joined().first { $0.grant.description == grant.description } }
  }
  func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    actor.role == .volunteer ? tasks.withLock { $0 } : []
  }
}

/// An instance with one volunteer, one reviewer, and whoever a test adds.
struct Scene {
  static let subject = "01700000-0000-4000-8000-000000000001"
  static let juror = "01700000-0000-4000-8000-000000000002"
  let test: TestPlatform
  let accounts: AccountsModule
  let post = Postbox()
  let people = People()
  let ada: EmailAddress
  let jury: EmailAddress
  let stranger: EmailAddress

  init(limits: Limits = .standard, isDemonstration: Bool = false) async throws {
    let (post, people) = (post, people)
    ada = try #require(EmailAddress("ada@example.org"))
    jury = try #require(EmailAddress("jo@jury.example.org"))
    stranger = try #require(EmailAddress("nobody@example.org"))
    let volunteer = Hat(
      Grant(.volunteer, subject: Scene.subject), label: Words("Volunteer, 2020"), name: Name("Ada"))
    let reviewer = Hat(Grant(.reviewer, subject: Scene.juror), label: Words("Reviewer"))
    people.hats.withLock { [ada, jury] in $0 = [ada: [volunteer], jury: [reviewer]] }
    var made: AccountsModule?
    test = try await TestPlatform { host in
      let module = AccountsModule(
        host: host, others: [people], limits: limits, isDemonstration: isDemonstration,
        origin: { Scene.origin },
        carry: { letter, _ in post.take(letter) })
      made = module
      return [module, people, TokensModule(host: host, others: [people], requireEdition: { _ in })]
    }
    accounts = try #require(made)
  }

  static let origin = "https://parvis.example.org"
  func visit(_ network: String = "192.0.2.7") -> Visit {
    Visit(origin: Scene.origin, network: network, device: "Browser", language: .fr)
  }

  /// A letter for an address, delivered: what its reader has in hand.
  struct Letter {
    let browser: Secret
    let link: Secret
    let code: String
  }

  func letter(to address: EmailAddress) async throws -> Letter {
    let browser = try await accounts.beginSignIn(at: address, visit())
    try await test.platform.deliverEvents()
    let letter = try #require(post.letters.last)
    return Letter(
      browser: browser, link: try #require(secret(in: letter)), code: code(in: letter))
  }

  func secret(in letter: AccountsLetter) -> Secret? {
    letter.button.flatMap { $0.address.split(separator: "/").last.flatMap { Secret(String($0)) } }
  }
  func code(in letter: AccountsLetter) -> String {
    let text = letter.paragraphs.map(\.en).joined(separator: " ") + letter.subject.en
    return String(text.matches(of: /\d{4} \d{4}/).first?.output ?? "")
  }

  func signIn(_ address: EmailAddress) async throws -> Entry {
    let letter = try await letter(to: address)
    return try await accounts.confirm(letter.link, in: letter.browser, visit())
  }

  /// Adds an app for codes to a session; the secret comes back.
  func enrolTOTP(_ session: Secret) async throws -> (enrolled: Enrolled, secret: String) {
    let offer = try await accounts.beginTOTP(session: session, visit())
    let enrolled = try await accounts.confirmTOTP(
      code: totp(offer.secret), session: session, visit())
    return (enrolled, offer.secret)
  }

  func totp(_ secret: String) -> String {
    TOTPForTests.code(secret, second: test.clock.clock.now.milliseconds / 1000)
  }

  /// The problem a step ends with.
  func error<T>(_ body: () async throws -> T) async -> AccountsError? {
    do {
      _ = try await body()
      return nil
    } catch { return error as? AccountsError }
  }

  func rows(_ sql: SQL) async throws -> [Row] { try await test.host.read { try $0.rows(sql) } }
}
