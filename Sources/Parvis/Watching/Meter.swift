internal import Foundation
internal import Synchronization

/// Counts what a server answers, by route pattern: never by who asked, or for what.
final class Meter: Sendable {
  private struct Route: Hashable {
    let method: String
    let pattern: String
  }

  private struct Times {
    var counts = [Int](repeating: 0, count: Meter.bounds.count)
    var total = 0
    var seconds = 0.0
    var statuses: [Int: Int] = [:]

    mutating func add(_ seconds: Double, at place: Int?, _ status: Int) {
      if let place { counts[place] += 1 }
      total += 1
      self.seconds += seconds
      statuses[status, default: 0] += 1
    }
  }

  /// The upper ends of the histogram's classes, in seconds.
  static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  /// Others are somebody's inventions, and without number.
  private static let methods: Set<String> = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
  ]

  private let routes = Mutex<[Route: Times]>([:])

  func count(_ method: String, _ pattern: String, _ status: Int, took duration: Duration) {
    let seconds = duration / .seconds(1)
    let route = Route(
      method: Self.methods.contains(method) ? method : "other", pattern: pattern)
    let place = Self.bounds.firstIndex { seconds <= $0 }
    routes.withLock { routes in
      routes[route, default: Times()].add(seconds, at: place, status)
    }
  }

  /// In the text format of Prometheus.
  func exposition() -> Exposition {
    let routes = routes.withLock { $0 }.sorted {
      ($0.key.pattern, $0.key.method) < ($1.key.pattern, $1.key.method)
    }
    var text = Exposition()
    text.family(
      "parvis_http_requests_total", .counter,
      "Requests that were answered, by pattern of the route and status.")
    for (route, times) in routes {
      for (status, count) in times.statuses.sorted(by: { $0.key < $1.key }) {
        text.sample(
          Double(count),
          ["method": route.method, "route": route.pattern, "status": String(status)])
      }
    }
    text.family(
      "parvis_http_request_duration_seconds", .histogram,
      "How long answers took, by pattern of the route.")
    for (route, times) in routes {
      let labels = ["method": route.method, "route": route.pattern]
      var reached = 0
      for (bound, count) in zip(Self.bounds, times.counts) {
        reached += count
        text.sample(Double(reached), labels, suffix: "_bucket", bound: Exposition.number(bound))
      }
      text.sample(Double(times.total), labels, suffix: "_bucket", bound: "+Inf")
      text.sample(times.seconds, labels, suffix: "_sum")
      text.sample(Double(times.total), labels, suffix: "_count")
    }
    return text
  }
}

/// The text format of Prometheus, version 0.0.4, being written.
struct Exposition: Sendable {
  enum Kind: String { case counter, gauge, histogram }

  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private(set) var text = ""
  private var name = ""

  mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  mutating func gauge(_ name: String, _ value: Double, _ help: String) {
    family(name, .gauge, help)
    sample(value)
  }

  mutating func sample(
    _ value: Double, _ labels: [String: String] = [:], suffix: String = "", bound: String? = nil
  ) {
    var pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }
    if let bound { pairs.append("le=\"\(bound)\"") }
    let inside = pairs.isEmpty ? "" : "{" + pairs.joined(separator: ",") + "}"
    text += "\(name)\(suffix)\(inside) \(Self.number(value))\n"
  }

  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
