internal import CLibPQ

/// Where a PostgreSQL database is, as its URL says: `postgres://user@host:5432/name?sslmode=verify-full`.
/// Everything libpq knows may be in it; a password is better in `PGPASSFILE`.
public struct PostgresAddress: Sendable, CustomStringConvertible {
  /// With the password, if it has one: not to be shown.
  let url: String
  private let parts: [String: String]

  /// Nil where it is no URL of a PostgreSQL database.
  public init?(_ url: String) {
    guard Self.schemes.contains(where: url.hasPrefix) else { return nil }
    guard let options = PQconninfoParse(url, nil) else { return nil }
    defer { PQconninfoFree(options) }
    var parts: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        parts[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    self.url = url
    self.parts = parts
  }

  private static let schemes = ["postgres://", "postgresql://"]

  /// Whether the password is in the URL, where whoever reads the settings sees it.
  public var holdsPassword: Bool { parts["password"] != nil }

  /// Host and name, as people are told; never the password.
  public var description: String {
    let host = parts["host"] ?? parts["hostaddr"] ?? "this machine"
    let port = parts["port"].map { ":" + $0 } ?? ""
    let name = parts["dbname"].map { "/" + $0 } ?? ""
    return host + port + name
  }
}
