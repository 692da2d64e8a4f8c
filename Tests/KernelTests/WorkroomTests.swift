import Kernel
import Synchronization
import Testing

/// Work that goes on behind what asked for it.
@Suite struct WorkroomTests {
  private final class Log: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func note(_ line: String) { lines.withLock { $0.append(line) } }
  }

  /// Opened once; whoever waits goes on then.
  private final class Gate: Sendable {
    private let stream = AsyncStream<Void>.makeStream()
    func open() { stream.continuation.finish() }
    func wait() async { for await _ in stream.stream {} }
  }

  @Test func `work of one kind is done one after the other, and none twice at once`() async {
    let (room, log, gate) = (Workroom(), Log(), Gate())
    #expect(
      room.begin("backups", 1) {
        await gate.wait()
        log.note("first")
      })
    #expect(!room.begin("backups", 1) { log.note("again") })
    #expect(room.begin("backups", 2) { log.note("second") })
    #expect(room.begin("other", 1) { log.note("beside") })
    await room.rest("other")
    #expect(log.all == ["beside"])
    gate.open()
    await room.rest("backups")
    #expect(log.all == ["beside", "first", "second"])
    #expect(room.begin("backups", 1) { log.note("anew") })
    await room.rest("backups")
    #expect(log.all.last == "anew")
  }

  @Test func `closed, it ends what is at work, waits for it, and begins nothing more`() async {
    let (room, log, begun) = (Workroom(), Log(), Gate())
    room.begin("backups", 1) {
      begun.open()
      while !Task.isCancelled { await Task.yield() }
      log.note("tidied up")
    }
    room.begin("backups", 2) { log.note("never") }
    await begun.wait()
    await room.close()
    #expect(log.all == ["tidied up"])
    #expect(!room.begin("backups", 3) { log.note("late") })
  }
}
