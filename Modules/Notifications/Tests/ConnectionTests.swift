import Kernel
import KernelTesting
import NotificationsAPI
import PartnersAPI
import Synchronization
import Testing

/// A mail server that takes several messages at once, over connections it counts.
private final class Office: MailCarrier {
  struct Book: Sendable {
    var connections = 0
    var now = 0
    var mostAtOnce = 0
    var taken: [(id: String, to: EmailAddress)] = []
    /// How many connections it lets in.
    var lets = 100
    /// Says to whom it refuses what, and how.
    var refuses: @Sendable (EmailAddress) -> MailboxRefusal? = { _ in nil }
    /// Looked at while a message is on its way.
    var meanwhile: (@Sendable () async throws -> Void)?
  }
  let book = Mutex(Book())

  func mailbox(
    on server: MailServer, hearing: @escaping @Sendable (String) -> Void
  ) -> any Mailbox { Counter(office: self) }
  func signed(_ message: [UInt8], from sender: EmailAddress, at now: Instant) -> [UInt8] {
    message
  }
}

private actor Counter: Mailbox {
  let office: Office
  private var isOpen = false

  init(office: Office) { self.office = office }

  func prepare() async throws {
    guard !isOpen else { return }
    isOpen = office.book.withLock { book in
      guard book.connections < book.lets else { return false }
      book.connections += 1
      return true
    }
    guard isOpen else { throw MailboxRefusal(.later, "421 Too many of you", concernsAll: true) }
  }

  func deliver(_ message: OutgoingMessage) async throws {
    try await prepare()
    let (refusal, look) = office.book.withLock { book in
      book.now += 1
      book.mostAtOnce = max(book.mostAtOnce, book.now)
      return (book.refuses(message.to), book.meanwhile)
    }
    for _ in 0..<20 { await Task.yield() }
    try await look?()
    office.book.withLock { book in
      book.now -= 1
      if refusal == nil { book.taken.append((message.id, message.to)) }
    }
    if let refusal { throw refusal }
  }
}

/// A scene with a mail server, and a letter for each of a crowd.
private func scene(
  _ people: Int, connections: Int64 = 4, _ more: [String: JSON] = [:]
) async throws -> (Scene, Office) {
  let office = Office()
  let scene = try await Scene(carrier: office)
  var settings = more
  settings["transport"] = "smtp"
  settings["host"] = "mail.example.org"
  settings["connections"] = .integer(connections)
  try await scene.test.call(
    "notifications.change-settings", as: .administrator, .object(settings))
  for number in 0..<people {
    try await scene.say(
      ProfileCompleted(edition: Scene.edition, volunteer: Scene.crowd(number)))
  }
  return (scene, office)
}

@Test func `letters leave over as many connections as are set, each once, all noted`() async throws
{
  let (scene, office) = try await scene(60, connections: 3)
  let host = scene.test.host
  let marked = Mutex(0)
  office.book.withLock { book in
    book.meanwhile = {
      let count = try await host.read { connection in
        try connection.rows(
          """
          SELECT COUNT(*) AS n FROM notifications_message
          WHERE handed_at IS NOT NULL AND state = 'waiting'
          """
        ).first?.get("n", as: Int.self) ?? 0
      }
      marked.withLock { $0 = max($0, count) }
    }
  }
  try await scene.run()
  let book = office.book.withLock { $0 }
  #expect(book.taken.count == 60 && Set(book.taken.map(\.id)).count == 60)
  #expect(book.connections == 3 && book.mostAtOnce <= 3 && book.mostAtOnce > 1)
  // Whatever is marked may be there twice after a crash.
  #expect(marked.withLock { $0 } <= 24)
  #expect(try await scene.log(["state": "sent"]).count > 0)
  #expect(try await scene.log(["state": "waiting"]).isEmpty)
}

@Test func `nobody gets the second of two letters before the first`() async throws {
  let (scene, office) = try await scene(0)
  for _ in 0..<3 {
    for number in 0..<4 {
      try await scene.say(
        ProfileCompleted(edition: Scene.edition, volunteer: Scene.crowd(number)),
        VolunteerWithdrew(edition: Scene.edition, volunteer: Scene.crowd(number)))
    }
  }
  let written = try await scene.test.host.read { connection in
    try connection.rows("SELECT id, recipient FROM notifications_message ORDER BY position").map {
      (id: try $0.get("id", as: String.self), to: try $0.get("recipient", as: EmailAddress.self))
    }
  }
  try await scene.run()
  let taken = office.book.withLock { $0.taken }
  #expect(taken.count == written.count && taken.count >= 8)
  for person in Set(taken.map(\.to)) {
    #expect(
      taken.filter { $0.to == person }.map(\.id) == written.filter { $0.to == person }.map(\.id))
  }
}

@Test func `a server that lets few in is not asked for more, and gets everything`() async throws {
  let (scene, office) = try await scene(30, connections: 6)
  office.book.withLock { $0.lets = 2 }
  try await scene.run()
  let book = office.book.withLock { $0 }
  #expect(book.connections == 2 && book.taken.count == 30)
  #expect(try await scene.log(["state": "waiting"]).isEmpty)
}

@Test func `a connection that is ended costs its one letter a pause, the others leave`()
  async throws
{
  let (scene, office) = try await scene(30)
  office.book.withLock { book in
    book.refuses = { to in
      to == "p7010@crowd.example" ? MailboxRefusal(.later, "421 Enough", concernsAll: true) : nil
    }
  }
  try await scene.run()
  #expect(office.book.withLock { $0.taken.count } == 29)
  let left = try await scene.log(["state": "waiting"])
  #expect(left.map { $0["recipient"] } == ["p7010@crowd.example"])
  #expect(left.first?["fault"] == "421 Enough" && left.first?["attempts"] == 1)
}

@Test
func
  `a server that takes nothing is left alone, and what it was not given is not said to be there`()
  async throws
{
  let (scene, office) = try await scene(30)
  office.book.withLock { $0.refuses = { _ in MailboxRefusal(.later, "451 Not now") } }
  try await scene.run()
  let tried = try await scene.log(["state": "waiting", "limit": 100])
  #expect(tried.count == 30 && tried.count { $0["attempts"] != 0 } <= 8)
  let marked = try await scene.test.host.read { connection in
    try connection.rows("SELECT id FROM notifications_message WHERE handed_at IS NOT NULL").count
  }
  #expect(marked == 0)
  office.book.withLock { $0.refuses = { _ in nil } }
  scene.pass(seconds: 3600)
  try await scene.run()
  let sent = try await scene.log(["state": "sent", "limit": 100])
  #expect(sent.count == 30 && sent.allSatisfy { $0["fault"]?.text == nil })
}

@Test func `what a process had in hand when it died is sent again, and said`() async throws {
  let (scene, office) = try await scene(5)
  try await scene.test.host.database.write { connection in
    _ = try connection.execute(
      """
      UPDATE notifications_message SET handed_at = 1
      WHERE recipient IN ('p7001@crowd.example', 'p7002@crowd.example')
      """)
  }
  try await scene.run()
  #expect(office.book.withLock { $0.taken.count } == 5)
  let said = try await scene.log(["state": "sent"]).filter {
    $0["fault"]?.text?.hasPrefix("may have been sent before") == true
  }
  #expect(
    Set(said.compactMap { $0["recipient"]?.text }) == [
      "p7001@crowd.example", "p7002@crowd.example",
    ])
}

@Test func `the limits of a minute hold whatever the number of connections`() async throws {
  let (scene, office) = try await scene(20, ["perMinute": 12, "perDomain": 5])
  try await scene.say(VolunteerRegistered(edition: Scene.edition, volunteer: Scene.zoe))
  for (seconds, count) in [(0, 6), (30, 6), (31, 11), (61, 16)] as [(Int64, Int)] {
    scene.pass(seconds: seconds)
    try await scene.run()
    #expect(office.book.withLock { $0.taken.count } == count)
  }
  try await scene.test.call(
    "notifications.change-settings", as: .administrator, ["perMinute": 2])
  scene.pass(seconds: 61)
  try await scene.run()
  #expect(office.book.withLock { $0.taken.count } == 18)
}
