/// Where a text stands in alphabetical order as people expect it: É with E and œ with oe, small and
/// capital letters together, numbers by their value, whatever stands between words as a space. Texts that
/// differ in nothing else are ordered by their accents, then as they are. The same on every database,
/// since none is asked.
public struct SortKey: Comparable, Hashable, Sendable {
  private let words: String
  private let small: String
  private let text: String

  /// Where any text stands; an empty one stands first.
  public init(_ text: String) {
    words = Self.paddingNumbers(Folded(text).description)
    small = text.lowercased()
    self.text = text
  }

  /// The same for a text of any kind.
  public init(_ value: some SingleTextValue) { self.init(value.description) }

  /// The key as a text whose bytes are in the order of the keys, but for texts that differ in their accents
  /// or after some 200 letters: for a column that a list is paged by.
  public var stored: String { String((words + "\u{1}" + small).prefix(200)) }

  public static func < (left: Self, right: Self) -> Bool {
    (left.words, left.small, left.text) < (right.words, right.small, right.text)
  }

  /// Each number with zeros before it, so that 9 comes before 10.
  private static func paddingNumbers(_ words: String) -> String {
    guard words.utf8.contains(where: { (48...57).contains($0) }) else { return words }
    var padded = ""
    var digits = ""
    func close() {
      padded += String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
    }
    for scalar in words.unicodeScalars {
      if ("0"..."9").contains(scalar) {
        digits.unicodeScalars.append(scalar)
        continue
      }
      if !digits.isEmpty { close() }
      digits = ""
      padded.unicodeScalars.append(scalar)
    }
    if !digits.isEmpty { close() }
    return padded
  }
}

extension Sequence {
  /// In alphabetical order of what `texts` gives of each, its first text first; what is equal in all of
  /// them stays in the order it came.
  public func alphabetical(by texts: (Element) -> [String]) -> [Element] {
    map { (element: $0, keys: texts($0).map { SortKey($0) }) }.enumerated()
      .sorted { left, right in
        for (a, b) in zip(left.element.keys, right.element.keys) where a != b { return a < b }
        return left.offset < right.offset
      }
      .map(\.element.element)
  }

  /// In alphabetical order of one text of each.
  public func alphabetical(by text: (Element) -> some SingleTextValue) -> [Element] {
    alphabetical { [text($0).description] }
  }
}
