import Accounts
import AccountsAPI
import Kernel
import KernelTesting
import Testing

/// A rule that no single row holds, when two programs decide by it in the same moment.
@Suite(.enabled(if: TestDatabase.hasServer)) struct TwoAtOnce {
  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `an instance keeps an administrator when two are disabled at once`(
    _ guarding: TwoPrograms.Guarding
  )
    async throws
  {
    let two = try TwoPrograms(guarding)
    let scene = try await two.holding { try await Scene() }
    let path = try #require(try await scene.accounts.firstAdministratorPath())
    let link = try #require(
      Secret(String(path.dropFirst(AccountsPath.firstAdministrator.count))))
    let first = try await scene.accounts.makeFirstAdministrator(
      link, name: try #require(Name("Root")),
      address: try #require(EmailAddress("root@example.org")), scene.visit())
    try await scene.test.call(
      "accounts.invite", as: .administrator,
      ["address": "max@example.org", "name": "Max", "role": "administrator"])
    try await scene.test.platform.deliverEvents()
    let invitation = try #require(scene.post.letters.last.flatMap(scene.secret))
    let browser = try await scene.accounts.acceptInvitation(invitation, scene.visit())
    try await scene.test.platform.deliverEvents()
    let letter = try #require(scene.post.letters.last)
    let second = try await scene.accounts.enter(
      code: scene.code(in: letter), in: browser, scene.visit())
    var inputs: [JSON] = []
    for session in [first.session, second.session] {
      let person = try #require(try await scene.accounts.visitor(of: session)).person
      inputs.append(["person": .string(person.description)])
    }
    let (one, other) = (inputs[0], inputs[1])
    let ends = await two.atOnce(
      { await scene.test.problem("accounts.disable", as: .administrator, one)?.code },
      { await scene.test.problem("accounts.disable", as: .administrator, other)?.code })
    let kept = ends.contains("accounts/last-administrator")
    #expect(kept == (guarding != .nothing), "\(ends)")
    #expect(ends.filter { $0 == nil }.count == (kept ? 1 : 2))
  }
}
