import AccountsAPI
import Foundation
import Kernel
import KernelTesting
import Synchronization
import Testing

@testable import Accounts

@Suite struct StaffTests {
  private func first(_ scene: Scene) async throws -> (entry: Entry, link: Secret) {
    let path = try #require(try await scene.accounts.firstAdministratorPath())
    let link = try #require(
      Secret(String(path.dropFirst(AccountsPath.firstAdministrator.count))))
    let name = try #require(Name("Root"))
    let address = try #require(EmailAddress("root@example.org"))
    return (
      try await scene.accounts.makeFirstAdministrator(
        link, name: name, address: address, scene.visit()), link
    )
  }

  @Test func `the first administrator comes in by a link that works once, then enrols`()
    async throws
  {
    let scene = try await Scene()
    let (entry, link) = try await first(scene)
    #expect(entry.step == .enrol)
    #expect(try await scene.accounts.isOpen(firstAdministrator: link) == false)
    #expect(try await scene.accounts.firstAdministratorPath() == nil)
    let name = try #require(Name("Eve"))
    #expect(
      await scene.error {
        try await scene.accounts.makeFirstAdministrator(
          link, name: name, address: scene.stranger, scene.visit())
      } == .invitation(.used))
    let (enrolled, _) = try await scene.enrolTOTP(entry.session)
    let visitor = try #require(try await scene.accounts.visitor(of: enrolled.entry.session))
    #expect(visitor.actor.role == .administrator)
    // Staff's sessions are short.
    scene.test.clock.advance(seconds: 2 * 3600)
    #expect(try await scene.accounts.visitor(of: enrolled.entry.session) == nil)
  }

  @Test func `asking for the first link again ends the one before`() async throws {
    let scene = try await Scene()
    let path = try #require(try await scene.accounts.firstAdministratorPath())
    _ = try await scene.accounts.firstAdministratorPath()
    let link = try #require(
      Secret(String(path.dropFirst(AccountsPath.firstAdministrator.count))))
    #expect(try await scene.accounts.isOpen(firstAdministrator: link) == false)
  }

  @Test func `programme managers take up what others did not do, once they showed their address`()
    async throws
  {
    let scene = try await Scene()
    _ = try await first(scene)
    #expect(try await scene.accounts.owners().isEmpty)
    let root = try #require(EmailAddress("root@example.org"))
    _ = try await scene.signIn(root)
    #expect(try await scene.accounts.owners().map(\.email) == [root])
    try await scene.test.call(
      "accounts.invite", as: .administrator,
      ["address": "max@example.org", "name": "Max", "role": "manager"])
    try await scene.test.platform.deliverEvents()
    let link = try #require(scene.post.letters.last.flatMap(scene.secret))
    #expect(try await scene.accounts.owners().map(\.email) == [root])
    // The link came by letter: whoever follows it reads what is sent there.
    _ = try await scene.accounts.acceptInvitation(link, scene.visit())
    let owners = try await scene.accounts.owners()
    #expect(owners.map(\.email.description) == ["max@example.org"])
    #expect(owners.map(\.name.description) == ["Max"])
    let people = try await scene.test.call("accounts.list", as: .administrator)
    let max = people["items"]?.items.first { $0["name"] == "Max" }?["id"]
    try await scene.test.call(
      "accounts.disable", as: .administrator, ["person": try #require(max)])
    #expect(try await scene.accounts.owners().map(\.email) == [root])
  }

  @Test func `somebody who is invited accepts, signs in by letter and enrols`() async throws {
    let scene = try await Scene()
    try await scene.test.call(
      "accounts.invite", as: .administrator,
      ["address": "max@example.org", "name": "Max", "role": "manager"])
    try await scene.test.platform.deliverEvents()
    let link = try #require(scene.post.letters.last.flatMap(scene.secret))
    #expect(try await scene.accounts.invitation(link).role == .manager)
    let browser = try await scene.accounts.acceptInvitation(link, scene.visit())
    #expect(
      await scene.error { try await scene.accounts.acceptInvitation(link, scene.visit()) }
        == .invitation(.used))
    try await scene.test.platform.deliverEvents()
    let letter = try #require(scene.post.letters.last)
    let entry = try await scene.accounts.enter(
      code: scene.code(in: letter), in: browser, scene.visit())
    #expect(entry.step == .enrol)
    #expect(
      try await scene.accounts.visitor(of: entry.session)?.withheld.map(\.grant.role) == [.manager])
    #expect(
      await scene.test.problem(
        "accounts.invite", as: .administrator,
        ["address": "max@example.org", "name": "Max", "role": "manager"])?.code
        == "accounts/already-staff")
  }

  @Test func `an invitation ends after three days, or when it is taken back`() async throws {
    let scene = try await Scene()
    let made = try await scene.test.call(
      "accounts.invite", as: .administrator,
      ["address": "max@example.org", "name": "Max", "role": "manager"])
    try await scene.test.platform.deliverEvents()
    let link = try #require(scene.post.letters.last.flatMap(scene.secret))
    try await scene.test.call(
      "accounts.end-invitation", as: .administrator, ["invitation": made["id"] ?? nil])
    #expect(
      await scene.error { try await scene.accounts.invitation(link) } == .invitation(.replaced))
    try await scene.test.call(
      "accounts.invite", as: .administrator,
      ["address": "max@example.org", "name": "Max", "role": "manager"])
    try await scene.test.platform.deliverEvents()
    let late = try #require(scene.post.letters.last.flatMap(scene.secret))
    scene.test.clock.advance(seconds: 3 * 86_400)
    #expect(
      await scene.error { try await scene.accounts.acceptInvitation(late, scene.visit()) }
        == .invitation(.expired))
  }

  @Test func `disabling ends sessions at once, and the last administrator stays`() async throws {
    let scene = try await Scene()
    let (entry, _) = try await first(scene)
    let person = try #require(try await scene.accounts.visitor(of: entry.session)).person
    let one: JSON = ["person": .string(person.description)]
    for endpoint in ["accounts.disable", "accounts.revoke-role"] {
      let input: JSON =
        endpoint == "accounts.disable"
        ? one : ["person": .string(person.description), "role": "administrator"]
      #expect(
        await scene.test.problem(endpoint, as: .administrator, input)?.code
          == "accounts/last-administrator")
    }
    let ada = try await scene.signIn(scene.ada).session
    let other = try #require(try await scene.accounts.visitor(of: ada)).person
    try await scene.test.call(
      "accounts.disable", as: .administrator, ["person": .string(other.description)])
    #expect(try await scene.accounts.visitor(of: ada) == nil)
    try await scene.test.call(
      "accounts.enable", as: .administrator, ["person": .string(other.description)])
    _ = try await scene.signIn(scene.ada)
  }

  @Test func `what is no account, role or address is refused`() async throws {
    let scene = try await Scene()
    let nobody: JSON = "01700000-0000-4000-8000-00000000dead"
    for verb in ["disable", "enable", "sessions", "end-sessions", "reset-factors"] {
      #expect(
        await scene.test.problem("accounts." + verb, as: .administrator, ["person": nobody])?.status
          == 404)
    }
    #expect(
      await scene.test.problem(
        "accounts.invite", as: .administrator,
        ["address": "x", "name": "", "role": "volunteer"])?.status == 422)
    #expect(
      await scene.test.problem(
        "accounts.end-invitation", as: .administrator, ["invitation": nobody])?.status == 404)
  }

  @Test func `a token stands for somebody there is`() async throws {
    let scene = try await Scene()
    let problem = await scene.test.problem(
      "token.create", as: .administrator,
      ["role": "member", "label": "x", "subject": "01700000-0000-4000-8000-00000000dead"])
    #expect(problem?.fields.map(\.field) == ["subject"])
    let made = try await scene.test.call(
      "token.create", as: .administrator,
      ["role": "volunteer", "label": "x", "subject": .string(Scene.subject)])
    let actor = try await scene.accounts.actor(bearing: made["token"]?.text ?? "")
    #expect(actor?.grant.description == "volunteer:" + Scene.subject)
  }

  @Test func `one sees who one is, and what waits under each hat`() async throws {
    let scene = try await Scene()
    let later = try #require(Instant("2020-04-01T00:00:00Z"))
    scene.people.tasks.withLock {
      $0 = [
        WaitingTask("people.a", title: Words("Whenever"), since: later, page: "/a"),
        WaitingTask("people.b", title: Words("Soon"), since: later, due: later, page: "/b"),
      ]
    }
    let session = try await scene.signIn(scene.ada).session
    let actor = try #require(try await scene.accounts.visitor(of: session)).actor
    let me = try await scene.test.call("accounts.me", as: actor)
    #expect(me["hats"]?.items.first?["label"]?["en"] == "Volunteer, 2020")
    let tasks = try await scene.test.call("accounts.tasks", as: actor).items
    #expect(tasks.map { $0["task"]?["title"]?["en"] } == ["Soon", "Whenever"])
  }
}
