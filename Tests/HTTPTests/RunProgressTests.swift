import Foundation
import HTTPTypes
import Kernel
@testable import ParvisApp
import SQLite
import Testing

/// Following a run over HTTP.
@Suite struct RunProgress {
  private let nobody = "00000000-0000-7000-8000-000000000009"

  /// A run that is asked for and that nobody works on.
  private func site() async throws -> (site: Site, run: String) {
    let site = try await Site()
    _ = try await site.database.write {
      try $0.execute(
        """
        INSERT INTO matching_computation (id, edition_id, number, strategy, seed, rules, asked_at,
          attempts, is_to_stop) VALUES ('00000000-0000-7000-8000-000000000001',
          '00000000-0000-7000-8000-000000000002', 1, 'optimal', 1, '{}', 0, 0, 0)
        """)
    }
    return (site, "00000000-0000-7000-8000-000000000001")
  }

  @Test func `a run is followed as a stream of events until it is over`() async throws {
    let (site, run) = try await site()
    let token = try await site.token("manager").secret
    async let followed = site.send(
      "GET", "/v1/runs/\(run)/progress", token: token, headers: ["Accept": "text/event-stream"])
    _ = try await site.database.write {
      try $0.execute(
        "UPDATE matching_computation SET fault = '{\"en\":\"over\",\"fr\":\"fini\"}'")
    }
    let reply = try await followed
    #expect(reply.status == 200)
    #expect(reply.headers[.contentType] == "text/event-stream")
    let events = reply.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
    #expect(events.last?.hasPrefix("event: end\ndata: {") == true)
    #expect(events.dropLast().allSatisfy { $0.hasPrefix("event: progress\ndata: {") })
    #expect(events.last?.contains("\"state\":\"failed\"") == true)
  }

  @Test func `whoever does not ask for a stream is answered once`() async throws {
    let (site, run) = try await site()
    let token = try await site.token("manager").secret
    let reply = try await site.send("GET", "/v1/runs/\(run)/progress", token: token)
    #expect(reply.json["state"] == "computing")
    #expect(reply.json["isOver"] == false)
    #expect(reply.json["phase"]?["fr"] == "en attente")
  }

  @Test func `a stream begins only for who may see it, and for what is there`() async throws {
    let (site, run) = try await site()
    let stream = ["Accept": "text/event-stream"]
    #expect(
      try await site.send("GET", "/v1/runs/\(run)/progress", headers: stream).status == 401)
    let contact = try await site.token("partner", subject: site.contact()).secret
    #expect(
      try await site.send(
        "GET", "/v1/runs/\(run)/progress", token: contact, headers: stream
      ).status == 403)
    let manager = try await site.token("manager").secret
    #expect(
      try await site.send(
        "GET", "/v1/runs/\(nobody)/progress", token: manager, headers: stream
      ).status == 404)
  }
}
