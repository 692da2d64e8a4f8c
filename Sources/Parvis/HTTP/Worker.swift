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

/// Delivers events as soon as they are there, and does periodic work. What it has begun it finishes
/// before the server ends.
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
    var failing = false
    for await _ in bell.rings.cancelOnGracefulShutdown() {
      do {
        try await round()
        failing = false
      } catch {
        // Said once per outage: the worker tries again every second.
        if !failing { log.error("the worker could not work", metadata: ["error": "\(error)"]) }
        failing = true
      }
    }
  }

  private func round() async throws {
    repeat {
      guard try await platform.deliverEvents(limit: 50) == 50 else { break }
    } while !Task.isShuttingDownGracefully
    if !Task.isShuttingDownGracefully { try await platform.runDueJobs() }
    // A job may have said something.
    if !Task.isShuttingDownGracefully { try await platform.deliverEvents(limit: 50) }
  }
}
