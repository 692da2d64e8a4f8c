internal import Foundation
internal import Kernel
internal import Logging
internal import Postgres

/// What can be set for a server, by a flag, in the environment or in a file.
enum ConfigurationKey: String, CaseIterable, Sendable {
  case data, database, origin, host, port
  case publicReport = "public-report"
  case maxBody = "max-body"
  case log
  case logFormat = "log-format"
  case metricsHost = "metrics-host"
  case metricsPort = "metrics-port"

  var flag: String { "--" + rawValue }
  var variable: String { "PARVIS_" + rawValue.uppercased().replacing("-", with: "_") }

  /// What holds where nobody says anything; nil where nothing does.
  var standard: String? {
    switch self {
    case .data: "parvis-data"
    case .database, .origin: nil
    case .host, .metricsHost: "127.0.0.1"
    case .port: "8080"
    case .publicReport: "no"
    case .maxBody: String(1 << 20)
    case .log: Logger.Level.info.rawValue
    case .logFormat: LogFormat.text.rawValue
    case .metricsPort: "off"
    }
  }

  /// What it has to be; nil where this text is.
  func complaint(about text: String, isInFile: Bool) -> Words? {
    switch self {
    case .data:
      // Where a command is started says nothing about where a machine has its data.
      guard isInFile, !text.hasPrefix("/") else { return nil }
      return Words(
        en: "is a whole path, from / on", fr: "est un chemin entier, qui commence par /")
    case .database:
      guard PostgresAddress(text).map(\.holdsPassword) != false else { return nil }
      return Words(
        en:
          "is the URL of a PostgreSQL database without its password: postgres://user@host:5432/name (the password comes from PGPASSFILE or PGPASSWORD)",
        fr:
          "est l’URL d’une base PostgreSQL, sans mot de passe : postgres://utilisateur@hote:5432/nom (le mot de passe vient de PGPASSFILE ou de PGPASSWORD)"
      )
    case .origin:
      guard !isOrigin(text) else { return nil }
      return Words(
        en:
          "is http:// or https:// with the name of a host, and no path: https://parvis.example.org",
        fr: "est http:// ou https:// avec un nom d’hôte, sans chemin : https://parvis.example.org")
    case .host, .metricsHost:
      guard text.contains(where: { $0.isWhitespace || $0 == "/" }) else { return nil }
      return Words(
        en: "is an address of this machine: 127.0.0.1, ::1, 0.0.0.0",
        fr: "est une adresse de cette machine : 127.0.0.1, ::1, 0.0.0.0")
    case .port:
      guard number(text, in: 0...65_535) == nil else { return nil }
      return Words(en: "is 0 to 65535", fr: "va de 0 à 65535")
    case .metricsPort:
      guard text != "off", number(text, in: 0...65_535) == nil else { return nil }
      return Words(en: "is off, or 0 to 65535", fr: "vaut off, ou de 0 à 65535")
    case .maxBody:
      guard number(text, in: 1024...(1 << 30)) == nil else { return nil }
      return Words(en: "is 1024 to 1073741824", fr: "va de 1024 à 1073741824")
    case .publicReport:
      guard yesOrNo(text) == nil else { return nil }
      return Words(en: "is yes or no", fr: "vaut yes (oui) ou no (non)")
    case .log: return choice(text, of: Logger.Level.allCases.map(\.rawValue))
    case .logFormat: return choice(text, of: LogFormat.allCases.map(\.rawValue))
    }
  }

  /// Whether a wrong value may be repeated to whoever wrote it: it may hold a password.
  var isShownWhenWrong: Bool { self != .database }

  private func choice(_ text: String, of words: [String]) -> Words? {
    guard !words.contains(text) else { return nil }
    let (start, last) = (words.dropLast().joined(separator: ", "), words.last ?? "")
    return Words(en: "is \(start) or \(last)", fr: "vaut \(start) ou \(last)")
  }

  private func isOrigin(_ text: String) -> Bool {
    guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme),
      parts.host?.isEmpty == false
    else { return false }
    return ["", "/"].contains(parts.path) && parts.query == nil && parts.fragment == nil
      && parts.user == nil
  }
}

/// A whole number in a range; nil for any other text.
func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
  guard let number = Int(text), range.contains(number) else { return nil }
  return number
}

func yesOrNo(_ text: String) -> Bool? {
  switch text.lowercased() {
  case "yes", "true", "on", "1": true
  case "no", "false", "off", "0": false
  default: nil
  }
}
