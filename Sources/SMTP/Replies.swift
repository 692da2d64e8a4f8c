internal import NIOCore
internal import Synchronization

/// Where the channel leaves replies, and the dialogue takes them, in order.
final class Replies: Sendable {
  private struct State {
    var arrived: [SMTPReply] = []
    var end: SMTPFailure?
    var waiting: CheckedContinuation<SMTPReply, any Error>?
  }
  private let state = Mutex(State())

  func receive(_ reply: SMTPReply) {
    let waiting = state.withLock { state in
      if state.waiting == nil { state.arrived.append(reply) }
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(returning: reply)
  }

  /// Nothing comes any more; the first reason holds.
  func end(_ failure: SMTPFailure) {
    let waiting = state.withLock { state in
      if state.end == nil { state.end = failure }
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(throwing: failure)
  }

  var hasEnded: Bool { state.withLock { $0.end != nil } }
  /// Whether something was said that nobody has asked for.
  var isAhead: Bool { state.withLock { !$0.arrived.isEmpty } }

  /// The next reply; throws `SMTPFailure` when none will come.
  func next() async throws -> SMTPReply {
    try await withCheckedThrowingContinuation { continuation in
      let ready: Result<SMTPReply, any Error>? = state.withLock { state in
        if !state.arrived.isEmpty { return .success(state.arrived.removeFirst()) }
        if let end = state.end { return .failure(end) }
        state.waiting = continuation
        return nil
      }
      if let ready { continuation.resume(with: ready) }
    }
  }
}

/// Turns the bytes of a channel into replies.
final class ReplyHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let replies: Replies
  private var parser = ReplyParser()

  init(_ replies: Replies) { self.replies = replies }

  /// Whether every byte so far belonged to a whole reply.
  var isBetweenReplies: Bool { parser.isEmpty }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    do {
      let bytes = unwrapInboundIn(data)
      for reply in try parser.take(bytes.readableBytesView) { replies.receive(reply) }
    } catch {
      replies.end(error as? SMTPFailure ?? .lost("\(error)"))
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    replies.end(.lost("the server closed the connection"))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    replies.end(.lost("the connection failed: \(error)"))
    context.close(promise: nil)
  }
}
