internal import Crypto
internal import Foundation
internal import Kernel
internal import Synchronization

/// Keeps files in the data directory by their contents: `files/ab/ab12…`, equal contents once. What comes in
/// waits in `files/incoming/` until a use case keeps it.
final class FileVault: FileStore {
  let folder: String
  private let limit: @Sendable () async throws -> Int
  /// What waits in this process, by the ticket that stands for it.
  private let waiting = Mutex<[String: [StagedFile]]>([:])
  /// Makes tickets that nobody else can write; the instance's, so that the same file has the same ticket
  /// after a restart, and a command that comes again under its key is known.
  private let secret: Mutex<SymmetricKey?> = Mutex(nil)
  /// Where it is kept; nil for one that is this process's alone.
  private let secretPath: String?
  /// What came with the input of a command itself, and may be named by no row yet.
  private let young = Mutex<[ContentHash: ContinuousClock.Instant]>([:])

  /// `keys` is the folder of the instance's secrets; `limit` says how many bytes a file may have.
  init(
    folder: String, keys: String? = nil, limit: @escaping @Sendable () async throws -> Int
  ) {
    self.folder = folder
    secretPath = keys.map { $0 + "/files.secret" }
    self.limit = limit
  }

  private func ticket(for said: Data) throws -> String {
    try secret.withLock { known in
      let key = try known ?? (secretPath.map(Self.secret) ?? SymmetricKey(size: .bits256))
      known = key
      return hexadecimal(HMAC<SHA256>.authenticationCode(for: said, using: key))
    }
  }

  /// The secret at `path`, made where there is none. Throws `StorageError`.
  private static func secret(at path: String) throws -> SymmetricKey {
    func known() -> SymmetricKey? {
      FileManager.default.contents(atPath: path).flatMap { data in
        data.count == 32 ? SymmetricKey(data: data) : nil
      }
    }
    if let key = known() { return key }
    // One that is damaged makes room.
    if FileManager.default.contents(atPath: path) != nil { unlink(path) }
    let key = SymmetricKey(size: .bits256)
    do {
      try makeFolder((path as NSString).deletingLastPathComponent)
      // Another server may make one in the same moment: the first is that of all.
      let isFirst = try WholeFile.create(
        key.withUnsafeBytes { [UInt8]($0) }, at: path, permissions: 0o600, syncing: true)
      guard !isFirst else { return key }
      guard let key = known() else { throw StorageError.unavailable(path) }
      return key
    } catch let failure as WholeFile.Failure {
      throw failure.code == ENOSPC ? StorageError.full : .unavailable(failure.description)
    }
  }

  private var incoming: String { folder + "/incoming" }

  func path(of content: ContentHash) -> String {
    "\(folder)/\(content.description.prefix(2))/\(content)"
  }

  // MARK: Taking in

  /// Begins to take a file in. Throws a `Problem` or `StorageError`.
  func begin(_ name: String?) async throws -> FileIntake {
    guard let name = name.flatMap(FileName.init) else {
      throw Problem.invalid("file", en: "has no name", fr: "n’a pas de nom")
    }
    let limit = try await limit()
    for path in [folder, incoming] { try Self.makeFolder(path) }
    let path = "\(incoming)/\(UUID().uuidString)"
    return try FileIntake(name: name, path: path, limit: limit)
  }

  /// What was taken in waits to be kept: a ticket stands for it in the input of a use case. Throws a
  /// `Problem` about `file` for what is not taken.
  func stage(_ intake: FileIntake) throws -> StagedFile {
    let (path, hash, count) = try intake.finish()
    do {
      let name = intake.name
      let type = try FileType.checked(try Self.bytes(at: path, count: count), named: name)
      let file = KeptFile(name: name, type: type, bytes: count, content: hash)
      // The same for the same file, so that a command that comes twice under a key is known.
      let said = Data("\(hash)/\(name)".utf8)
      let ticket = try ticket(for: said)
      let staged = StagedFile(ticket: ticket, file: file, path: path)
      waiting.withLock { $0[ticket, default: []].append(staged) }
      return staged
    } catch {
      unlink(path)
      throw error
    }
  }

  /// The request is over: what no use case kept goes.
  func discard(_ staged: StagedFile) {
    waiting.withLock { waiting in
      waiting[staged.ticket]?.removeAll { $0.path == staged.path }
      if waiting[staged.ticket]?.isEmpty == true { waiting[staged.ticket] = nil }
      unlink(staged.path)
    }
  }

  func keep(_ upload: Upload) async throws -> KeptFile {
    switch upload {
    case .ticket(let ticket):
      return try waiting.withLock { waiting in
        guard let staged = waiting[ticket]?.last else {
          throw Problem.invalid(
            "file", en: "did not come along: send it again",
            fr: "n’est pas arrivé : renvoyez-le")
        }
        return try settle(staged)
      }
    case .inline(let name, let data):
      let intake = try await begin(name.description)
      try intake.take(data)
      let staged = try stage(intake)
      defer { discard(staged) }
      young.withLock { $0[staged.file.content] = .now }
      return try waiting.withLock { _ in try settle(staged) }
    }
  }

  /// Puts it where it stays, so that it survives a power cut. Under the lock: nothing is pruned meanwhile.
  private func settle(_ staged: StagedFile) throws -> KeptFile {
    let lock = try lockedFolder()
    defer { close(lock) }
    let target = path(of: staged.file.content)
    let parent = (target as NSString).deletingLastPathComponent
    var status = stat()
    if access(staged.path, F_OK) == 0 {
      // Also where there is one already: it may be damaged, this one was just hashed.
      try Self.makeFolder(parent)
      utimensat(AT_FDCWD, staged.path, nil, 0)
      guard rename(staged.path, target) == 0 else { throw StorageError.last }
      try Self.sync(folder: parent)
      try Self.sync(folder: folder)
    } else if stat(target, &status) == 0, status.st_size == staged.file.bytes {
      // It is young again: pruning leaves it alone until a row names it.
      utimensat(AT_FDCWD, target, nil, 0)
    } else {
      throw StorageError.unavailable(target)
    }
    return staged.file
  }

  /// The folder of contents, locked against other servers until it is closed. Throws `StorageError`.
  private func lockedFolder() throws -> Int32 {
    let file = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw StorageError.last }
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else {
        defer { close(file) }
        throw StorageError.last
      }
    }
    return file
  }

  // MARK: Handing out

  /// Opens contents to be read. Throws a `Problem` where they are not there.
  func open(_ file: SentFile) throws -> FileHandle {
    let path = path(of: file.content)
    var status = stat()
    guard stat(path, &status) == 0, status.st_size == file.bytes,
      let handle = FileHandle(forReadingAtPath: path)
    else { throw Problem.fileMissing(file.name) }
    return handle
  }

  /// Whether contents are there and are what their hash says. Throws what reading throws.
  func isWhole(_ content: ContentHash) throws -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path(of: content)) else { return false }
    var hash = SHA256()
    while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty { hash.update(data: part) }
    return hexadecimal(hash.finalize()) == content.description
  }

  // MARK: Taking away

  func remove(_ content: ContentHash) async throws {
    waiting.withLock { _ in _ = unlink(path(of: content)) }
  }

  /// Takes contents away that came or were asked for before `moment`; says whether it did.
  func remove(_ content: ContentHash, untouchedSince moment: Date) -> Bool {
    waiting.withLock { _ in
      guard let lock = try? lockedFolder() else { return false }
      defer { close(lock) }
      let path = path(of: content)
      var status = stat()
      guard stat(path, &status) == 0, Self.time(status) < moment else { return false }
      return unlink(path) == 0
    }
  }

  /// What a request that is not over may be about to name: what waits, and what came a moment ago.
  func coming() -> Set<ContentHash> {
    let waits = waiting.withLock { Set($0.values.joined().map(\.file.content)) }
    return young.withLock { young in
      young = young.filter { ContinuousClock.now - $0.value < .seconds(60) }
      return waits.union(young.keys)
    }
  }

  /// What a process that died has left half taken in.
  func sweepIncoming(before moment: Date) {
    for name in regularFiles(below: incoming) {
      var status = stat()
      let path = incoming + "/" + name
      if stat(path, &status) == 0, Self.time(status) < moment { unlink(path) }
    }
  }

  /// Everything that is kept.
  func contents() -> [ContentHash] {
    regularFiles(below: folder).compactMap { name in
      ContentHash((name as NSString).lastPathComponent).flatMap {
        name == "\($0.description.prefix(2))/\($0)" ? $0 : nil
      }
    }
  }

  // MARK: Files

  private static func time(_ status: stat) -> Date {
    Date(
      timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
  }

  private static func bytes(at path: String, count: Int) throws -> FileBytes {
    FileBytes(count: count) { at, wanted in
      guard let handle = FileHandle(forReadingAtPath: path) else { throw StorageError.last }
      try handle.seek(toOffset: UInt64(at))
      return [UInt8](try handle.read(upToCount: wanted) ?? Data())
    }
  }

  private static func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw StorageError.last }
  }

  private static func sync(folder path: String) throws {
    let folder = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw StorageError.last }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw StorageError.last }
  }
}

/// A file that came with a request and waits to be kept.
struct StagedFile: Sendable {
  let ticket: String
  let file: KeptFile
  let path: String

  var upload: Upload { .ticket(ticket) }
}

extension StorageError {
  /// Why the system refused, just now.
  static var last: StorageError {
    switch errno {
    case ENOSPC, EDQUOT: .full
    case EROFS, EACCES, EPERM: .readOnly
    default: .unavailable(String(cString: strerror(errno)))
    }
  }
}

extension Problem {
  static func fileMissing(_ name: FileName) -> Problem {
    Problem(
      "files/missing", status: 410,
      title: Words(en: "The file is gone", fr: "Le fichier a disparu"),
      detail: Words(
        en: "The contents of “\(name)” are not there any more.",
        fr: "Le contenu de « \(name) » n’est plus là."),
      advice: Words(
        en: "Ask for it to be handed in again. For the administrator: parvis files check",
        fr: "Demandez qu’il soit remis à nouveau. Pour l’administrateur : parvis files check"))
  }

  static func fileTooLarge(_ limit: Int) -> Problem {
    let most = limit >> 20
    return invalid(
      "file", en: "is larger than \(most) MiB, which is the most that is taken",
      fr: "dépasse \(most) Mio, le maximum accepté")
  }
}
