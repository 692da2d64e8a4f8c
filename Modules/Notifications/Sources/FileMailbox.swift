internal import Foundation
public import Kernel
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

  public func deliver(_ message: OutgoingMessage) async throws {
    let id = message.id
    guard !id.isEmpty, id.utf8.allSatisfy({ isSafe($0) }) else { throw fault("bad message id") }
    // Listed by name they stand in the order they were written.
    let moment = message.written.fileName
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    do {
      try WholeFile.write(
        message.bytes, to: "\(directory)/\(moment)-\(id).eml", permissions: 0o600,
        syncing: survivesPowerCut)
    } catch let failure as WholeFile.Failure {
      throw fault(failure.description)
    }
  }

  public func remove(_ id: String, written: Instant) async throws {
    guard !id.isEmpty, id.utf8.allSatisfy({ isSafe($0) }) else { return }
    // Those of before carry no moment in their name.
    for name in ["\(written.fileName)-\(id).eml", "\(id).eml"] {
      let path = "\(directory)/\(name)"
      guard unlink(path) != 0, errno != ENOENT else { continue }
      throw fault(String(cString: strerror(errno)))
    }
  }

  public func copies() async throws -> [MailboxCopy] {
    guard FileManager.default.fileExists(atPath: directory) else { return [] }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      throw fault("the folder cannot be listed")
    }
    return names.sorted().compactMap { (name) -> MailboxCopy? in
      guard name.hasSuffix(".eml") else { return nil }
      let stem = name.dropLast(4)
      let moment = stem.prefix(24)
      if moment.utf8.count == 24, stem.dropFirst(24).first == "-",
        let written = Instant(
          String(moment.prefix(10)) + moment.dropFirst(10).replacing("-", with: ":"))
      {
        return MailboxCopy(id: String(stem.dropFirst(25)), written: written)
      }
      // Those of before carry no moment in their name.
      return stem.utf8.allSatisfy(isSafe)
        ? MailboxCopy(id: String(stem), written: Instant(milliseconds: 0)) : nil
    }
  }

  private func isSafe(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte) || byte == 45
  }

  private func fault(_ detail: String) -> NotificationsError {
    .cannotWrite(folder: directory, detail: detail)
  }
}
