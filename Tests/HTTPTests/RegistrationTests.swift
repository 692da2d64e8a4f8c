import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NIOCore
@testable import ParvisApp
import Testing

/// Whoever is not known registers an organisation.
@Suite struct RegistrationTests {
  private func organisation(_ name: String, _ address: String, _ rest: [String: JSON] = [:]) -> JSON
  {
    .object(
      [
        "name": .string(name), "kind": "association", "causes": ["inclusion"],
        "territory": "Île-de-France", "foundedOn": "2010-01-01",
        "contact": ["name": "Ada Exemple", "email": .string(address), "language": "fr"],
      ].merging(rest) { $1 })
  }

  @Test func `a known name and address, a known number and an unknown one are answered the same`()
    async throws
  {
    let site = try await Site()
    func register(_ name: String, _ address: String, _ rest: [String: JSON] = [:]) async throws
      -> Site.Reply
    { try await site.send("POST", "/v1/organisations", body: organisation(name, address, rest)) }
    let first = try await register("Arpents", "arpents@example.org", ["siren": "732829320"])
    let replies = [
      try await register("Bocage", "bocage@example.org"),
      try await register("ARPENTS", "Arpents@example.org"),
      try await register("Autre", "autre@example.org", ["siren": "732829320"]),
    ]
    for reply in replies {
      #expect(reply.status == first.status && reply.bytes.count == first.bytes.count)
      // Every request has an id of its own, as long as the others or not.
      func headers(_ reply: Site.Reply) -> [String] {
        reply.headers.filter { $0.name.canonicalName != "x-request-id" }.map { "\($0)" }.sorted()
      }
      #expect(headers(reply) == headers(first))
    }
    try await site.platform.deliverEvents()
    let letters =
      try await site.platform.perform(
        Kernel.Request("notifications.messages", as: .administrator))["items"] ?? .null
    let known = letters.items.filter { $0["kind"] == "organisation-known" }
    #expect(known.map { $0["recipient"] } == ["arpents@example.org"])
    #expect(letters.items.filter { $0["kind"] == "organisation-welcome" }.count == 3)
    // Who is known by a token is told.
    let (_, token) = try await site.token("manager")
    let told = try await site.send(
      "POST", "/v1/organisations", token: token,
      body: organisation("Arpents", "arpents@example.org"))
    #expect(told.status == 409)
  }

  @Test func `registering is limited by address and by network, and says when to come back`()
    async throws
  {
    let site = try await Site()
    func register(_ number: Int, _ address: String) async throws -> Site.Reply {
      try await site.send("POST", "/v1/organisations", body: organisation("N\(number)", address))
    }
    for number in 1...5 {
      #expect(try await register(number, "ada@example.org").status == 200)
    }
    let sixth = try await register(6, "ada@example.org")
    #expect(sixth.status == 429 && sixth.problem == "accounts/too-many-attempts")
    #expect(sixth.headers[.retryAfter] == "900")
    // What would not be done costs no attempt at the address.
    for number in 7...13 {
      #expect(try await register(number, "bo@").status == 422)
    }
    #expect(try await register(14, "bo@example.org").status == 200)
    var number = 14
    while number < 80, try await register(number, "a\(number)@example.org").status == 200 {
      number += 1
    }
    #expect(number < 80)
    #expect(try await register(99, "new@example.org").status == 429)
    // Staff are known.
    let (_, token) = try await site.token("manager")
    let staff = try await site.send(
      "POST", "/v1/organisations", token: token, body: organisation("S", "s@example.org"))
    #expect(staff.status == 200)
    site.clock.advance(seconds: 900)
    #expect(try await register(100, "ada@example.org").status == 200)
  }

  @Test
  func `the page says the same of a known and an unknown one, and in words when it is too often`()
    async throws
  {
    let site = try await Site()
    let facade = Facade(site.platform)
    let access = try #require(site.platform.accounts)
    let responder = WebResponder(
      facade: facade, door: .network(access), bodyLimit: 20_000, report: nil,
      portal: Portal(facade, origin: "http://test", bodyLimit: 20_000, report: nil),
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    func register(_ name: String, _ address: String) async throws -> Response {
      let fields = [
        ("_form", "applications.register-organisation"), ("name", name), ("kind", "association"),
        ("territory", "Île-de-France"), ("foundedOn", "2010-01-01"), ("causes", "inclusion"),
        ("contact.name", "Ada Exemple"), ("contact.email", address), ("contact.language", "fr"),
      ]
      let body = fields.map { "\(Target.encoded($0.0))=\(Target.encoded($0.1))" }
        .joined(separator: "&")
      var sent = HTTPFields()
      for (name, value) in [
        "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
        "Accept": "text/html", "Accept-Language": "fr",
      ] { if let name = HTTPField.Name(name) { sent[name] = value } }
      return await responder.respond(
        to: Hummingbird.Request(
          head: HTTPRequest(
            method: .post, scheme: "http", authority: "test", path: "/organisations/new",
            headerFields: sent), body: RequestBody(buffer: ByteBuffer(string: body))),
        from: "192.0.2.1")
    }
    func told(_ response: Response) -> [String] {
      response.headers.filter { $0.name.canonicalName != "x-request-id" }.map { "\($0)" }.sorted()
    }
    let new = try await register("Arpents", "arpents@example.org")
    #expect(new.status == .seeOther)
    let again = try await register("arpents", "arpents@example.org")
    #expect(again.status == .seeOther && told(again) == told(new))
    for number in 1...3 {
      #expect(try await register("N\(number)", "arpents@example.org").status == .seeOther)
    }
    let tooOften = try await register("Trop", "arpents@example.org")
    #expect(tooOften.status == .tooManyRequests)
    #expect(tooOften.headers[.retryAfter] == "900")
    let collector = Collector()
    try await tooOften.body.write(collector)
    let text = String(decoding: collector.box.bytes, as: UTF8.self)
    #expect(text.contains("Trop d’essais") && text.contains("value=\"Trop\""))
  }
}
