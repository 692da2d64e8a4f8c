import Foundation
import Hummingbird
import HummingbirdCore
import Kernel
import KernelTesting
import NIOCore
@testable import ParvisApp
import Synchronization
import Testing

/// Takes what is handed over, and answers as it is told.
private final class Receiver: WebhookCarrier {
  struct Message: Sendable {
    let url: String
    let headers: [String: String]
    let body: JSON
  }
  let messages = Mutex<[Message]>([])
  let answers = Mutex<[WebhookOutcome]>([])
  let usual = Mutex(WebhookOutcome(status: 204))

  func post(
    _ body: [UInt8], to url: String, _ headers: [(name: String, value: String)],
    allowingPrivate: Bool
  ) async -> WebhookOutcome {
    messages.withLock {
      $0.append(
        Message(
          url: url,
          headers: Dictionary(headers.map { ($0.name, $0.value) }) { first, _ in first },
          body: (try? JSON(parsing: Data(body))) ?? .null))
    }
    return answers.withLock { $0.isEmpty ? nil : $0.removeFirst() } ?? usual.withLock { $0 }
  }

  var count: Int { messages.withLock { $0.count } }
  var last: Message? { messages.withLock { $0.last } }
}

private struct MissionStarted: Event {
  let edition: EditionID?
  let mission: ID<EventEntity>
  let reason: String
  let people: [ID<EventEntity>]
  static let name = "missions.started"
  var aggregate: String { mission.description }
}

private struct Sayer: Module {
  static let name = "sayer"
  static let summary = Words("sayer")
  var endpoints: [Endpoint] {
    [
      .command("sayer.say", .post, "/sayer", by: .staff, Words("say")) {
        (_: Nothing, transaction) in
        try transaction.emit(
          MissionStarted(
            edition: transaction.newID(), mission: transaction.newID(),
            reason: "Ada Lovelace leaves", people: [transaction.newID()]))
        return Nothing()
      }
    ]
  }
}

private struct Scene {
  let test: TestPlatform
  let receiver = Receiver()

  init() async throws {
    let receiver = receiver
    test = try await TestPlatform { host in
      [
        WebhooksModule(host: host, carrier: receiver),
        EventsModule(host: host, partnerOf: { _ in nil }), Sayer(),
      ]
    }
    try await test.platform.runDueJobs()
  }

  func call(_ endpoint: String, _ input: JSON = [:]) async throws -> JSON {
    try await test.call(endpoint, as: .administrator, input)
  }
  func webhook(_ more: [String: JSON] = [:]) async throws -> (id: JSON, secret: String) {
    let made = try await call(
      "webhooks.create",
      .object(
        ["address": "https://integrator.example/parvis", "label": "CRM"]
          .merging(more) { _, new in new }))
    return (made["id"] ?? .null, made["secret"]?.text ?? "")
  }
  func say() async throws { try await test.call("sayer.say") }
  func pass(seconds: Int64) async throws {
    test.clock.advance(seconds: seconds)
    try await test.platform.runDueJobs()
  }
  func deliveries(_ id: JSON) async throws -> [JSON] {
    try await call("webhooks.deliveries", ["webhook": id])["items"]?.items ?? []
  }
}

@Suite struct Webhooks {
  @Test func `what happens is told once, by ids alone`() async throws {
    let scene = try await Scene()
    try await scene.say()
    let webhook = try await scene.webhook()
    try await scene.say()
    try await scene.pass(seconds: 5)
    try await scene.pass(seconds: 5)
    #expect(scene.receiver.count == 1)
    let message = try #require(scene.receiver.last)
    #expect(message.body["type"] == "missions.started" && message.body["timestamp"] != nil)
    let data = try #require(message.body["data"])
    for name in ["mission", "edition", "event", "people"] { #expect(data[name] != nil, "\(name)") }
    #expect(!"\(message.body)".contains("Ada"))
    #expect(try await scene.deliveries(webhook.id).map { $0["state"] } == ["delivered"])
  }

  @Test func `two secrets sign while they change, and the old one ends`() async throws {
    let scene = try await Scene()
    let webhook = try await scene.webhook()
    let made = try await scene.call(
      "webhooks.rotate-secret", ["webhook": webhook.id, "hours": 1])
    #expect(made["secret"]?.text?.hasPrefix("whsec_") == true)
    #expect(made["secret"]?.text != webhook.secret)
    func signatures() async throws -> Int {
      try await scene.say()
      try await scene.pass(seconds: 5)
      return scene.receiver.last?.headers["webhook-signature"]?.split(separator: " ").count ?? 0
    }
    #expect(try await signatures() == 2)
    try await scene.pass(seconds: 3600)
    #expect(try await signatures() == 1)
    let shown = try await scene.call("webhooks.list")
    #expect(!"\(shown)".contains("whsec_"))
  }

  @Test func `a failure is tried again under the same id, later each time, and logged`()
    async throws
  {
    let scene = try await Scene()
    let webhook = try await scene.webhook()
    scene.receiver.answers.withLock {
      $0 = [WebhookOutcome(fault: "no answer"), WebhookOutcome(status: 500, answer: "oops")]
    }
    try await scene.say()
    try await scene.pass(seconds: 5)
    try await scene.pass(seconds: 3)
    #expect(scene.receiver.count == 1)
    try await scene.pass(seconds: 6)
    #expect(scene.receiver.count == 2)
    try await scene.pass(seconds: 200)
    #expect(scene.receiver.count == 2)
    try await scene.pass(seconds: 200)
    #expect(scene.receiver.count == 3)
    let ids = scene.receiver.messages.withLock { Set($0.map { $0.headers["webhook-id"] }) }
    #expect(ids.count == 1)
    let delivery = try #require(try await scene.deliveries(webhook.id).first)
    let shown = try await scene.call("webhooks.delivery", ["delivery": delivery["id"] ?? .null])
    let tries = shown["tries"]?.items ?? []
    #expect(tries.map { $0["status"] ?? .null } == [.null, 500, 204])
    #expect(tries.first?["fault"] == "no answer" && tries[1]["answer"] == "oops")
  }

  @Test func `an answer that says when is believed`() async throws {
    let scene = try await Scene()
    _ = try await scene.webhook()
    scene.receiver.answers.withLock { $0 = [WebhookOutcome(status: 429, retryAfter: 600)] }
    try await scene.say()
    try await scene.pass(seconds: 5)
    try await scene.pass(seconds: 590)
    #expect(scene.receiver.count == 1)
    try await scene.pass(seconds: 80)
    #expect(scene.receiver.count == 2)
  }

  @Test
  func `one that is gone is stopped at once, a task for the administrator, and started again`()
    async throws
  {
    let scene = try await Scene()
    let webhook = try await scene.webhook()
    scene.receiver.answers.withLock { $0 = [WebhookOutcome(status: 410)] }
    try await scene.say()
    try await scene.pass(seconds: 5)
    let stopped = try await scene.call("webhooks.show", ["webhook": webhook.id])
    #expect(stopped["state"] == "disabled" && stopped["fault"]?.text?.contains("410") == true)
    try await scene.say()
    try await scene.pass(seconds: 5)
    #expect(scene.receiver.count == 1)
    let module: WebhooksModule = try scene.test.module()
    let now = scene.test.clock.clock.now
    #expect(
      try await module.tasks(for: .administrator, at: now).map(\.kind) == ["webhooks.stopped"])
    #expect(try await module.tasks(for: .manager, at: now).isEmpty)
    _ = try await scene.call("webhooks.change", ["webhook": webhook.id, "state": "enabled"])
    let again = try await scene.call(
      "webhooks.replay", ["webhook": webhook.id, "since": "2020-01-01T00:00:00Z"])
    #expect(again["count"] == 1)
    try await scene.pass(seconds: 5)
    #expect(scene.receiver.count == 2)
    #expect(try await module.tasks(for: .administrator, at: now).isEmpty)
  }

  @Test func `one that takes nothing for days is stopped`() async throws {
    let scene = try await Scene()
    let webhook = try await scene.webhook()
    scene.receiver.usual.withLock { $0 = WebhookOutcome(status: 302) }
    try await scene.say()
    for hour in 0..<200 {
      if hour % 24 == 0 { try await scene.say() }
      try await scene.pass(seconds: 3600)
    }
    let shown = try await scene.call("webhooks.show", ["webhook": webhook.id])
    #expect(shown["state"] == "disabled")
    #expect(scene.receiver.count < 60)
  }

  @Test func `only what is asked for is told`() async throws {
    let scene = try await Scene()
    _ = try await scene.webhook(["types": ["matching.*"]])
    _ = try await scene.webhook(["edition": "01700000-0000-4000-8000-000000000abc"])
    let wanted = try await scene.webhook(["types": ["missions.*", "matching.run-asked"]])
    try await scene.say()
    try await scene.pass(seconds: 5)
    #expect(scene.receiver.count == 1)
    #expect(try await scene.deliveries(wanted.id).count == 1)
    let line = try await scene.call("webhooks.test", ["webhook": wanted.id])
    #expect(line["type"] == "webhooks.test")
    try await scene.pass(seconds: 5)
    #expect(scene.receiver.last?.body["type"] == "webhooks.test")
    _ = try await scene.call(
      "webhooks.replay", ["webhook": wanted.id, "delivery": line["id"] ?? .null])
    try await scene.pass(seconds: 5)
    #expect(scene.receiver.count == 3)
    _ = try await scene.call("webhooks.remove", ["webhook": wanted.id])
    #expect(try await scene.call("webhooks.list").items.count == 2)
  }

  private static let impossible: [(String, JSON, String)] = [
    ("webhooks.create", ["address": "http://integrator.example/", "label": "x"], "address"),
    ("webhooks.create", ["address": "ftp://integrator.example/", "label": "x"], "address"),
    ("webhooks.create", ["address": "https://me:pw@integrator.example/", "label": "x"], "address"),
    ("webhooks.create", ["address": "https://", "label": "x"], "address"),
    ("webhooks.create", ["address": "https://a.example/#x", "label": "x"], "address"),
    (
      "webhooks.create", ["address": "https://a.example/", "label": "x", "types": ["all"]],
      "types[0]"
    ),
    (
      "webhooks.create", ["address": "https://a.example/", "label": "x", "signing": "md5"],
      "signing"
    ),
  ]

  @Test(arguments: impossible)
  func `what cannot be told to is refused`(
    _ endpoint: String, _ input: JSON, _ field: String
  ) async throws {
    let scene = try await Scene()
    let problem = await scene.test.problem(endpoint, as: .administrator, input)
    #expect(problem?.fields.map(\.field) == [field])
    #expect(await scene.test.problem(endpoint, as: .manager, input)?.status == 403)
  }

  @Test func `what is not there, stale or not said which is refused`() async throws {
    let scene = try await Scene()
    let webhook = try await scene.webhook()
    let unknown: JSON = "01700000-0000-4000-8000-000000000abc"
    for endpoint in ["show", "change", "remove", "rotate-secret", "test", "deliveries"] {
      let problem = await scene.test.problem(
        "webhooks.\(endpoint)", as: .administrator, ["webhook": unknown])
      #expect(problem?.status == 404, "\(endpoint)")
    }
    #expect(
      await scene.test.problem(
        "webhooks.delivery", as: .administrator, ["delivery": unknown])?.status == 404)
    for input: JSON in [
      ["webhook": webhook.id],
      ["webhook": webhook.id, "delivery": unknown, "since": "2020-01-01T00:00:00Z"],
    ] {
      let problem = await scene.test.problem("webhooks.replay", as: .administrator, input)
      #expect(problem?.fields.map(\.field) == ["delivery"])
    }
    #expect(
      await scene.test.problem(
        "webhooks.replay", as: .administrator, ["webhook": webhook.id, "delivery": unknown])?.status
        == 404)
    _ = try await scene.call("webhooks.change", ["webhook": webhook.id, "label": "Other"])
    let stale = await scene.test.problem(
      "webhooks.change", as: .administrator,
      ["webhook": webhook.id, "version": 1, "label": "Third"])
    #expect(stale?.status == 409)
  }
}

@Suite struct WebhookAddresses {
  private static let refused = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.168.1.1", "192.0.0.8", "198.18.0.1", "203.0.113.9", "224.0.0.1",
    "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1", "2002:a00:1::1", "2001::1", "2001:db8::1", "fc00::1", "fd12::1",
    "fe80::1", "ff02::1", "3fff::1",
  ]
  @Test(arguments: refused)
  func `an address that is not the world's is refused`(_ text: String) throws {
    let address = NetworkAddress(try SocketAddress(ipAddress: text, port: 443))
    #expect(address?.isPublic == false)
  }

  private static let allowed = [
    "8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450:4007::1", "::ffff:8.8.8.8",
  ]
  @Test(arguments: allowed)
  func `a public address is sent to`(_ text: String) throws {
    let address = NetworkAddress(try SocketAddress(ipAddress: text, port: 443))
    #expect(address?.isPublic == true)
  }

  private static let disguised = [
    "https://127.0.0.1/", "https://localhost/", "https://127.1/", "https://2130706433/",
    "https://0x7f000001/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://0/",
  ]
  @Test(arguments: disguised)
  func `this machine is not reached however it is written`(_ url: String) async {
    let outcome = await HTTPWebhookCarrier().post([], to: url, [], allowingPrivate: false)
    #expect(outcome.status == nil)
    #expect(outcome.fault?.contains("address") == true, "\(outcome)")
  }
}
