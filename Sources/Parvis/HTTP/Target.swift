internal import Foundation
internal import Kernel

/// The path and query of a request, decoded.
struct Target: Sendable {
  let parts: [String]
  let query: [(name: String, value: String)]

  /// Throws `Problem` when the percent-encoding or the UTF-8 in it is broken.
  init(_ text: String) throws {
    let pieces = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    parts = try pieces[0].split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
      try Target.decoded($0, plusIsSpace: false)
    }
    guard pieces.count == 2 else {
      query = []
      return
    }
    query = try pieces[1].split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        try Target.decoded(sides[0], plusIsSpace: true),
        sides.count == 2 ? try Target.decoded(sides[1], plusIsSpace: true) : ""
      )
    }
  }

  private static func decoded(_ text: Substring, plusIsSpace: Bool) throws -> String {
    // Most parts need nothing done to them.
    let needsWork = text.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }
    guard needsWork else { return String(text) }
    let spaced = plusIsSpace ? String(text.map { $0 == "+" ? " " : $0 }) : String(text)
    guard let decoded = spaced.removingPercentEncoding, !decoded.utf8.contains(0) else {
      throw Problem.badAddress
    }
    return decoded
  }

  /// Text as a segment of a path or a value in a query.
  static func encoded(_ text: String) -> String {
    let plain = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? text
  }
}

extension Problem {
  static let badAddress = Problem(
    "malformed", status: 400, title: Words(en: "Unreadable request", fr: "Requête illisible"),
    detail: Words(
      en: "The address is not properly percent-encoded UTF-8.",
      fr: "L’adresse n’est pas de l’UTF-8 correctement encodé."),
    advice: Words(en: "Correct it and send it again.", fr: "Corrigez et renvoyez."))
}
