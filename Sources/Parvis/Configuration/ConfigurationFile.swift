internal import Foundation
internal import Kernel

/// A file of settings: `key = value`, one a line; what begins with `#` is for people.
struct ConfigurationFile: Sendable {
  struct Line: Sendable {
    let number: Int
    let value: String
  }

  let path: String
  let lines: [ConfigurationKey: Line]

  /// Where the package puts it, and where it is looked for when nobody names another.
  static let usualPath = "/etc/parvis/parvis.conf"

  /// Reads it. Throws a `Problem` that names every line at fault.
  init(path: String) throws(Problem) {
    guard access(path, R_OK) == 0 else {
      throw Self.unreadable(path, String(cString: strerror(errno)))
    }
    guard let data = try? FileHandle(forReadingAtPath: path)?.readToEnd() ?? Data() else {
      throw Self.unreadable(path, "not a file")
    }
    try self.init(path: path, text: String(decoding: data, as: UTF8.self))
  }

  init(path: String, text: String) throws(Problem) {
    var lines: [ConfigurationKey: Line] = [:]
    var faults: [FieldProblem] = []
    func complain(_ number: Int, _ en: String, _ fr: String) {
      faults.append(FieldProblem("line \(number)", en: en, fr: fr))
    }
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let number = index + 1
      let line = raw.trimmingCharacters(in: .whitespaces)
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].isEmpty else {
        complain(number, "is not “key = value”", "n’est pas « clé = valeur »")
        continue
      }
      guard let key = ConfigurationKey(rawValue: parts[0]) else {
        let name = parts[0].prefix(40)
        let known = ConfigurationKey.allCases.map(\.rawValue)
        let meant = nearest(to: parts[0], in: known)
        complain(
          number,
          "there is no “\(name)”"
            + (meant.map { "; is “\($0)” meant?" } ?? ", but " + known.joined(separator: ", ")),
          "« \(name) » n’existe pas"
            + (meant.map { " ; est-ce « \($0) » ?" } ?? ", mais " + known.joined(separator: ", ")))
        continue
      }
      if let earlier = lines[key] {
        complain(
          number, "\(key.rawValue) is said in line \(earlier.number) already",
          "\(key.rawValue) est déjà à la ligne \(earlier.number)")
        continue
      }
      guard !parts[1].isEmpty else {
        complain(
          number, "\(key.rawValue) has no value; put # before it where it has none",
          "\(key.rawValue) n’a pas de valeur ; mettez # devant si elle n’en a pas")
        continue
      }
      if let complaint = key.complaint(about: parts[1], isInFile: true) {
        complain(number, key.said(complaint.en, parts[1]), key.said(complaint.fr, parts[1]))
      }
      lines[key] = Line(number: number, value: parts[1])
    }
    guard faults.isEmpty else { throw Self.wrong(path, faults) }
    self.path = path
    self.lines = lines
  }

  private static func unreadable(_ path: String, _ reason: String) -> Problem {
    Problem(
      "configuration/unreadable", status: 503,
      title: Words(en: "No configuration", fr: "Pas de configuration"),
      detail: Words(
        en: "\(path) cannot be read (\(reason)).", fr: "\(path) n’est pas lisible (\(reason))."),
      advice: Words(
        en: "Name another file with --config or PARVIS_CONFIG, or let this one be read.",
        fr: "Indiquez un autre fichier avec --config ou PARVIS_CONFIG, ou rendez-le lisible."))
  }

  private static func wrong(_ path: String, _ faults: [FieldProblem]) -> Problem {
    Problem(
      "configuration/invalid", status: 503,
      title: Words(en: "The configuration is wrong", fr: "La configuration est erronée"),
      detail: Words(
        en: "\(path) says what cannot be.", fr: "\(path) dit ce qui ne peut être."),
      advice: Words(
        en: "Nothing was done. Correct what is listed; `parvis config` shows what holds.",
        fr: "Rien n’a été fait. Corrigez ce qui est listé ; `parvis config` montre ce qui vaut."),
      fields: faults)
  }
}

extension ConfigurationKey {
  /// A complaint with the key before it, and the value where that may be shown.
  func said(_ complaint: String, _ value: String) -> String {
    "\(rawValue) \(complaint)" + (isShownWhenWrong ? ": \(value.prefix(60))" : "")
  }
}
