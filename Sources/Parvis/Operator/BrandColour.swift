internal import Foundation
internal import Kernel

/// A colour as `#0c3b46`, and whether people can read on it.
struct BrandColour: SingleTextValue {
  let description: String

  init?(_ text: String) {
    let digits = text.hasPrefix("#") ? text.dropFirst() : Substring(text)
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit) else { return nil }
    description = "#" + digits.lowercased()
  }

  static var schema: JSONSchema {
    JSONSchema(.string(minimum: 6, maximum: 7, format: nil, pattern: "^#?[0-9A-Fa-f]{6}$"))
  }
  static var sample: BrandColour { BrandColour(known: "#0c3b46") }
  static var expectation: Words {
    Words(en: "a colour such as #0c3b46", fr: "une couleur telle que #0c3b46")
  }
  private init(known: String) { description = known }

  /// The digits alone, as addresses have them.
  var digits: String { String(description.dropFirst()) }

  /// The contrast with white, as WCAG 2.2 works it out: from 1 to 21.
  var contrastWithWhite: Double { 1.05 / (luminance + 0.05) }
  /// The contrast with the paper that titles in this colour stand on (`#f7f5f0`).
  var contrastWithPaper: Double {
    ((BrandColour(known: "#f7f5f0").luminance) + 0.05) / (luminance + 0.05)
  }
  /// Text of any size can be read on it in white, and in it on paper.
  var isReadable: Bool { contrastWithWhite >= 4.5 && contrastWithPaper >= 4.5 }

  private var luminance: Double {
    let value = Int(digits, radix: 16) ?? 0
    let parts = [value >> 16 & 255, value >> 8 & 255, value & 255].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
