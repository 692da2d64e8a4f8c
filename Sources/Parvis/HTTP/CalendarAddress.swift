internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import NIOCore

/// The use case that reads a calendar, by the secret of its address.
private let readCalendar = "notifications.read-calendar"

extension WebResponder {
  /// `/calendar/<secret>.ics`, as calendar programs read it: with a tag, so that what has not changed is not
  /// sent again. Throws a `Problem`.
  func calendar(_ name: String, for request: Hummingbird.Request) async throws -> Response {
    guard name.hasSuffix(".ics"), name.utf8.count > 4, facade.platform.endpoint(readCalendar) != nil
    else {
      throw Problem.noSuchEndpoint("/calendar/…")
    }
    let answer = try await facade.platform.perform(
      Kernel.Request(readCalendar, as: .anyone, ["key": .string(String(name.dropLast(4)))]))
    let tag = "\"\(answer["tag"]?.text ?? "")\""
    var headers: HTTPFields = [.eTag: tag, .cacheControl: "private, max-age=300"]
    if isKnown(tag, by: request.headers[.ifNoneMatch]) {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = "text/calendar; charset=utf-8"
    headers[.contentDisposition] = "inline; filename=\"parvis.ics\""
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: answer["text"]?.text ?? "")))
  }
}
