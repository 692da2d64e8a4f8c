internal import DKIM
internal import Foundation
internal import Kernel
internal import NotificationsAPI
internal import SMTP
internal import Synchronization

/// Carries letters to mail servers, signed with the keys of the data directory.
struct SMTPCarrier: MailCarrier {
  let keys: DKIMKeys
  var timeouts = Timeouts()

  func mailbox(
    on server: MailServer, hearing: @escaping @Sendable (String) -> Void
  ) -> any Mailbox {
    let security: SMTPServer.Security =
      switch server.security {
      case .tls: .tls
      case .starttls: .startTLS
      case .opportunistic: .opportunistic
      case .none: .none
      }
    return SMTPMailbox(
      SMTPServer(
        host: server.host, port: server.port, security: security, user: server.user,
        password: server.password, hello: server.hello, trusted: server.trusted,
        timeouts: timeouts), hearing: hearing)
  }

  func signed(_ message: [UInt8], from sender: EmailAddress, at now: Instant) -> [UInt8] {
    let domain = sender.description.split(separator: "@").last.map(String.init) ?? ""
    let keys = keys.all().filter { $0.domain == domain }
    guard !keys.isEmpty else { return message }
    // A letter without a signature is better than none.
    return (try? DKIMSignature.sign(message, with: keys, at: now.milliseconds / 1000)) ?? message
  }
}

/// A mail server as a mailbox: connected when the first message comes, closed when no more do.
actor SMTPMailbox: Mailbox {
  private let server: SMTPServer
  private let hearing: @Sendable (String) -> Void
  private var connection: SMTPConnection?

  init(_ server: SMTPServer, hearing: @escaping @Sendable (String) -> Void) {
    self.server = server
    self.hearing = hearing
  }

  func prepare() async throws {
    try await refusing { _ = try await open() }
  }

  func deliver(_ message: OutgoingMessage) async throws {
    try await refusing {
      try await open().send(
        from: message.from.description, to: message.to.description, message.bytes)
    }
  }

  private func refusing(_ action: () async throws -> Void) async throws {
    do {
      try await action()
    } catch let failure as SMTPFailure {
      let kind: MailboxRefusal.Kind =
        switch failure.kind {
        case .later: .later
        case .never: .never
        case .uncertain: .uncertain
        }
      throw MailboxRefusal(kind, failure.words, concernsAll: failure.concernsAll)
    }
  }

  func finish() async {
    await connection?.quit()
    connection = nil
  }

  private func open() async throws -> SMTPConnection {
    if let connection, await connection.isOpen { return connection }
    await finish()
    let opened = try await SMTPConnection.open(server, heard: hearing)
    connection = opened
    return opened
  }
}

/// The keys in the data directory, a file each.
struct DKIMKeys: Sendable {
  let folder: String
  private let known = KnownKeys()

  init(folder: String) { self.folder = folder }

  /// Those that can be read, in the order of their names. Read again when the folder has changed, so that thousands
  /// of letters do not each read and check them.
  func all() -> [DKIMKey] {
    let changed = (try? FileManager.default.attributesOfItem(atPath: folder))?[.modificationDate]
    let moment = (changed as? Date)?.timeIntervalSince1970
    if let keys = known.keys(asOf: moment) { return keys }
    let keys = read()
    // A change of this very moment could go unseen behind another of the same date.
    let now = Double(Clock.system.now.milliseconds) / 1000
    if let moment, moment < now - 2 { known.keep(keys, asOf: moment) }
    return keys
  }

  private func read() -> [DKIMKey] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0.hasSuffix(".key") }.compactMap { name in
      (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)).flatMap(
        DKIMKey.init(file:))
    }
  }

  /// Writes a key for its owner alone. Throws a `Problem` where there is one of that name.
  func add(_ key: DKIMKey) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let path = "\(folder)/\(key.selector).\(key.domain).key"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Problem.usage(
        en: "There is a key \(key.selector) for \(key.domain).",
        fr: "Il y a déjà une clé \(key.selector) pour \(key.domain).",
        adviceEn:
          "Name another with --selector; the old one goes on signing until its file is removed.",
        adviceFr:
          "Nommez-en une autre avec --selector ; l’ancienne signe tant que son fichier est là.")
    }
    do {
      try WholeFile.write(Array(key.file.utf8), to: path, permissions: 0o600, syncing: true)
    } catch let failure as WholeFile.Failure {
      throw Problem.cannotCreate(path, because: failure.description)
    }
  }
}

/// Keys as they were when their folder last changed.
private final class KnownKeys: Sendable {
  private let content = Mutex<(moment: Double, keys: [DKIMKey])?>(nil)

  func keys(asOf moment: Double?) -> [DKIMKey]? {
    content.withLock { $0?.moment == moment ? $0?.keys : nil }
  }
  func keep(_ keys: [DKIMKey], asOf moment: Double) {
    content.withLock { $0 = (moment, keys) }
  }
}
