internal import Kernel
internal import Logging
internal import ServiceLifecycle

/// Wakes the worker; a ring while it works is kept, several are one.
struct Bell: Sendable {
  let rings: AsyncStream<Void>
  private let source: AsyncStream<Void>.Continuation

  init() {
    (rings, source) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func ring() { source.yield() }
}

/// Delivers events as soon as they are there, and does periodic work, where no other server does it for all. What
/// it has begun it finishes before the server ends.
struct Worker: Service {
  let platform: Platform
  let bell: Bell
  let log: Logger

  func run() async throws {
    let ticking = Task {
      while !Task.isCancelled {
        bell.ring()
        try? await Task.sleep(for: .seconds(1))
      }
    }
    defer { ticking.cancel() }
    // Side by side: a mail server that is slow to answer holds no event up.
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await work("events", at: bell.rings) { try await deliver() } }
      group.addTask {
        let clock = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let ticking = Task {
          while !Task.isCancelled {
            clock.continuation.yield()
            try? await Task.sleep(for: .seconds(1))
          }
        }
        defer { ticking.cancel() }
        await work("jobs", at: clock.stream) {
          try await platform.runDueJobs()
          // A job may have said something.
          bell.ring()
        }
      }
    }
  }

  /// Does `round` at each ring until the server ends.
  private func work(
    _ what: String, at rings: AsyncStream<Void>, _ round: () async throws -> Void
  ) async {
    var failing = false
    for await _ in rings.cancelOnGracefulShutdown() {
      do {
        try await round()
        failing = false
      } catch {
        // Said once per outage: it is tried again every second.
        if !failing {
          log.error(
            "the worker could not work", metadata: ["at": "\(what)", "error": "\(loggable(error))"])
        }
        failing = true
      }
    }
  }

  private func deliver() async throws {
    repeat {
      guard try await platform.deliverEvents(limit: 50) == 50 else { break }
    } while !Task.isShuttingDownGracefully
  }
}

/// Takes in what other programs set for all.
struct ListeningPost: Service {
  let instance: Instance
  let bell: Bell

  func run() async throws {
    for await _ in bell.rings.cancelOnGracefulShutdown() {
      // What cannot be read now is read at the next commit.
      try? await instance.heedSettings()
    }
  }
}

/// Work that goes on behind requests and events: told to end with the server, and waited for.
struct Backroom: Service {
  let workroom: Workroom

  func run() async throws {
    try? await gracefulShutdown()
    await workroom.close()
  }
}
