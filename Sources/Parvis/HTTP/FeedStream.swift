internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import NIOCore
internal import ServiceLifecycle

/// A feed that goes on: Server-Sent Events, each under its cursor, from `Last-Event-ID` on.
struct FeedStream: Sendable {
  let facade: Facade
  let call: Call
  let admitted: AdmittedCall
  private let start: String?

  /// So long a stream lasts: whoever comes back shows their token again.
  private static let longest = Duration.seconds(300)
  /// Proxies close what says nothing.
  private static let heartbeat = Duration.seconds(15)

  /// Nil where the caller wants a single answer, or the use case is no feed.
  init?(
    _ facade: Facade, _ call: Call, _ admitted: AdmittedCall, accepting types: String?,
    last: String?
  ) {
    guard admitted.endpoint.isFeed, types?.lowercased().contains("text/event-stream") == true
    else { return nil }
    self.facade = facade
    self.call = call
    self.admitted = admitted
    start = last
  }

  /// The stream. What is wrong with the question is answered before it begins: throws a `Problem`.
  func response() async throws -> Response {
    let first = try await facade.answer(call, by: from(start)).output
    let body = ResponseBody { writer in
      try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
      let clock = ContinuousClock()
      let begun = clock.now
      var (answer, said) = (first, begun)
      while true {
        for item in answer["items"]?.items ?? [] {
          try await writer.write(try event(item))
          said = clock.now
        }
        guard !Task.isShuttingDownGracefully, clock.now - begun < Self.longest else { break }
        if answer["more"] != true {
          try await Task.sleep(for: .milliseconds(500))
          if clock.now - said > Self.heartbeat {
            try await writer.write(ByteBuffer(string: ": still here\n\n"))
            said = clock.now
          }
        }
        guard let cursor = answer["cursor"].flatMap(text),
          let next = try? await facade.answer(call, by: from(cursor)).output
        else { break }
        answer = next
      }
      try await writer.finish(nil)
    }
    return Response(
      status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
      body: body)
  }

  /// The same question, from a cursor on.
  private func from(_ cursor: String?) -> AdmittedCall {
    guard let cursor else { return admitted }
    return AdmittedCall(
      admission: admitted.admission, path: admitted.path,
      query: admitted.query.filter { $0.name != "after" } + [("after", cursor)])
  }

  private func event(_ item: JSON) throws -> ByteBuffer {
    let data = String(decoding: try JSON.data(of: item), as: UTF8.self)
    return ByteBuffer(
      string:
        "id: \(item["cursor"].flatMap(text) ?? "")\nevent: \(item["type"]?.text ?? "")\ndata: \(data)\n\n"
    )
  }

  private func text(_ value: JSON) -> String? {
    if case .integer(let number) = value { "\(number)" } else { nil }
  }
}
