/// What a file is called once it is here: one name without folders, without what nobody sees or what turns
/// the direction of the text round, that every system can save under.
public struct FileName: SingleTextValue {
  public let description: String

  /// The part after the last dot, in lower case; empty where there is none.
  public var ending: String {
    guard let dot = description.lastIndex(of: "."), dot != description.startIndex else { return "" }
    return description[description.index(after: dot)...].lowercased()
  }

  private static let longest = 120
  /// What file systems take.
  private static let mostBytes = 255
  /// What some systems take for a device.
  private static let devices: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

  /// Cleans a name as a browser or a program says it; nil where nothing is left of it.
  public init?(_ text: String) {
    let last = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    var plain = ""
    for scalar in withoutInvisible(last).unicodeScalars {
      switch scalar.value {
      case 0..<32, 127..<160, 0x2028...0x2029, 0xE000...0xF8FF, 0xFFFE, 0xFFFF: continue
      default:
        let isReserved = "<>:\"|?*%;".unicodeScalars.contains(scalar)
        plain.unicodeScalars.append(isReserved ? "_" : scalar)
      }
    }
    plain = Self.trimmed(Substring(trimmedText(plain) ?? ""))
    if plain.count > Self.longest || plain.utf8.count > Self.mostBytes {
      let ending = plain.lastIndex(of: ".").map { plain[$0...] } ?? ""
      let kept = ending.utf8.count <= 10 ? ending : ""
      var stem = plain.prefix(Self.longest - kept.count)
      if stem.endIndex > plain.index(plain.endIndex, offsetBy: -kept.count) {
        stem = plain.dropLast(kept.count)
      }
      // One letter may bear any number of marks.
      while stem.utf8.count + kept.utf8.count > Self.mostBytes, !stem.isEmpty { stem.removeLast() }
      let short = Self.trimmed(stem)
      plain = (short.isEmpty && !kept.isEmpty ? "_" : short) + kept
    }
    let stem = plain.prefix { $0 != "." }.lowercased()
    if Self.devices.contains(stem) { plain = "_" + plain }
    guard !plain.isEmpty else { return nil }
    description = plain
  }

  /// Without spaces around it, and without dots that hide it or are lost.
  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first.isWhitespace || first == "." { text.removeFirst() }
    while let last = text.last, last.isWhitespace || last == "." { text.removeLast() }
    return String(text)
  }

  private init(unchecked text: String) { description = text }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 1, maximum: nil, format: nil, pattern: nil))
  }
  public static var sample: Self { Self(unchecked: "file.txt") }
  public static var expectation: Words {
    Words(en: "the name of a file", fr: "le nom d’un fichier")
  }
}
