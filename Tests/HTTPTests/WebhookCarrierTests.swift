import Hummingbird
import Logging
import NIOCore
@testable import ParvisApp
import Synchronization
import Testing

private final class Count: Sendable {
  let bytes = Mutex(0)
}

/// What becomes of a message when its receiver behaves badly, over a real connection.
@Suite struct WebhookCarrierTests {
  @Test func `whoever answers by the byte is left after a while, and the status counts`()
    async throws
  {
    let written = Count()
    let router = Router()
    router.post("/hook") { _, _ in
      Response(
        status: .accepted,
        body: ResponseBody { writer in
          for _ in 0..<HTTPWebhookCarrier.mostRead {
            try await writer.write(ByteBuffer(string: "x"))
            written.bytes.withLock { $0 += 1 }
            try await Task.sleep(for: .milliseconds(50))
          }
          try await writer.finish(nil)
        })
    }
    var logger = Logger(label: "receiver")
    logger.logLevel = .critical
    let (ports, port) = AsyncStream<Int>.makeStream()
    let receiver = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
    let serving = Task { try await receiver.run() }
    defer { serving.cancel() }
    var found = ports.makeAsyncIterator()
    let at = try #require(await found.next())
    let outcome = await HTTPWebhookCarrier(patienceForBody: .milliseconds(400)).post(
      Array("{}".utf8), to: "http://127.0.0.1:\(at)/hook", [], allowingPrivate: true)
    #expect(outcome.status == 202 && outcome.isDelivered)
    #expect(outcome.answer.hasPrefix("x"))
    #expect(written.bytes.withLock { $0 } < HTTPWebhookCarrier.mostRead)
  }
}
