import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Kernel
import NIOCore
@testable import ParvisApp
import SQLite
import Testing

@Suite struct Followers {
  private static let partner = "01700000-0000-4000-8000-000000000001"
  private static let person = "01700000-0000-4000-8000-000000000002"

  /// A site at which four things happened: the outbox holds them as modules would say them.
  private func site() async throws -> (Site, String) {
    let site = try await Site()
    let token = try await site.token().secret
    let said: [(String, String)] = [
      ("programmes.edition-opened", #"{"id":"\#(Self.partner)"}"#),
      ("accounts.signed-in", #"{"person":"\#(Self.person)"}"#),
      ("partners.agreement-signed", #"{"partner":"\#(Self.partner)","note":"Ada agrees"}"#),
      (
        "partners.volunteer-moved", #"{"partner":"\#(Self.partner)","volunteer":"\#(Self.person)"}"#
      ),
      ("missions.started", #"{"mission":"\#(Self.person)"}"#),
    ]
    try await site.database.write { connection in
      try connection.execute("DELETE FROM kernel_delivery")
      try connection.execute("DELETE FROM kernel_event")
      for (index, (name, payload)) in said.enumerated() {
        try connection.execute(
          """
          INSERT INTO kernel_event
            (id, sequence, name, version, aggregate, payload, actor, request, occurred_at)
          VALUES (\("01700000-0000-4000-8000-00000000010\(index)"), \(index + 1), \(name), 1, 'a',
            \(payload), 'manager', 'r', 0)
          """)
      }
    }
    return (site, token)
  }

  @Test func `the feed goes on from a cursor, and says ids alone`() async throws {
    let (site, token) = try await site()
    let first = try await site.send("GET", "/v1/events/feed", token: token)
    #expect(first.status == 200 && first.json["more"] == false && first.json["cursor"] == 5)
    #expect(first.json["items"]?.items.count == 5 && !first.text.contains("Ada"))
    let nothing = try await site.send("GET", "/v1/events/feed?after=5", token: token)
    #expect(nothing.json["items"]?.items.isEmpty == true && nothing.json["cursor"] == 5)
    let two = try await site.send("GET", "/v1/events/feed?after=1&limit=2", token: token)
    #expect(two.json["items"]?.items.map { $0["cursor"] } == [2, 3])
    #expect(two.json["more"] == true && two.json["cursor"] == 3)
    let one = try await site.send(
      "GET", "/v1/events/feed?types=missions.started&types=x.y", token: token)
    #expect(one.json["items"]?.items.map { $0["cursor"] } == [5])
    let edition = try await site.send(
      "GET", "/v1/events/feed?edition=\(Self.person)", token: token)
    #expect(edition.json["items"]?.items.isEmpty == true && edition.json["cursor"] == 5)
    #expect(try await site.send("GET", "/v1/events/feed?after=x", token: token).fields == ["after"])
    #expect(try await site.send("GET", "/v1/events/feed").status == 401)
  }

  @Test func `a role is told what it may know`() async throws {
    let (site, _) = try await site()
    let contact = try await site.contact()
    let own = try await site.database.read { connection in
      try connection.rows("SELECT partner FROM partners_contact WHERE id = \(contact)").first?
        .get("partner", as: String.self)
    }
    try await site.database.write { connection in
      try connection.execute(
        """
        UPDATE kernel_event SET payload = REPLACE(payload, \(Self.partner), \(own))
        WHERE name LIKE 'partners.%'
        """)
    }
    func types(_ token: String) async throws -> [String] {
      let answer = try await site.send("GET", "/v1/events/feed?limit=500", token: token)
      #expect(answer.status == 200, "\(answer.text)")
      return (answer.json["items"]?.items ?? []).compactMap { $0["type"]?.text }
    }
    let manager = try await types(site.token("manager").secret)
    #expect(manager.count == 4 && !manager.contains("accounts.signed-in"))
    let partner = try await types(site.token("partner", subject: contact).secret)
    #expect(partner == ["programmes.edition-opened", "partners.agreement-signed"])
    let other = try await site.platform.perform(
      Kernel.Request(
        "partners.register", as: .manager,
        [
          "name": "Another", "kind": "company",
          "contact": ["name": "Dominique", "email": "d@another.example", "language": "fr"],
        ]))
    let token = try await site.token("partner", subject: other["contact"]?.text).secret
    #expect(try await types(token) == ["programmes.edition-opened"])
  }

  /// Hangs up after so many events.
  private struct Impatient: ResponseBodyWriter {
    struct HungUp: Error {}
    let most: Int
    let box = Collector.Box()

    func write(_ buffer: ByteBuffer) async throws {
      box.bytes += [UInt8](buffer.readableBytesView)
      let text = String(decoding: box.bytes, as: UTF8.self)
      if text.split(separator: "data:").count > most { throw HungUp() }
    }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }

  @Test func `the feed goes on as a stream, from the last one seen`() async throws {
    let (site, token) = try await site()
    var fields = HTTPFields()
    fields[.authorization] = "Bearer \(token)"
    fields[.accept] = "text/event-stream"
    if let name = HTTPField.Name("Last-Event-ID") { fields[name] = "3" }
    let head = HTTPRequest(
      method: .get, scheme: "http", authority: "test", path: "/v1/events/feed?after=1",
      headerFields: fields)
    let response = await site.responder.respond(
      to: Hummingbird.Request(head: head, body: RequestBody(buffer: ByteBuffer())))
    #expect(response.headers[.contentType] == "text/event-stream")
    let writer = Impatient(most: 3)
    let streaming = Task { try await response.body.write(writer) }
    try await Task.sleep(for: .milliseconds(200))
    try await site.database.write { connection in
      try connection.execute(
        """
        INSERT INTO kernel_event
          (id, sequence, name, version, aggregate, payload, actor, request, occurred_at)
        VALUES ('01700000-0000-4000-8000-000000000109', 6, 'missions.closed', 1, 'a', '{}', 'manager', 'r', 0)
        """)
    }
    await #expect(throws: Impatient.HungUp.self) { try await streaming.value }
    let text = String(decoding: writer.box.bytes, as: UTF8.self)
    let ids = text.split(separator: "\n").filter { $0.hasPrefix("id: ") }
    #expect(ids == ["id: 4", "id: 5", "id: 6"])
    #expect(text.contains("event: missions.closed\ndata: {"))
  }

  @Test func `a calendar that nobody made is not there, nor is what is no calendar`() async throws {
    let site = try await Site()
    for path in ["/calendar/guess.ics", "/calendar/guess", "/calendar/.ics"] {
      #expect(try await site.send("GET", path).status == 404, "\(path)")
    }
    #expect(try await site.send("POST", "/calendar/guess.ics", raw: nil).status == 405)
  }

  @Test func `a mail server hands messages over as they are`() async throws {
    let (site, token) = try await site()
    let made = try await site.send(
      "POST", "/v1/mail-settings/returns-key", token: token, body: [:])
    let path = try #require(made.json["path"]?.text)
    let headers = ["Content-Type": "message/rfc822"]
    let taken = try await site.send(
      "POST", path, raw: Array("Subject: hello\r\n\r\nnothing of ours".utf8), headers: headers)
    #expect(taken.status == 200 && taken.json["kind"] == "unknown")
    let wrong = try await site.send(
      "POST", "/v1/mail-returns/guess", raw: Array("x".utf8), headers: headers)
    #expect(wrong.status == 404)
    let elsewhere = try await site.send(
      "POST", "/v1/programmes", token: token, raw: Array("x".utf8), headers: headers)
    #expect(elsewhere.status == 415)
  }
}
