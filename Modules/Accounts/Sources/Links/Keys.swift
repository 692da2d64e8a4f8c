internal import AccountsAPI
internal import Crypto
internal import Foundation
internal import Kernel

/// A key that seals action links. In the table, so that all processes on one database share it and a
/// backup carries it.
struct KeyRow: Record {
  static let table = "accounts_key"

  let id: Int
  /// In base64url.
  let secret: String
  let createdAt: Instant
  var retiredAt: Instant?

  var key: SymmetricKey? { fromBase64URL(secret).map { SymmetricKey(data: $0) } }
}

extension Connection {
  /// The key that seals now; made where there is none that is young enough.
  func presentKey(at now: Instant) throws -> KeyRow {
    if let row = try youngKey(at: now) { return row }
    return try newKey(at: now)
  }

  func youngKey(at now: Instant) throws -> KeyRow? {
    guard
      let row = try first(
        KeyRow.self, "WHERE retired_at IS NULL ORDER BY id DESC LIMIT 1"),
      row.createdAt.advanced(bySeconds: Lifetime.keyInUse) > now
    else { return nil }
    return row
  }

  func newKey(at now: Instant) throws -> KeyRow {
    let last = try select(KeyRow.self, "ORDER BY id DESC LIMIT 1").first?.id ?? 0
    let row = KeyRow(
      id: last + 1, secret: base64URL(Data(drawn(bytes: 32))), createdAt: now, retiredAt: nil)
    try insert(row)
    return row
  }
}
