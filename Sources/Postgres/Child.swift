internal import Foundation
internal import Synchronization

/// Takes what a child says, in order, on one thread.
protocol Reader: AnyObject, Sendable {
  func take(_ bytes: UnsafeRawBufferPointer)
}

/// A program of PostgreSQL at work for us.
final class Child: Sendable {
  private let program: String
  private let arguments: [String]
  private let variables: [String: String]
  private let input: Int32?
  private let output: Int32?
  private let reader: (any Reader)?
  private let running: Mutex<State> = Mutex(.idle)

  private enum State {
    case idle
    case at(pid_t)
    case cancelled
  }

  /// - Parameters:
  ///   - input: what it reads, nothing where it is nil.
  ///   - output: where it writes; `reader` has it otherwise.
  init(
    _ program: String, _ arguments: [String], _ variables: [String: String],
    input: Int32? = nil, output: Int32? = nil, reader: (any Reader)? = nil
  ) {
    self.program = program
    self.arguments = arguments
    self.variables = variables
    self.input = input
    self.output = output
    self.reader = reader
  }

  /// Runs it to its end; ends it where the task is cancelled. Throws `PostgresTools.Failure`, or
  /// `CancellationError`.
  func run(_ tool: String) async throws {
    let ended = try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try self.runHere(tool) }) }
      }
    } onCancel: {
      running.withLock { state in
        if case .at(let process) = state { kill(process, SIGTERM) }
        state = .cancelled
      }
    }
    try Task.checkCancellation()
    guard ended.status == 0 else {
      throw PostgresTools.Failure.failed(tool: tool, status: ended.status, says: ended.says)
    }
  }

  private func runHere(_ tool: String) throws -> (status: Int32, says: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    // What it says is looked at by people who may not read the language of this machine.
    process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
      .merging(["LC_MESSAGES": "C", "PGAPPNAME": "parvis"]) { $1 }
    process.standardInput =
      input.map { FileHandle(fileDescriptor: $0, closeOnDealloc: false) } ?? FileHandle.nullDevice
    let pipe = Pipe()
    let complaints = Pipe()
    if let output {
      process.standardOutput = FileHandle(fileDescriptor: output, closeOnDealloc: false)
    } else {
      process.standardOutput = reader == nil ? FileHandle.nullDevice : pipe
    }
    process.standardError = complaints
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try running.withLock { state in
      if case .cancelled = state { throw CancellationError() }
      do {
        try process.run()
      } catch {
        throw PostgresTools.Failure.failed(tool: tool, status: 127, says: "\(error)")
      }
      state = .at(process.processIdentifier)
    }
    // Both are emptied at once: a full one would hold it up.
    let said = Lines()
    let listening = DispatchSemaphore(value: 0)
    let errors = complaints.fileHandleForReading
    Thread.detachNewThread {
      Self.empty(errors, into: said)
      listening.signal()
    }
    if output == nil, let reader { Self.empty(pipe.fileHandleForReading, into: reader) }
    listening.wait()
    ended.wait()
    running.withLock { if case .at = $0 { $0 = .idle } }
    let status =
      process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
    return (status, said.text)
  }

  private static func empty(_ file: FileHandle, into reader: any Reader) {
    let size = 1 << 16
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(file.fileDescriptor, buffer, size)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      reader.take(UnsafeRawBufferPointer(start: buffer, count: count))
    }
  }
}

/// The beginning of what a program says.
final class Lines: Reader {
  private let kept: Mutex<[UInt8]> = Mutex([])

  func take(_ bytes: UnsafeRawBufferPointer) {
    kept.withLock { $0 += bytes.prefix(max(0, 2000 - $0.count)) }
  }

  /// As one line.
  var text: String {
    String(decoding: kept.withLock { $0 }, as: UTF8.self).split(separator: "\n").joined(
      separator: "; ")
  }
}

/// Counts the rows in what `pg_restore --data-only` writes: `COPY schema.table (…) FROM stdin;`, a line a row, `\.`.
final class CopiedRows: Reader {
  private struct State {
    /// The line so far, as far as it tells what it is.
    var line: [UInt8] = []
    var table: String?
    var counts: [String: Int] = [:]
  }
  private let state: Mutex<State> = Mutex(State())

  var counts: [String: Int] { state.withLock { $0.counts } }

  func take(_ bytes: UnsafeRawBufferPointer) {
    state.withLock { state in
      var rest = bytes[...]
      while !rest.isEmpty {
        let end = rest.firstIndex(of: 10)
        state.line += rest[..<(end ?? rest.endIndex)].prefix(max(0, 400 - state.line.count))
        guard let end else { return }
        Self.close(&state)
        rest = rest[(end + 1)...]
      }
    }
  }

  private static func close(_ state: inout State) {
    defer { state.line.removeAll(keepingCapacity: true) }
    if let table = state.table {
      if state.line == Array("\\.".utf8) {
        state.table = nil
      } else {
        state.counts[table, default: 0] += 1
      }
      return
    }
    guard state.line.starts(with: Array("COPY ".utf8)) else { return }
    let text = String(decoding: state.line.dropFirst(5), as: UTF8.self)
    let name = text.split(separator: " (")[0].split(separator: " FROM")[0]
    state.table = name.split(separator: ".").last.map {
      String($0).replacing("\"", with: "")
    }
  }
}
