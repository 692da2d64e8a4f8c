import AccountsAPI
import Foundation
import Kernel
import KernelTesting
import Synchronization
import Testing

@testable import Accounts

@Suite struct Sessions {
  @Test func `a session ends when idle for a week, and after a month in any case`() async throws {
    let scene = try await Scene()
    let session = try await scene.signIn(scene.ada).session
    for _ in 0..<4 {
      scene.test.clock.advance(seconds: 7 * 86_400 - 1)
      #expect(try await scene.accounts.visitor(of: session) != nil)
    }
    scene.test.clock.advance(seconds: 2 * 86_400 + 4)
    #expect(try await scene.accounts.visitor(of: session) == nil)
    let other = try await scene.signIn(scene.ada).session
    scene.test.clock.advance(seconds: 7 * 86_400)
    #expect(try await scene.accounts.visitor(of: other) == nil)
  }

  @Test func `sessions are listed, ended one by one and all at once`() async throws {
    let scene = try await Scene()
    let one = try await scene.signIn(scene.ada).session
    scene.test.clock.advance(seconds: 1)
    let two = try await scene.signIn(scene.ada).session
    let list = try await scene.accounts.sessions(session: two)
    #expect(list.map(\.current) == [true, false])
    try await scene.accounts.end(list[1].id, session: two)
    #expect(try await scene.accounts.visitor(of: one) == nil)
    let three = try await scene.signIn(scene.ada).session
    try await scene.accounts.signOutEverywhere(session: two)
    #expect(try await scene.accounts.visitor(of: two) == nil)
    #expect(try await scene.accounts.visitor(of: three) == nil)
    let stranger = try await scene.signIn(scene.jury).session
    try await scene.accounts.signOut(session: stranger)
    #expect(
      await scene.error { try await scene.accounts.sessions(session: stranger) } == .signedOut)
  }

  @Test func `nobody ends somebody else’s session`() async throws {
    let scene = try await Scene()
    let ada = try await scene.signIn(scene.ada).session
    let id = try #require(try await scene.accounts.visitor(of: ada)).session
    let jury = try await scene.signIn(scene.jury).session
    try await scene.accounts.end(id, session: jury)
    #expect(try await scene.accounts.visitor(of: ada) != nil)
  }

  @Test func `a hat that is lost is gone with the next page, a foreign one cannot be worn`()
    async throws
  {
    let scene = try await Scene()
    let session = try await scene.signIn(scene.ada).session
    #expect(
      await scene.error {
        try await scene.accounts.wear(Grant(.administrator), session: session)
      } == .notYourHat)
    let grant = Grant(.volunteer, subject: Scene.subject)
    #expect(try await scene.accounts.wear(grant, session: session).actor.grant == grant)
    scene.people.hats.withLock { $0 = [:] }
    #expect(try await scene.accounts.visitor(of: session)?.actor.role == .anyone)
  }

  @Test func `a form’s token is the session’s own`() async throws {
    let scene = try await Scene()
    let one = try await scene.signIn(scene.ada).session
    let two = try await scene.signIn(scene.ada).session
    let (mine, other) = (
      try #require(try await scene.accounts.visitor(of: one)),
      try #require(try await scene.accounts.visitor(of: two))
    )
    #expect(mine.accepts(formToken: mine.formToken))
    #expect(!mine.accepts(formToken: other.formToken))
    #expect(!mine.accepts(formToken: ""))
  }
}

@Suite struct NoEnumeration {
  /// Same answers, same errors, same work: counted in rows and questions, which does not depend on the
  /// machine. How long it takes is measured in the benchmark.
  @Test func `unknown, known and disabled addresses are answered alike`() async throws {
    let scene = try await Scene(
      limits: Limits(lettersAnAddress: 9, fromANetwork: 9999, stepsAPerson: 5))
    _ = try await scene.signIn(scene.jury)
    let person = try #require(
      try await scene.test.call("accounts.list", as: .administrator, ["everybody": true])["items"]?
        .items.first?["id"])
    try await scene.test.call("accounts.disable", as: .administrator, ["person": person])
    let letters = scene.post.letters.count
    var work: [[String]] = []
    for address in [scene.ada, scene.stranger, scene.jury] {
      let before = scene.people.asked.withLock { $0 }
      let browser = try await scene.accounts.beginSignIn(at: address, scene.visit())
      // Nobody is asked before the answer.
      #expect(scene.people.asked.withLock { $0 } == before)
      let audit = try await scene.rows(
        """
        SELECT a.endpoint, a.person, r.kind FROM kernel_audit a
        LEFT JOIN kernel_audit_row r ON r.sequence = a.sequence
        WHERE a.sequence = (SELECT MAX(sequence) FROM kernel_audit) ORDER BY r.kind
        """)
      let error = await scene.error {
        try await scene.accounts.enter(code: "12345678", in: browser, scene.visit())
      }
      work.append(audit.map { "\($0.values)" } + ["\(String(describing: error))"])
    }
    #expect(Set(work).count == 1)
    try await scene.test.platform.deliverEvents()
    #expect(scene.post.letters.dropFirst(letters).map(\.to.email) == [scene.ada])
  }
}

@Suite struct ActionLinks {
  private func request(_ scene: Scene) throws -> ActionRequest {
    ActionRequest(
      page: "/places/1", grant: Grant(.volunteer, subject: Scene.subject), row: "1",
      address: scene.ada, expires: scene.test.clock.clock.now.advanced(byDays: 7))
  }
  private func token(_ scene: Scene) async throws -> String {
    let path = try await scene.accounts.actionLink(to: request(scene))
    return String(path.dropFirst(AccountsPath.action.count))
  }

  @Test func `it opens that page as that hat, without signing in`() async throws {
    let scene = try await Scene()
    let visit = try await scene.accounts.openAction(token(scene))
    #expect(visit.page == "/places/1")
    #expect(visit.actor.grant.description == "volunteer:" + Scene.subject)
    #expect(visit.actor.grants.count == 1)
    #expect(visit.accepts(formToken: visit.formToken))
    #expect(!visit.accepts(formToken: "x"))
  }

  @Test func `nothing can be read off it or changed in it`() async throws {
    let scene = try await Scene()
    let token = try await token(scene)
    #expect(!token.contains("ada"))
    for position in stride(from: 0, to: token.count, by: 7) {
      var letters = Array(token)
      letters[position] = letters[position] == "A" ? "B" : "A"
      #expect(
        await scene.error { try await scene.accounts.openAction(String(letters)) }
          == .actionTampered)
    }
    for other in ["", ".", "1.", String(token.dropLast()), token + "A", "9" + token, "1.AAAA"] {
      #expect(
        await scene.error { try await scene.accounts.openAction(other) } == .actionTampered)
    }
  }

  @Test func `it ends with the deadline of the thing`() async throws {
    let scene = try await Scene()
    let token = try await token(scene)
    scene.test.clock.advance(seconds: 7 * 86_400 - 1)
    _ = try await scene.accounts.openAction(token)
    scene.test.clock.advance(seconds: 1)
    #expect(await scene.error { try await scene.accounts.openAction(token) } == .actionExpired)
  }

  @Test func `it ends when the row is somebody else’s now`() async throws {
    let scene = try await Scene()
    let token = try await token(scene)
    let (ada, stranger) = (scene.ada, scene.stranger)
    scene.people.hats.withLock { $0[stranger] = $0.removeValue(forKey: ada) }
    #expect(
      await scene.error { try await scene.accounts.openAction(token) } == .actionChangedHands)
  }

  @Test func `it is not made for staff, nor for who must have a second factor`() async throws {
    let scene = try await Scene()
    for role in [Role.administrator, .manager, .reviewer, .system, .anyone] {
      let request = ActionRequest(
        page: "/", grant: Grant(role, subject: Scene.juror), row: "1", address: scene.jury,
        expires: scene.test.clock.clock.now)
      #expect(
        await scene.error { try await scene.accounts.actionLink(to: request) } == .notByLink(role))
    }
  }

  @Test func `keys rotate: old links live on, unless they are ended`() async throws {
    let scene = try await Scene()
    let token = try await token(scene)
    try await scene.test.call("accounts.rotate-key", as: .administrator)
    _ = try await scene.accounts.openAction(token)
    try await scene.test.call("accounts.rotate-key", as: .administrator, ["endOld": true])
    #expect(await scene.error { try await scene.accounts.openAction(token) } == .actionTampered)
    let fresh = try await self.token(scene)
    _ = try await scene.accounts.openAction(fresh)
  }
}
