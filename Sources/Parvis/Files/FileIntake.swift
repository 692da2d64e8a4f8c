internal import Crypto
internal import Foundation
internal import Kernel
internal import Synchronization

/// A file as it comes in, piece by piece: written where it waits, hashed on the way.
final class FileIntake: Sendable {
  let name: FileName
  private let path: String
  private let limit: Int
  private let state: Mutex<State>

  private struct State {
    var handle: FileHandle?
    var hash = SHA256()
    var count = 0
    var isTooLarge = false
  }

  /// Throws `StorageError`.
  init(name: FileName, path: String, limit: Int) throws {
    self.name = name
    self.path = path
    self.limit = limit
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StorageError.last }
    state = Mutex(State(handle: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)))
  }

  deinit { if state.withLock({ $0.handle != nil }) { unlink(path) } }

  /// Takes the next piece. What is beyond the limit is not written, so that a form can say so at its field.
  func take(_ data: Data) throws {
    try state.withLock { state in
      state.count += data.count
      guard state.count <= limit else {
        state.isTooLarge = true
        return
      }
      state.hash.update(data: data)
      do { try state.handle?.write(contentsOf: data) } catch { throw StorageError.last }
    }
  }

  /// The whole of it on the disk. Throws a `Problem` for what was too large.
  func finish() throws -> (path: String, hash: ContentHash, count: Int) {
    try state.withLock { state in
      guard !state.isTooLarge else { throw Problem.fileTooLarge(limit) }
      guard let hash = ContentHash(hexadecimal(state.hash.finalize())), let handle = state.handle
      else { throw StorageError.last }
      guard fsync(handle.fileDescriptor) == 0 else { throw StorageError.last }
      try handle.close()
      // It is somebody else's from here on.
      state.handle = nil
      return (path, hash, state.count)
    }
  }
}
