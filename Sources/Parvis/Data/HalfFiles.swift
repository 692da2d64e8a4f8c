internal import Foundation
internal import Kernel

/// A file in the making under a name that says so (`….part`). Whoever writes it holds it; one that nobody holds
/// was left by a program that died, and goes when the next begins.
final class HalfFiles: Sendable {
  let path: String
  private let file: Int32

  /// Begins an empty file, its owner's alone. Throws a `Problem`.
  init(_ path: String) throws {
    self.path = path
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      throw errno == ENOSPC
        ? StorageError.full.problem
        : Problem.cannotCreate(path, because: String(cString: strerror(errno)))
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0, ftruncate(file, 0) == 0 else {
      throw Problem.cannotCreate(path, because: "another process writes it")
    }
  }

  deinit { close(file) }

  /// It is whole and called otherwise, or nothing came of it.
  func discard() {
    unlink(path)
    unlink(path + ".sha256")
    unlink(path + "-journal")
  }

  /// Takes away what programs that died left half done in a data directory, by who has it to themselves.
  static func sweep(_ directory: DataDirectory) {
    sweep(folder: directory.backups)
    let incoming = directory.files + "/incoming"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: incoming)) ?? [] {
      unlink(incoming + "/" + name)
    }
  }

  /// The same in a folder of backups, in which others may be at work.
  static func sweep(folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasSuffix(".part") {
      let path = folder + "/" + name
      let file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard file >= 0 else { continue }
      defer { close(file) }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else { continue }
      for end in ["", ".sha256", "-journal"] { unlink(path + end) }
    }
  }
}
