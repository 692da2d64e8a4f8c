internal import Foundation
internal import Kernel
internal import Synchronization

/// Who holds a data directory, or a place in it.
struct Holder: Codable, Sendable {
  let pid: Int32
  /// The machine it runs on; nil in what earlier programs wrote.
  var host: String? = ownHost
  /// Where it serves; nil for a command.
  var address: String?
  var socket: String?

  /// Whether a process of this machine reaches it by its socket.
  var isHere: Bool { host == nil || host == ownHost }
}

/// What this machine is called.
let ownHost = ProcessInfo.processInfo.hostName

/// The right to open the database of a data directory. A command, and a server whose data are in a file, have it
/// alone: a second writer may corrupt the file. The servers of data that are on PostgreSQL have it together, each
/// with a place of its own. The system takes it back when the process dies, however it dies.
final class DirectoryLock: Sendable {
  private let file: Int32
  private let place: Mutex<ServerPlace?>

  private init(file: Int32, place: ServerPlace? = nil) {
    self.file = file
    self.place = Mutex(place)
  }
  deinit { close(file) }

  /// The lock for this process alone, or nil while another has it. Throws a `Problem`.
  static func attempt(_ directory: DataDirectory) throws -> DirectoryLock? {
    guard let file = try locked(directory.lockFile, LOCK_EX) else { return nil }
    let lock = DirectoryLock(file: file)
    try lock.say(Holder(pid: getpid()))
    return lock
  }

  /// The lock beside other servers, or nil while somebody has it alone or every place is taken. Throws a `Problem`.
  static func join(_ directory: DataDirectory) throws -> DirectoryLock? {
    guard let file = try locked(directory.lockFile, LOCK_SH) else { return nil }
    let lock = DirectoryLock(file: file)
    return try lock.takePlace(in: directory) ? lock : nil
  }

  private func takePlace(in directory: DataDirectory) throws -> Bool {
    for number in 1...ServerPlace.most {
      guard let taken = try ServerPlace(number, in: directory) else { continue }
      place.withLock { $0 = taken }
      try say(Holder(pid: getpid()))
      return true
    }
    return false
  }

  /// Whether others may be at work beside this process.
  var isShared: Bool { place.withLock { $0 != nil } }

  /// Where the server listens for its owner. Throws a `Problem`.
  func socketPath(in directory: DataDirectory) throws -> String {
    try directory.socketPath(ofPlace: place.withLock { $0?.number } ?? 1)
  }

  /// Writes down who holds it, for whoever comes second. Throws a `Problem`.
  func say(_ holder: Holder) throws {
    let bytes = [UInt8](try JSON.data(of: holder))
    let file = place.withLock { $0?.file } ?? file
    let written = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    guard written == bytes.count, ftruncate(file, off_t(bytes.count)) == 0 else {
      throw errno == ENOSPC ? StorageError.full.problem : StorageError.readOnly.problem
    }
  }

  /// Who has it, as far as can be read: of several servers one that this machine reaches, where there is one.
  static func holder(of directory: DataDirectory) -> Holder? {
    let servers = servers(of: directory)
    if let server = servers.first(where: { $0.isHere && $0.socket != nil }) ?? servers.first {
      return server
    }
    return holder(in: directory.lockFile)
  }

  /// The servers that share it.
  static func servers(of directory: DataDirectory) -> [Holder] {
    (1...ServerPlace.most).compactMap { number in
      let path = directory.place(number)
      // Who has it has locked it.
      let file = open(path, O_RDWR | O_CLOEXEC)
      guard file >= 0 else { return nil }
      defer { close(file) }
      guard flock(file, LOCK_SH | LOCK_NB) != 0 else { return nil }
      return holder(in: path)
    }
  }

  private static func holder(in path: String) -> Holder? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try? JSONDecoder().decode(Holder.self, from: data)
  }

  /// The file at `path`, locked; nil where another has it. Throws a `Problem`.
  fileprivate static func locked(_ path: String, _ way: Int32) throws -> Int32? {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Problem.cannotCreate(path, because: String(cString: strerror(errno)))
    }
    guard flock(file, way | LOCK_NB) == 0 else {
      close(file)
      return nil
    }
    return file
  }
}

/// One of the places for servers that share a data directory.
private final class ServerPlace: Sendable {
  /// More servers than this would only wait for each other.
  static let most = 16

  let number: Int
  let file: Int32

  /// Nil where another server has it. Throws a `Problem`.
  init?(_ number: Int, in directory: DataDirectory) throws {
    guard let file = try DirectoryLock.locked(directory.place(number), LOCK_EX) else { return nil }
    self.number = number
    self.file = file
  }

  deinit { close(file) }
}
