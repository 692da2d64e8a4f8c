internal import Foundation
internal import Kernel
internal import Synchronization

/// Fields and files as `multipart/form-data`, made piece by piece as they are sent.
final class OutgoingForm: Sendable {
  private enum Piece: Sendable {
    case text(String)
    case file(LocalFile)
  }
  private struct State {
    var pieces: [Piece]
    var handle: FileHandle?
  }
  private let state: Mutex<State>

  /// Throws where a field cannot be written.
  init(fields: JSON?, _ files: [String: LocalFile], boundary: String) throws {
    func head(_ name: String, _ more: String = "") -> String {
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n"
    }
    var pieces: [Piece] = []
    if case .object(let members)? = fields {
      for (name, value) in members.sorted(by: { $0.key < $1.key }) where files[name] == nil {
        pieces.append(.text(head(name) + (try value.text ?? JSON.text(of: value)) + "\r\n"))
      }
    }
    for (field, file) in files.sorted(by: { $0.key < $1.key }) {
      let name = file.name.replacingOccurrences(of: "\"", with: "%22")
      let more = "; filename=\"\(name)\"\r\nContent-Type: application/octet-stream"
      pieces += [.text(head(field, more)), .file(file), .text("\r\n")]
    }
    pieces.append(.text("--\(boundary)--\r\n"))
    state = Mutex(State(pieces: pieces))
  }

  /// The next piece; nil at the end. Throws what reading throws.
  func next() throws -> Data? {
    try state.withLock { state in
      while true {
        if let handle = state.handle {
          if let part = try handle.read(upToCount: 1 << 16), !part.isEmpty { return part }
          state.handle = nil
        }
        guard !state.pieces.isEmpty else { return nil }
        switch state.pieces.removeFirst() {
        case .text(let text): return Data(text.utf8)
        case .file(let file):
          guard let handle = FileHandle(forReadingAtPath: file.path) else {
            throw StorageError.last
          }
          state.handle = handle
        }
      }
    }
  }
}
