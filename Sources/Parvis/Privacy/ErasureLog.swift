internal import Foundation
internal import Kernel

/// Who was erased, outside the database and beside its backups: a backup made before an erasure brings
/// the person back, and the restore takes them out again. It holds ids that lead to nobody, no names.
struct ErasureLog: Sendable {
  struct Entry: Codable, Sendable {
    let at: Instant
    let people: [String]

    var grants: [Grant] { people.compactMap { Grant($0) } }
  }

  static let fileName = "erasures.jsonl"

  let path: String
  /// The folder of the last backup, where the same is noted.
  let beside: @Sendable () -> String?

  init(_ directory: DataDirectory) {
    path = directory.path + "/" + Self.fileName
    beside = {
      LastBackup.of(directory).map { ($0.file as NSString).deletingLastPathComponent }
    }
  }

  /// Writes a line, and waits for the disk. Throws a `Problem`.
  func note(_ grants: [Grant], at now: Instant) throws {
    let entry = Entry(at: now, people: grants.map(\.description))
    let line = [UInt8](try JSON.data(of: entry)) + [10]
    try append(line, to: path)
    // The other copy is a convenience: a folder that is away is no reason to refuse.
    if let folder = beside() { try? append(line, to: folder + "/" + Self.fileName) }
  }

  private func append(_ line: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      throw Problem.cannotCreate(path, because: String(cString: strerror(errno)))
    }
    defer { close(file) }
    let written = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard written == line.count, fsync(file) == 0 else {
      throw Problem.cannotCreate(path, because: String(cString: strerror(errno)))
    }
  }

  /// The lines of a log; none where there is no file. Throws a `Problem` for a line that is none.
  static func entries(in path: String) throws -> [Entry] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return try String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
      try JSON(parsing: String(line)).decoded(as: Entry.self)
    }
  }
}
