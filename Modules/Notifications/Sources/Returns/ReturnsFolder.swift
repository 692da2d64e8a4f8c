internal import Foundation
public import Kernel

/// A folder into which a mail server puts what comes back, one message a file: a Maildir's `new`, or any
/// other. What was read is moved to `read/` in it and goes after a month.
public struct ReturnsFolder: Sendable {
  private static let readFolder = "read"
  private static let daysRead: Double = 30

  private let directory: String

  public init(_ directory: String) { self.directory = directory }

  /// Whether there is such a folder.
  public var isThere: Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: directory, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The names of the messages in it, at most `limit`; links and folders are none.
  public func names(atMost limit: Int) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    var found: [String] = []
    for name in names.sorted() where found.count < limit && !name.hasPrefix(".") {
      let type = try? FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")[.type]
      if type as? FileAttributeType == .typeRegular { found.append(name) }
    }
    return found
  }

  /// The beginning of a message; nil when it cannot be read.
  public func message(_ name: String) -> [UInt8]? {
    guard let file = FileHandle(forReadingAtPath: "\(directory)/\(name)") else { return nil }
    defer { try? file.close() }
    // At the end of a file there is nothing: an empty one is a message that says nothing.
    do { return Array(try file.read(upToCount: ReadMail.mostRead) ?? Data()) } catch { return nil }
  }

  /// Puts it aside. Returns whether that worked: else it would be read for ever.
  public func setAside(_ name: String, at now: Instant) -> Bool {
    let target = "\(directory)/\(Self.readFolder)"
    do {
      try FileManager.default.createDirectory(
        atPath: target, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try? FileManager.default.removeItem(atPath: "\(target)/\(name)")
      try FileManager.default.moveItem(
        atPath: "\(directory)/\(name)", toPath: "\(target)/\(name)")
      // The month begins when it was read.
      try FileManager.default.setAttributes(
        [.modificationDate: date(of: now)], ofItemAtPath: "\(target)/\(name)")
      return true
    } catch {
      return false
    }
  }

  /// Removes what was read more than a month before.
  public func forget(at now: Instant) {
    let target = "\(directory)/\(Self.readFolder)"
    let cut = date(of: now) - Self.daysRead * 86_400
    for name in (try? FileManager.default.contentsOfDirectory(atPath: target)) ?? [] {
      let path = "\(target)/\(name)"
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      // Nothing but what was put there goes.
      guard attributes?[.type] as? FileAttributeType == .typeRegular,
        let date = attributes?[.modificationDate] as? Date, date < cut
      else { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  private func date(of now: Instant) -> Date {
    Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
  }
}

extension NotificationsModule {
  private static let mostAtOnce = 200

  /// Reads the folder of the settings, where there is one.
  var readReturns: Job {
    .every(
      seconds: 60, "notifications.read-returns",
      outside: { run in
        // Where a link leads may have changed since it was set.
        guard let path = try await run.read({ try $0.mailSettings().returns }), !keepsAt(path)
        else { return }
        let folder = ReturnsFolder(path)
        for name in folder.names(atMost: Self.mostAtOnce) {
          guard let bytes = folder.message(name) else { continue }
          _ = try await run.write { try $0.takeIn(bytes, in: zone) }
          guard folder.setAside(name, at: run.context.now) else { return }
        }
        folder.forget(at: run.context.now)
      })
  }
}
