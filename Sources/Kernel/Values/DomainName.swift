internal import Foundation

/// Names of hosts as mail wants them: letters, digits and hyphens (RFC 1123), with labels that have other
/// letters in their ASCII form `xn--…` (RFC 5890 and 5891).
enum DomainName {
  /// The domain in small ASCII letters. Throws what is wrong with it.
  static func ascii(_ text: Substring) throws(TextFault) -> String {
    guard !text.isEmpty else {
      throw TextFault(en: "has nothing after the @", fr: "n’a rien après le @")
    }
    // Wide forms and ideographic stops are what East Asian keyboards give.
    let plain =
      text.utf8.allSatisfy({ $0 < 0x80 })
      ? text.lowercased()
      : String(text).precomposedStringWithCompatibilityMapping.lowercased()
        .precomposedStringWithCanonicalMapping.replacingOccurrences(of: "\u{3002}", with: ".")
    let labels = plain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1 else {
      throw TextFault(en: "has no dot after the @", fr: "n’a pas de point après le @")
    }
    var ascii: [String] = []
    for part in labels { ascii.append(try label(part)) }
    let last = ascii.last ?? ""
    guard !last.utf8.allSatisfy({ (48...57).contains($0) }) else {
      throw TextFault(en: "ends in a number, as no domain does", fr: "finit par un nombre")
    }
    guard last.utf8.count > 1 else {
      throw TextFault(
        en: "ends in “.\(last)”, as no domain does", fr: "finit par « .\(last) », qui n’existe pas")
    }
    return ascii.joined(separator: ".")
  }

  private static func label(_ text: Substring) throws(TextFault) -> String {
    guard !text.isEmpty else {
      throw TextFault(
        en: "has a dot too many after the @", fr: "a un point de trop après le @")
    }
    guard !text.hasPrefix("-"), !text.hasSuffix("-") else {
      throw TextFault(
        en: "has “\(text)” after the @, which begins or ends with a hyphen",
        fr: "a « \(text) » après le @, qui commence ou finit par un tiret")
    }
    for scalar in text.unicodeScalars where !isLetter(scalar) {
      throw TextFault(
        en: "has “\(scalar)” after the @, which no domain has",
        fr: "a « \(scalar) » après le @, ce qu’aucun domaine n’a")
    }
    let ascii =
      text.utf8.allSatisfy { $0 < 0x80 }
      ? String(text) : "xn--" + punycode(Array(text.unicodeScalars.map(\.value)))
    guard ascii.utf8.count <= 63 else {
      throw TextFault(
        en: "has a part of more than 63 characters after the @",
        fr: "a une partie de plus de 63 caractères après le @")
    }
    return ascii
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9", "-": return true
    default: break
    }
    guard !scalar.isASCII else { return false }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .nonspacingMark,
      .spacingMark:
      return true
    default: return false
    }
  }

  /// RFC 3492, section 6.3.
  private static func punycode(_ points: [UInt32]) -> String {
    var output = points.filter { $0 < 0x80 }.map { UInt8($0) }
    let basic = output.count
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var (next, delta, bias, handled) = (UInt32(0x80), 0, 72, basic)
    while handled < points.count {
      let smallest = points.filter { $0 >= next }.min() ?? next
      delta += Int(smallest - next) * (handled + 1)
      next = smallest
      for point in points {
        if point < next { delta += 1 }
        guard point == next else { continue }
        var rest = delta
        var position = 36
        while true {
          let threshold = min(max(position - bias, 1), 26)
          if rest < threshold { break }
          output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
          rest = (rest - threshold) / (36 - threshold)
          position += 36
        }
        output.append(digit(rest))
        bias = adapted(delta, handled + 1, first: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? 97 + value : 22 + value) }

  private static func adapted(_ delta: Int, _ count: Int, first: Bool) -> Int {
    var delta = first ? delta / 700 : delta / 2
    delta += delta / count
    var base = 0
    while delta > 455 {
      delta /= 35
      base += 36
    }
    return base + 36 * delta / (delta + 38)
  }
}
