internal import Foundation

/// A text as it is compared: small letters without accents, ligatures apart, and one space for whatever
/// is neither letter nor digit, so that “Mécénat – prestation” and “MECENAT (PRESTATION)” are one.
public struct Folded: Hashable, Sendable, CustomStringConvertible {
  /// The words, with a space between each two.
  public let description: String

  /// Folds any text; empty where it holds neither letter nor digit.
  public init(_ text: String) {
    var words = String.UnicodeScalarView()
    var gap = false
    for scalar in plainLetters(text).unicodeScalars {
      guard isWordPart(scalar) else {
        gap = true
        continue
      }
      if gap && !words.isEmpty { words.append(" ") }
      gap = false
      words.append(scalar)
    }
    description = String(words)
  }

  /// The same for a text of any kind.
  public init(_ text: some SingleTextValue) { self.init(text.description) }

  /// Without empty ones, in order.
  public var words: [Substring] { description.split(separator: " ") }

  /// The same for every way an organisation’s name is written: legal forms, spaces, hyphens and
  /// apostrophes left out. “Exemple-Énergie S.A.S.” and “EXEMPLE ENERGIE” are one.
  public static func organisation(_ name: Name) -> String {
    var words = mergingInitials(
      Folded(name.description.replacingOccurrences(of: "&", with: " et ")).words.map(String.init))
    while words.count > 1, let last = words.last, legalForms.contains(last) { words.removeLast() }
    while words.count > 1, let first = words.first, legalForms.contains(first) {
      words.removeFirst()
    }
    return words.joined()
  }

  /// The same for every way a person’s name is written: forms of address left out, in whatever order.
  public static func person(_ name: Name) -> String {
    var words = Folded(name).words.map(String.init)
    while words.count > 2, let first = words.first, formsOfAddress.contains(first) {
      words.removeFirst()
    }
    return words.sorted().joined(separator: " ")
  }

  private static let formsOfAddress: Set<String> = [
    "m", "mm", "mme", "mlle", "mr", "mrs", "ms", "miss", "monsieur", "madame", "mademoiselle", "dr",
  ]
  private static let legalForms: Set<String> = [
    "sa", "sas", "sasu", "sarl", "eurl", "snc", "sca", "scs", "sci", "scop", "scic", "se", "sem",
    "spl", "gie", "gmbh", "ag", "ltd", "limited", "plc", "llc", "inc", "corp", "bv", "nv", "spa",
    "srl", "asbl", "association", "asso", "assoc", "loi", "1901",
  ]

  /// `s a s` is `sas`; one letter alone stays a word.
  private static func mergingInitials(_ words: [String]) -> [String] {
    var merged: [String] = []
    var initials = 0
    for word in words {
      if word.utf8.count == 1, initials > 0, let last = merged.popLast() {
        merged.append(last + word)
      } else {
        merged.append(word)
        initials = 0
      }
      if word.utf8.count == 1 { initials += 1 } else { initials = 0 }
    }
    return merged
  }
}

private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "0"..."9": true
  default:
    !scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
  }
}

/// The text in small letters, without accents, ligatures apart; all else as it is.
func plainLetters(_ text: String) -> String {
  let small = text.lowercased()
  if small.utf8.allSatisfy({ $0 < 0x80 }) { return small }
  var plain = String.UnicodeScalarView()
  for scalar in small.decomposedStringWithCompatibilityMapping.unicodeScalars {
    switch scalar {
    case "œ": plain.append(contentsOf: "oe".unicodeScalars)
    case "æ": plain.append(contentsOf: "ae".unicodeScalars)
    case "ß": plain.append(contentsOf: "ss".unicodeScalars)
    case "þ": plain.append(contentsOf: "th".unicodeScalars)
    case "ø": plain.append("o")
    case "đ", "ð": plain.append("d")
    case "ł": plain.append("l")
    case "ı": plain.append("i")
    case "ħ": plain.append("h")
    case "\u{300}"..."\u{36F}", "\u{1AB0}"..."\u{1AFF}", "\u{1DC0}"..."\u{1DFF}": continue
    default: plain.append(scalar)
    }
  }
  return withoutInvisible(String(plain))
}
