internal import Foundation
internal import Kernel

/// What every command is told besides its own words: where the data is, who acts, how to answer.
struct Settings: Sendable {
  var data: String?
  var url: String? = environment("PARVIS_URL")
  var token: String? = environment("PARVIS_TOKEN")
  var actor: String?
  var key: String?
  var json = false
  var language = Settings.languageOfEnvironment

  /// The language of the terminal: French where the locale says so.
  static let languageOfEnvironment: Language = {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first
    return locale?.hasPrefix("fr") == true ? .fr : .en
  }()

  /// What `--lang` and `--json` say anywhere on the line, for errors met before it is understood.
  init(scanning words: [String] = []) {
    json = words.contains("--json")
    for (index, word) in words.enumerated() {
      if word == "--lang", index + 1 < words.count {
        language = Language(rawValue: words[index + 1]) ?? language
      } else if word.hasPrefix("--lang=") {
        language = Language(rawValue: String(word.dropFirst(7))) ?? language
      }
    }
  }

  /// Names of the options that take a value, as every command has them.
  static let valued = ["data", "url", "token", "as", "key", "lang"]

  /// Takes one of `valued`. Throws a `Problem`.
  mutating func set(_ option: String, to value: String) throws {
    switch option {
    case "data": data = value
    case "url": url = value
    case "token": token = value
    case "as": actor = value
    case "key": key = value
    case "lang":
      guard let known = Language(rawValue: value) else {
        throw Problem.usage(
          en: "--lang is fr or en, not “\(value)”.", fr: "--lang vaut fr ou en, pas « \(value) ».")
      }
      language = known
    default: break
    }
  }
}

private func environment(_ name: String) -> String? {
  ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
}
