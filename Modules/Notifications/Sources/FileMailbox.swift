internal import Foundation
public import NotificationsAPI

/// A folder of `.eml` files, one a message, that a mail program opens. A file is there whole or not
/// at all, and the same message delivered twice is one file.
public struct FileMailbox: Mailbox {
  private let directory: String
  private let survivesPowerCut: Bool

  /// `survivesPowerCut` waits for the disk with each message; without it a message outlives the
  /// process only, which is enough for a demo.
  public init(_ directory: String, survivesPowerCut: Bool = true) {
    self.directory = directory
    self.survivesPowerCut = survivesPowerCut
  }

  public func deliver(_ message: [UInt8], id: String) async throws {
    guard !id.isEmpty, id.utf8.allSatisfy({ isSafe($0) }) else { throw fault("bad message id") }
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    let final = "\(directory)/\(id).eml"
    let temporary = "\(directory)/.\(id).part"
    try write(message, to: temporary)
    guard rename(temporary, final) == 0 else { throw fault(systemError()) }
    if survivesPowerCut { try sync(directory) }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw fault(systemError()) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Foundation.write(file, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw fault(systemError()) }
      written += count
    }
    guard !survivesPowerCut || fsync(file) == 0 else { throw fault(systemError()) }
  }

  /// Makes the new name survive a power cut.
  private func sync(_ directory: String) throws {
    let folder = open(directory, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw fault(systemError()) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw fault(systemError()) }
  }

  private func isSafe(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte) || byte == 45
  }

  private func systemError() -> String { String(cString: strerror(errno)) }

  private func fault(_ detail: String) -> NotificationsError {
    .cannotWrite(folder: directory, detail: detail)
  }
}
