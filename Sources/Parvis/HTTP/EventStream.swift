internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import NIOCore
internal import ServiceLifecycle

/// A query whose answer moves, told again and again until it is over: Server-Sent Events, for
/// whoever asks for `text/event-stream`.
struct EventStream: Sendable {
  let facade: Facade
  let call: Call
  let admitted: AdmittedCall

  /// Nil where the caller wants a single answer, or the use case has no more to give.
  init?(_ facade: Facade, _ call: Call, _ admitted: AdmittedCall, accepting types: String?) {
    guard admitted.endpoint.isFollowed,
      types?.lowercased().contains("text/event-stream") == true
    else { return nil }
    self.facade = facade
    self.call = call
    self.admitted = admitted
  }

  /// The stream. What is wrong with the question is answered before it begins: throws a `Problem`.
  func response() async throws -> Response {
    let first = try await facade.answer(call, by: admitted).output
    let body = ResponseBody { writer in
      var said = first
      try await writer.write(event(first))
      while said["isOver"] != true, !Task.isShuttingDownGracefully {
        try await Task.sleep(for: .milliseconds(250))
        guard let now = try? await facade.answer(call, by: admitted).output else { break }
        if now != said { try await writer.write(event(now)) }
        said = now
      }
      try await writer.finish(nil)
    }
    return Response(
      status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
      body: body)
  }

  private func event(_ answer: JSON) throws -> ByteBuffer {
    let name = answer["isOver"] == true ? "end" : "progress"
    let data = String(decoding: try JSON.data(of: answer), as: UTF8.self)
    return ByteBuffer(string: "event: \(name)\ndata: \(data)\n\n")
  }
}
