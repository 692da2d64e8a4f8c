internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import Kernel

/// The keys that sign letters, in a file apart from the backup: who finds one has not found the other.
/// Sealed with a passphrase where one is given (scrypt, RFC 7914; ChaCha20-Poly1305, RFC 8439).
struct KeyFile: Codable {
  var format = 1
  /// Of scrypt, in base64; nil where nothing is sealed.
  let salt: String?
  /// What `Contents` are as JSON, sealed or not, in base64.
  let body: String

  private struct Contents: Codable {
    let keys: [String: String]
  }

  /// Writes the keys of `directory` to `path`. Throws a `Problem`.
  static func write(_ directory: DataDirectory, to path: String, sealedWith passphrase: String?)
    throws -> Int
  {
    var keys: [String: String] = [:]
    for name in regularFiles(below: directory.keys) {
      let data = FileManager.default.contents(atPath: directory.keys + "/" + name) ?? Data()
      keys[name] = data.base64EncodedString()
    }
    let plain = try JSON.data(of: Contents(keys: keys))
    let file: KeyFile
    if let passphrase {
      var generator = SystemRandomNumberGenerator()
      let salt = Data((0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
      let sealed = try ChaChaPoly.seal(plain, using: try key(passphrase, salt)).combined
      file = KeyFile(salt: salt.base64EncodedString(), body: sealed.base64EncodedString())
    } else {
      file = KeyFile(salt: nil, body: plain.base64EncodedString())
    }
    do {
      try WholeFile.write(try JSON.data(of: file), to: path, permissions: 0o600, syncing: true)
    } catch {
      throw Problem.cannotCreate(path, because: "\(error)")
    }
    return keys.count
  }

  /// Puts the keys of the file at `path` into `directory`. Throws a `Problem`.
  static func read(_ path: String, into directory: DataDirectory, sealedWith passphrase: String?)
    throws -> Int
  {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Problem.noBackup(path)
    }
    guard
      let file = try? JSON(parsing: String(decoding: data, as: UTF8.self)).decoded(as: Self.self),
      file.format == 1, let body = Data(base64Encoded: file.body)
    else { throw Problem.badBackup(path, en: "it holds no keys", fr: "il ne contient pas de clés") }
    var plain = body
    if let salt = file.salt.flatMap({ Data(base64Encoded: $0) }) {
      guard let passphrase else {
        throw Problem.usage(
          en: "\(path) is sealed: give --passphrase-file.",
          fr: "\(path) est scellé : indiquez --passphrase-file.")
      }
      guard let box = try? ChaChaPoly.SealedBox(combined: body),
        let opened = try? ChaChaPoly.open(box, using: try key(passphrase, salt))
      else {
        throw Problem.badBackup(
          path, en: "the passphrase does not open it", fr: "la phrase secrète ne l’ouvre pas")
      }
      plain = opened
    }
    let contents = try JSON(parsing: String(decoding: plain, as: UTF8.self)).decoded(
      as: Contents.self)
    for (name, text) in contents.keys {
      guard let key = Data(base64Encoded: text), !name.contains("/"), !name.hasPrefix(".") else {
        throw Problem.badBackup(path, en: "a key in it is damaged", fr: "une clé y est abîmée")
      }
      try? FileManager.default.createDirectory(
        atPath: directory.keys, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try WholeFile.write(key, to: directory.keys + "/" + name, permissions: 0o600, syncing: true)
    }
    return contents.keys.count
  }

  /// 32 MiB and about a tenth of a second for each guess (RFC 7914, section 2; OWASP's least for scrypt
  /// where 64 MiB are too much: N = 2^15, r = 8, p = 3).
  private static func key(_ passphrase: String, _ salt: Data) throws -> SymmetricKey {
    try KDF.Scrypt.deriveKey(
      from: Data(passphrase.utf8), salt: salt, outputByteCount: 32, rounds: 1 << 15, blockSize: 8,
      parallelism: 3)
  }
}

/// The first line of a file that holds a passphrase. Throws a `Problem`.
func passphrase(in path: String?) throws -> String? {
  guard let path else { return nil }
  guard let data = FileManager.default.contents(atPath: path),
    let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first,
    line.count >= 12
  else {
    throw Problem.usage(
      en: "\(path) holds no passphrase of 12 characters or more in its first line.",
      fr: "\(path) ne contient pas, en première ligne, de phrase secrète d’au moins 12 caractères.")
  }
  return String(line)
}
