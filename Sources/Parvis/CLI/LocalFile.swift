internal import Foundation
internal import Kernel

/// A file of this machine that a command names. Its path never leaves: it is taken in before the use case is
/// performed here, and its bytes are sent where a server performs it.
struct LocalFile: Sendable {
  let path: String

  private static let scheme = "local:"

  /// Throws a `Problem` where there is no such file.
  init(naming path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      access(path, R_OK) == 0
    else {
      throw Problem.usage(
        en: "\(path) is no file that can be read.", fr: "\(path) n’est pas un fichier lisible.")
    }
    self.path = path
  }

  private init(path: String) { self.path = path }

  /// How it stands in an input on this side: what no server takes for anything.
  var text: String { Self.scheme + path }

  var name: String { (path as NSString).lastPathComponent }

  var bytes: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The files an input names, by field.
  static func all(in input: JSON, of endpoint: Endpoint) -> [String: LocalFile] {
    var found: [String: LocalFile] = [:]
    for property in endpoint.input().properties where property.schema.isFile {
      if let text = input[property.name]?.text, text.hasPrefix(scheme) {
        found[property.name] = LocalFile(path: String(text.dropFirst(scheme.count)))
      }
    }
    return found
  }

  /// Piece by piece. Throws what reading throws.
  func read(_ take: (Data) async throws -> Void) async throws {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw StorageError.last }
    while let part = try handle.read(upToCount: 1 << 16), !part.isEmpty { try await take(part) }
  }
}

/// Where a command puts a file that it is answered with: never over another one.
struct Landing: Sendable {
  /// What was asked for with `--to`: a path, a folder, or `-` for standard output.
  let to: String?

  /// Throws a `Problem` where something is there already.
  func path(for name: FileName) throws -> String? {
    if to == "-" { return nil }
    var path = to ?? name.description
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      path += "/" + name.description
    }
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Problem.usage(
        en: "\(path) is there already.", fr: "\(path) existe déjà.",
        adviceEn: "Name another with --to.", adviceFr: "Indiquez un autre nom avec --to.")
    }
    return path
  }

  /// Opens what is written to. Throws a `Problem`.
  func open(for name: FileName) throws -> (handle: FileHandle, path: String?) {
    guard let path = try path(for: name) else { return (.standardOutput, nil) }
    let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Problem.cannotCreate(path, because: String(cString: strerror(errno)))
    }
    return (FileHandle(fileDescriptor: descriptor, closeOnDealloc: true), path)
  }
}
