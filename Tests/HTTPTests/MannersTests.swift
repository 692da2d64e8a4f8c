import Foundation
import Kernel
import NIOCore
@testable import ParvisApp
import Testing

private let post =
  "POST /v1/programmes HTTP/1.1\r\nHost: parvis\r\nContent-Type: application/json\r\n"

@Suite struct `A client’s fault is not ours` {
  @Test func `what cannot be read is refused as a problem, and logged as no error of ours`()
    async throws
  {
    let wire = try await Wire()
    let token = "Authorization: Bearer \(try await wire.token())\r\n"
    for (text, status) in [
      (post + token + "Transfer-Encoding: gzip\r\n\r\nabc", 501),
      (post + token + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
      (post + token + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n", 400),
      (post + token + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 415),
      (post + token + "Content-Length: 9\r\nContent-Length: 10\r\n\r\n", 400),
      ("GET /v1/calls HTTP/1.1\r\n\r\n", 400),
      (
        "GET /v1/calls HTTP/1.1\r\nHost: parvis\r\nX: \(String(repeating: "x", count: 90_000))\r\n\r\n",
        431
      ),
      ("BREW /coffee HTTP/1.1\r\nHost: parvis\r\n\r\n", 501),
      ("\u{1}\u{2}nonsense\r\n\r\n", 501),
    ] {
      let heard = await wire.say([text], for: 5)
      #expect(heard.status == status, "\(text.prefix(200)): \(heard.text)")
      #expect(heard.isProblem, "\(text.prefix(200)): \(heard.text)")
    }
    #expect(wire.complaints.isEmpty, "\(wire.complaints)")
  }

  @Test func `hanging up in the middle of a body is nobody’s error`() async throws {
    let wire = try await Wire()
    let token = "Authorization: Bearer \(try await wire.token())\r\n"
    for length in [
      "Content-Length: 100\r\n\r\n{\"name\"", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"na",
    ] {
      _ = await wire.say([post + token + length], hangingUp: true)
    }
    try await Task.sleep(for: .milliseconds(300))
    #expect(wire.complaints.isEmpty, "\(wire.complaints)")
    let list = await wire.say(
      ["GET /v1/programmes HTTP/1.1\r\nHost: parvis\r\nConnection: close\r\n\(token)\r\n"])
    #expect(list.json["items"]?.items.isEmpty ?? list.json.items.isEmpty)
  }

  @Test func `requests that come together are each answered, the unreadable one last`() async throws
  {
    let wire = try await Wire()
    let live = "GET /health/live HTTP/1.1\r\nHost: parvis\r\n\r\n"
    let heard = await wire.say([live + live + "nonsense\r\n\r\n"])
    #expect(heard.text.components(separatedBy: "\"status\":\"live\"").count == 3, "\(heard.text)")
    #expect(heard.text.contains("HTTP/1.1 501"), "\(heard.text)")
    #expect(heard.isClosed)
  }
}

@Suite struct `A body has a pace` {
  private let pace = BodyPace(grace: .seconds(1), leastRate: 1000, end: .seconds(60))

  @Test func `a body that trickles is cut, and the connection closed`() async throws {
    let wire = try await Wire(pace: pace)
    let token = "Authorization: Bearer \(try await wire.token())\r\n"
    let drops = [String](repeating: " ", count: 60)
    let heard = await wire.say(
      [post + token + "Content-Length: 1000\r\n\r\n"] + drops, every: 50, for: 6)
    #expect(heard.status == 408, "\(heard.text)")
    #expect(heard.isProblem)
    #expect(heard.isClosed)
    #expect(wire.complaints.isEmpty, "\(wire.complaints)")
  }

  @Test func `a slow body that keeps the pace is answered`() async throws {
    let wire = try await Wire(pace: pace)
    let token = "Authorization: Bearer \(try await wire.token())\r\nConnection: close\r\n"
    let parts =
      ["{\"name\": \"Slow\""] + (0..<30).map { _ in String(repeating: " ", count: 200) } + ["}"]
    let length = parts.joined().utf8.count
    let heard = await wire.say(
      [post + token + "Content-Length: \(length)\r\n\r\n"] + parts, every: 60, for: 8)
    #expect(heard.status == 200, "\(heard.text)")
  }

  @Test func `even at a good pace a body has an end`() {
    let pace = BodyPace()
    #expect(!pace.isTooSlow(0, after: .seconds(19)))
    #expect(pace.isTooSlow(0, after: .seconds(21)))
    #expect(!pace.isTooSlow(1 << 20, after: .seconds(299)))
    #expect(pace.isTooSlow(1 << 30, after: .seconds(301)))
  }

  @Test func `who asks is known before the body is read`() async throws {
    // The body never comes: who waited for it would say so, and nothing of who asks.
    let wire = try await Wire()
    for token in ["", "Authorization: Bearer parvis_nonsense\r\n"] {
      let heard = await wire.say([post + token + "Content-Length: 1000000\r\n\r\n{"], for: 8)
      #expect(heard.status == 401)
      #expect(heard.isClosed)
    }
  }
}

@Test func `a charset that is not UTF-8 is refused`() async throws {
  let site = try await Site()
  let token = try await site.token("manager").secret
  for (type, status) in [
    ("application/json; charset=iso-8859-1", 415), ("application/json;charset=\"utf-16\"", 415),
    ("application/json; charset=\"UTF-8\"", 200), ("text/json", 415),
  ] {
    let reply = try await site.send(
      "POST", "/v1/programmes", token: token, raw: [UInt8]("{\"name\":\"x\"}".utf8),
      headers: ["Content-Type": type])
    #expect(reply.status == status, "\(type)")
  }
}

@Test func `a version in If-Match is meant, or refused`() async throws {
  let site = try await Site()
  let token = try await site.token("manager").secret
  for (method, path, body) in [
    ("POST", "/v1/programmes", ["name": "x"] as JSON), ("GET", "/v1/programmes", nil as JSON?),
  ] {
    let reply = try await site.send(
      method, path, token: token, body: body, headers: ["If-Match": "\"1\""])
    #expect(reply.status == 400)
    #expect(reply.problem == "no-version")
  }
  #expect(try await site.send("GET", "/v1/programmes", token: token).text == "[]")
}

@Test func `a body and an If-Match that name different versions are refused`() async throws {
  let site = try await Site()
  let token = try await site.token("manager").secret
  let reply = try await site.send(
    "PUT", "/v1/editions/01890000-0000-4000-8000-000000000000/format", token: token,
    body: ["format": "remote", "version": 2], headers: ["If-Match": "\"1\""])
  #expect(reply.status == 422)
  #expect(reply.fields == ["version"])
}
