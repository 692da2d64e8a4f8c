public import Foundation

/// Writes files whole or not at all, and never puts a file in the place of something else: a device,
/// a pipe, a socket or a link is written through, a folder is refused.
public enum WholeFile {
  /// Why a file could not be written, in the system's own words.
  public struct Failure: LocalizedError, CustomStringConvertible {
    /// The system's error number.
    public let code: Int32
    public var description: String { String(cString: strerror(code)) }
    public var errorDescription: String? { description }
  }

  /// Puts `bytes` at `path`. A regular file, or none, is replaced in one step, so that a reader finds
  /// the old or the new; what is no regular file is written through. `syncing` waits for the disk.
  /// Throws `Failure`.
  public static func write(
    _ bytes: some Collection<UInt8>, to path: String, permissions: mode_t = 0o644,
    syncing: Bool = false
  ) throws {
    guard isReplaceable(path) else {
      return try fill(path, O_WRONLY | O_CLOEXEC | O_TRUNC, permissions, Array(bytes), syncing)
    }
    try fillBeside(path, permissions, bytes, syncing) { beside in
      guard rename(beside, path) == 0 else { throw Failure(code: errno) }
    }
  }

  /// Puts `bytes` at `path` where nothing is; says whether that was so. Of several who do it at once one is the
  /// first. Throws `Failure`.
  public static func create(
    _ bytes: some Collection<UInt8>, at path: String, permissions: mode_t = 0o644,
    syncing: Bool = false
  ) throws -> Bool {
    try fillBeside(path, permissions, bytes, syncing) { beside in
      defer { unlink(beside) }
      guard link(beside, path) != 0 else { return true }
      guard errno == EEXIST else { throw Failure(code: errno) }
      return false
    }
  }

  /// Fills a file beside `path`, and lets `place` bring it there.
  private static func fillBeside<Result>(
    _ path: String, _ permissions: mode_t, _ bytes: some Collection<UInt8>, _ syncing: Bool,
    _ place: (String) throws -> Result
  ) throws -> Result {
    let folder = (path as NSString).deletingLastPathComponent
    let name = (path as NSString).lastPathComponent
    let beside = (folder as NSString).appendingPathComponent(
      ".\(name).\(UUID().uuidString).part")
    do {
      try fill(
        beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, permissions, Array(bytes),
        syncing)
      let result = try place(beside)
      if syncing { try sync(folder: folder.isEmpty ? "." : folder) }
      return result
    } catch {
      unlink(beside)
      throw error
    }
  }

  /// Makes sure that there is a file at `path`, empty when it is new; changes nothing that is there.
  /// Throws `Failure`.
  public static func touch(_ path: String, permissions: mode_t = 0o644) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, permissions)
    guard file >= 0 else { throw Failure(code: errno) }
    close(file)
  }

  /// Whether nothing is at `path`, or a regular file that another may take the place of.
  private static func isReplaceable(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return true }
    return status.st_mode & S_IFMT == S_IFREG
  }

  private static func fill(
    _ path: String, _ flags: Int32, _ permissions: mode_t, _ bytes: [UInt8], _ syncing: Bool
  ) throws {
    let file = open(path, flags, permissions)
    guard file >= 0 else { throw Failure(code: errno) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Foundation.write(file, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(code: errno) }
      written += count
    }
    // A device or a pipe has nothing to wait for, and says so.
    guard !syncing || fsync(file) == 0 || errno == EINVAL || errno == EROFS else {
      throw Failure(code: errno)
    }
  }

  /// Makes a new name survive a power cut.
  private static func sync(folder: String) throws {
    let folder = open(folder, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw Failure(code: errno) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw Failure(code: errno) }
  }
}
