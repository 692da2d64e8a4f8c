internal import Foundation
internal import HTTPTypes
internal import Kernel
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// How fast a body has to come, and by when it has to be there.
struct BodyPace: Sendable {
  /// Before this nobody is called slow.
  var grace: TimeAmount = .seconds(20)
  /// Bytes a second, from the end of the grace on.
  var leastRate = 1024
  var end: TimeAmount = .seconds(300)

  func isTooSlow(_ bytes: Int, after elapsed: TimeAmount) -> Bool {
    if elapsed > end { return true }
    let counted = Double((elapsed - grace).nanoseconds) / 1_000_000_000
    return counted > 0 && Double(bytes) < counted * Double(leastRate)
  }
}

/// What a body is that came too slowly.
struct BodyTooSlow: Error {}

/// Keeps a connection to good manners, between the parser and whoever answers: a body has a least rate
/// and an end, what cannot be read is refused as a `Problem`, and a connection is closed, gently,
/// where the rest of a request is not worth receiving.
final class ConnectionManners: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let pace: BodyPace
  private let log: Logger
  /// Requests whose head came, and answers that are complete.
  private var asked = 0
  private var answered = 0
  /// The last request is not all there.
  private var isReading = false
  private var isAnswering = false
  private var bytes = 0
  private var began = NIODeadline.now()
  private var fault: (any Error)?
  /// The answer under way is the last.
  private var endsHere = false
  private var isLeaving = false
  private var check: Scheduled<Void>?

  init(pace: BodyPace, log: Logger) {
    self.pace = pace
    self.log = log
  }

  func handlerRemoved(context: ChannelHandlerContext) { check?.cancel() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // What still comes is thrown away, so that what was answered arrives.
    if isLeaving { return }
    switch unwrapInboundIn(data) {
    case .head:
      asked += 1
      isReading = true
      bytes = 0
      began = .now()
    case .body(let part): bytes += part.readableBytes
    case .end: isReading = false
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if isLeaving { return context.read() }
    if isReading { watch(context) }
    context.fireChannelReadComplete()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if isLeaving { return }
    fault = error
    // A head that is no request of ours is for the server what one that cannot be parsed is.
    let isUnreadable = error is HTTPParserError || !(asked > answered || error is IOError)
    context.fireErrorCaught(
      isUnreadable && !(error is HTTPParserError) ? HTTPParserError.unknown : error)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if isLeaving {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head):
      isAnswering = true
      if let fault, asked == answered, head.status == .badRequest {
        // The server’s own bare answer to what it could not parse.
        endsHere = true
        refuse(brokenRequest(fault), context, promise)
        return
      }
      if isReading {
        endsHere = true
        head.headerFields[.connection] = "close"
      }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      isAnswering = false
      answered = min(answered + 1, asked)
      guard endsHere else { return context.write(data, promise: promise) }
      context.writeAndFlush(data, promise: promise)
      leave(context)
    }
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard mode == .output, !isLeaving else { return context.close(mode: mode, promise: promise) }
    // Whoever is left with half a connection does not get to keep it.
    let closed = promise ?? context.eventLoop.makePromise()
    closeAfter(closed.futureResult, context)
    context.close(mode: mode, promise: closed)
  }

  /// Head and body of a problem, in English: in what could not be read nobody said a language.
  private func refuse(
    _ problem: Problem, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?
  ) {
    let id = newRequestID()
    let document = problem.document(in: .en, request: id)
    let data = (try? JSON.data(of: document)) ?? .init()
    let head = HTTPResponse(
      status: .init(code: problem.status),
      headerFields: [
        .contentType: "application/problem+json", .contentLanguage: "en",
        .cacheControl: "no-store", .contentLength: String(data.count), .connection: "close",
      ])
    log.info("- - \(problem.status)", metadata: ["id": "\(id)"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(ByteBuffer(bytes: data))), promise: promise)
  }

  private func watch(_ context: ChannelHandlerContext) {
    guard check == nil else { return }
    check = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(500)) {
      self.check = nil
      guard self.isReading, !self.isLeaving else { return }
      // Only whoever we wait for can be slow, not who waits for us.
      if self.asked != self.answered + 1 { self.began = .now() }
      guard self.pace.isTooSlow(self.bytes, after: .now() - self.began) else {
        return self.watch(context)
      }
      if !self.isAnswering {
        self.refuse(.bodyTooSlow, context, nil)
        context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
      }
      self.leave(context)
      context.fireErrorCaught(BodyTooSlow())
    }
  }

  /// Ends the connection so that what was said arrives: our side first, then, with what still comes
  /// unread, the rest.
  private func leave(_ context: ChannelHandlerContext) {
    guard !isLeaving else { return }
    isLeaving = true
    let closed = context.eventLoop.makePromise(of: Void.self)
    closeAfter(closed.futureResult, context)
    context.close(mode: .output, promise: closed)
    context.read()
  }

  /// Closes the rest a second after our side is closed, which is when all is sent.
  private func closeAfter(_ closed: EventLoopFuture<Void>, _ context: ChannelHandlerContext) {
    closed.assumeIsolated().whenComplete { _ in
      context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
        context.close(mode: .all, promise: nil)
      }
    }
  }
}
