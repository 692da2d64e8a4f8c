internal import Foundation
internal import Kernel

/// The folder an instance lives in. Nothing of it is anywhere else but, where its path is too long
/// for a socket, the socket.
struct DataDirectory: Sendable {
  let path: String

  var database: String { path + "/parvis.sqlite" }
  /// Where the URL of its database is, when that is on PostgreSQL.
  var databaseAddress: String { path + "/parvis.database" }
  var lockFile: String { path + "/parvis.lock" }
  /// Who serves it in that place, where several servers do.
  func place(_ number: Int) -> String { "\(path)/parvis.server-\(number)" }
  var mailbox: String { path + "/mailbox" }
  var reports: String { path + "/reports" }
  /// Secrets that sign letters, a file each.
  var keys: String { path + "/keys" }
  /// What people handed in, by its contents.
  var files: String { path + "/files" }
  var backups: String { path + "/backups" }

  init(path: String) {
    let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    self.path = URL(fileURLWithPath: whole).standardizedFileURL.path
  }

  /// `--data`, then `PARVIS_DATA`, then the configuration file, then `./parvis-data`. Throws a `Problem`
  /// where what is configured is wrong, whatever of it is needed.
  static func chosen(_ option: String?) throws -> DataDirectory {
    let configured = try ServerConfiguration().data
    return DataDirectory(path: option.flatMap { $0.isEmpty ? nil : $0 } ?? configured)
  }

  var isInitialised: Bool {
    [database, databaseAddress].contains { FileManager.default.fileExists(atPath: $0) }
  }

  /// Creates what is missing of the folder, for its owner alone. Throws a `Problem`.
  func create() throws {
    for folder in [path, mailbox, reports, files, backups] {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      } catch {
        throw Problem.cannotCreate(folder, because: lastReason(error))
      }
    }
  }

  /// Whether a path leads to this folder or into it, by whatever way.
  func holds(_ other: String) -> Bool {
    let (own, given) = (Self.real(path), Self.real(other))
    return given == own || given.hasPrefix(own == "/" ? own : own + "/")
  }

  /// The folders in which everything is ours: what is read, moved or written there by mistake is lost or
  /// swallowed.
  func isOwnFolder(_ other: String) -> Bool {
    [mailbox, reports, files, keys].contains { DataDirectory(path: $0).holds(other) }
  }

  /// Without links, as far as it is there.
  private static func real(_ path: String) -> String {
    var (there, rest) = (URL(fileURLWithPath: path).standardizedFileURL.path, [String]())
    while !there.isEmpty, there != "/" {
      if let found = realpath(there, nil) {
        defer { free(found) }
        return ([String(cString: found)] + rest.reversed()).joined(separator: "/")
      }
      rest.append((there as NSString).lastPathComponent)
      there = (there as NSString).deletingLastPathComponent
    }
    return "/" + rest.reversed().joined(separator: "/")
  }

  /// Throws a `Problem` unless `parvis init` has been here.
  func requireInitialised() throws {
    guard isInitialised else { throw Problem.noData(path) }
  }

  /// Where the server in that place listens for its owner. A socket's path holds 107 bytes at most, so that of a
  /// deep folder is in the temporary folder, in a folder of the owner's own.
  func socketPath(ofPlace number: Int = 1) throws -> String {
    let usual = path + (number == 1 ? "/parvis.sock" : "/parvis-\(number).sock")
    guard usual.utf8.count > 100 else { return usual }
    let folder = "/tmp/parvis-\(getuid())"
    if mkdir(folder, 0o700) != 0 {
      var status = stat()
      guard lstat(folder, &status) == 0, status.st_uid == getuid(),
        status.st_mode & S_IFMT == S_IFDIR, status.st_mode & 0o077 == 0
      else { throw Problem.cannotCreate(folder, because: "it is somebody else’s") }
    }
    let hash = usual.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return "\(folder)/\(String(hash, radix: 36)).sock"
  }
}

/// The system's own short reason behind a Foundation error.
func lastReason(_ error: any Error) -> String {
  let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
  if let code = underlying?.code, let text = strerror(Int32(code)) { return String(cString: text) }
  return (error as NSError).localizedDescription
}

extension Problem {
  static func noData(_ path: String) -> Problem {
    Problem(
      "data/missing", status: 503, title: Words(en: "No data here", fr: "Pas de données ici"),
      detail: Words(
        en: "\(path) holds no Parvis data.", fr: "\(path) ne contient pas de données Parvis."),
      advice: Words(
        en:
          "Name the right folder with --data or PARVIS_DATA, or make one: parvis init --data \(path)",
        fr:
          "Indiquez le bon dossier avec --data ou PARVIS_DATA, ou créez-le : parvis init --data \(path)"
      ))
  }

  static func cannotCreate(_ path: String, because reason: String) -> Problem {
    Problem(
      "data/cannot-create", status: 503,
      title: Words(en: "Cannot be written", fr: "Écriture impossible"),
      detail: Words(
        en: "\(path) cannot be written (\(reason)); nothing was changed.",
        fr: "\(path) n’est pas modifiable (\(reason)) ; rien n’a changé."),
      advice: Words(
        en: "Check who owns the folder and whether the disk is mounted read-only or full.",
        fr: "Vérifiez à qui est le dossier, et si le disque est en lecture seule ou plein."))
  }

  static func held(_ path: String, by holder: Holder?) -> Problem {
    let who = holder.map { holder in
      let machine = holder.isHere ? nil : holder.host
      return Words(
        en: "process \(holder.pid)" + (machine.map { " on \($0)" } ?? "")
          + (holder.address.map { ", serving at \($0)" } ?? ""),
        fr: "le processus \(holder.pid)" + (machine.map { " sur \($0)" } ?? "")
          + (holder.address.map { ", qui sert \($0)" } ?? ""))
    }
    return Problem(
      "data/held", status: 503, title: Words(en: "Already in use", fr: "Déjà utilisé"),
      detail: Words(
        en: "\(path) is held by \(who?.en ?? "another process").",
        fr: "\(path) est tenu par \(who?.fr ?? "un autre processus")."),
      advice: Words(
        en:
          "Two servers share a folder only with their data on PostgreSQL: stop the other one, or name another with --data.",
        fr:
          "Deux serveurs ne partagent un dossier qu’avec leurs données sur PostgreSQL : arrêtez l’autre, ou indiquez-en un autre avec --data."
      ))
  }
}
