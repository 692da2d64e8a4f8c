import Foundation
import Kernel
import Logging
@testable import ParvisApp
import Synchronization
import Testing

/// What a log wrote.
private final class Paper: Sendable {
  private let written = Mutex("")
  var text: String { written.withLock { $0 } }
  var lines: [String] { text.split(separator: "\n").map(String.init) }

  func log(_ format: LogFormat, _ level: Logger.Level = .trace) -> Logger {
    format.logger(level) { line in self.written.withLock { $0 += line } }
  }
}

private let asking = "Host: parvis\r\nConnection: close\r\n"

@Suite struct `Whoever watches over a server` {
  @Test func `reads counts and times by pattern and status, and nothing of anybody`() async throws {
    let wire = try await Wire(watched: true)
    let token = "Authorization: Bearer \(try await wire.token())\r\n"
    let body = #"{"name": "Canary"}"#
    let canary = "0c0ffee0-0000-4000-8000-000000000000"
    _ = await wire.say([
      "POST /v1/programmes HTTP/1.1\r\nContent-Type: application/json\r\n\(token)\(asking)"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    ])
    for path in [
      "/v1/programmes/\(canary)", "/v1/nothing/canary", "/canary?canary=1", "/a/canary",
      "/sign-in/canary", "/missions/\(canary)", "/calendar/canary",
    ] {
      _ = await wire.say(["GET \(path) HTTP/1.1\r\n\(token)\(asking)\r\n"])
      _ = await wire.say(["GET \(path) HTTP/1.1\r\nAccept: text/html\r\n\(asking)\r\n"])
    }
    #expect(!wire.logged.contains { $0.lowercased().contains("canary") || $0.contains(canary) })
    let text = await wire.watch("/metrics").text
    #expect(text.contains("text/plain; version=0.0.4"))
    #expect(
      text.contains(
        #"parvis_http_requests_total{method="POST",route="/v1/programmes",status="200"} 1"#),
      "\(text)")
    for name in [
      "parvis_write_queue ", "parvis_deliveries_pending ", "parvis_deliveries_parked 0",
      "parvis_letters_waiting 0", "parvis_database_size_bytes ", "parvis_build_info{version=",
    ] {
      #expect(text.contains("\n" + name), "\(name)")
    }
    #expect(!text.lowercased().contains("canary") && !text.contains(canary))
    #expect(!text.contains("parvis_last_backup_timestamp_seconds "), "there is none yet")
  }

  @Test func `reads what Prometheus reads`() async throws {
    let wire = try await Wire(watched: true)
    for _ in 0..<3 { _ = await wire.say(["GET /health/live HTTP/1.1\r\n\(asking)\r\n"]) }
    let text = await wire.watch("/metrics").text.components(separatedBy: "\r\n\r\n").last ?? ""
    var families: Set<Substring> = []
    for line in text.split(separator: "\n") where line.hasPrefix("# TYPE") {
      let words = line.split(separator: " ")
      #expect(words.count == 4)
      #expect(families.insert(words[2]).inserted, "a family comes once: \(line)")
    }
    let sample = /[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+/
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(line.wholeMatch(of: sample) != nil, "\(line)")
    }
    let buckets = text.split(separator: "\n").filter {
      $0.contains("_bucket") && $0.contains("/health/live")
    }.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    #expect(buckets.count == Meter.bounds.count + 1)
    #expect(buckets == buckets.sorted() && buckets.last == 3)
  }

  @Test func `asks for health there, and for nothing else`() async throws {
    let wire = try await Wire(watched: true)
    #expect(await wire.watch("/health/live").text.hasSuffix("live\n"))
    #expect(await wire.watch("/health/ready").text.hasSuffix("ready\n"))
    #expect(await wire.watch("/v1/programmes").status == 404)
    #expect(await wire.watch("/").status == 404)
    #expect(await wire.watch("/metrics", "POST").status == 405)
  }

  @Test func `finds no such port where none was set, and no metrics on the other`() async throws {
    #expect(Server.Options().metricsPort == nil)
    let wire = try await Wire()
    #expect(await wire.say(["GET /metrics HTTP/1.1\r\n\(asking)\r\n"]).status == 404)
  }
}

@Suite struct `A log` {
  @Test(arguments: LogFormat.allCases)
  func `names nobody, whatever is sent`(_ format: LogFormat) async throws {
    let paper = Paper()
    let site = try await Site(log: paper.log(format))
    let token = try await site.token("manager").secret
    let canary = "canary@example.org"
    let input: JSON = ["name": "Canary", "email": .string(canary), "nonsense": "Canary"]
    _ = try await site.send("POST", "/v1/programmes", token: token, body: input)
    _ = try await site.send("POST", "/v1/programmes", token: token, body: ["name": "Canary"])
    for path in [
      "/v1/programmes/Canary", "/v1/programmes?name=Canary", "/Canary", "/sign-in/code/Canary",
      "/a/Canary", "/v1/%43anary",
    ] {
      _ = try await site.send(
        "GET", path, token: "parvis_Canary",
        headers: ["X-Request-Id": canary, "User-Agent": "Canary", "Accept": "text/html"])
      _ = try await site.send("GET", path, token: token)
    }
    #expect(paper.lines.count >= 14)
    #expect(!paper.text.lowercased().contains("canary"), "\(paper.text)")
    #expect(!paper.text.contains(token))
    for line in paper.lines where format == .json {
      let json = try JSON(parsing: line)
      #expect(json["message"]?.text?.isEmpty == false && json["id"] != nil && json["role"] != nil)
    }
  }

  @Test(arguments: LogFormat.allCases)
  func `has a line for each thing, whatever it holds`(_ format: LogFormat) {
    let paper = Paper()
    paper.log(format).info(
      "one\nthing\u{1B}[31m\u{2028}", metadata: ["a": "b\r\nc", "time": "x", "ms": "1.5"])
    #expect(paper.lines.count == 1)
    #expect(paper.text.unicodeScalars.allSatisfy { $0.value >= 32 || $0 == "\n" })
    guard format == .json else { return }
    let json = (try? JSON(parsing: paper.text)) ?? .null
    #expect(json["ms"] == .number(1.5))
    #expect(json["time"] != "x")
  }

  @Test func `says less than it is told`() {
    let paper = Paper()
    let log = paper.log(.text, .warning)
    log.info("quiet")
    log.error("loud")
    #expect(!paper.text.contains("quiet") && paper.text.contains("loud"))
  }

  @Test func `of an error keeps what is ours`() {
    struct Odd: Error, CustomStringConvertible {
      let description: String
    }
    for text in [
      "no user ada@example.org", "name \"Ada L.\" is taken", "« Ada » et “Ada”",
      "call +33612345678", "value `Ada`, \"Ada",
    ] {
      let said = loggable(Odd(description: text))
      #expect(said.hasPrefix("Odd: "))
      #expect(!said.contains("Ada") && !said.contains("ada@") && !said.contains("336"), "\(said)")
    }
    #expect(loggable(StorageError.busy).contains("busy"))
    #expect(loggable(Problem.badKey) == "malformed")
    struct Inner: Decodable { let age: Int }
    do {
      _ = try JSONDecoder().decode([String: Inner].self, from: Data(#"{"a b": {"age": "x"}}"#.utf8))
    } catch {
      #expect(loggable(error) == "decoding at ….age")
    }
  }
}
