internal import Foundation
internal import Kernel

/// Who holds a data directory.
struct Holder: Codable, Sendable {
  let pid: Int32
  /// Where it serves; nil for a command.
  var address: String?
  var socket: String?
}

/// The right to open the database of a data directory: one process at a time has it, since a second
/// writer may corrupt the file. The system takes it back when the process dies, however it dies.
final class DirectoryLock: Sendable {
  private let file: Int32

  private init(file: Int32) { self.file = file }
  deinit { close(file) }

  /// The lock, or nil when another process has it. Throws a `Problem`.
  static func attempt(_ directory: DataDirectory) throws -> DirectoryLock? {
    let file = open(directory.lockFile, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Problem.cannotCreate(
        directory.lockFile, because: String(cString: strerror(errno)))
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      return nil
    }
    let lock = DirectoryLock(file: file)
    try lock.say(Holder(pid: getpid()))
    return lock
  }

  /// Writes down who holds it, for whoever comes second. Throws a `Problem`.
  func say(_ holder: Holder) throws {
    let bytes = [UInt8](try JSON.data(of: holder))
    let written = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    guard written == bytes.count, ftruncate(file, off_t(bytes.count)) == 0 else {
      throw errno == ENOSPC ? StorageError.full.problem : StorageError.readOnly.problem
    }
  }

  /// Who has it, as far as can be read.
  static func holder(of directory: DataDirectory) -> Holder? {
    guard let data = FileManager.default.contents(atPath: directory.lockFile) else { return nil }
    return try? JSONDecoder().decode(Holder.self, from: data)
  }
}
