/// A subject as phones show it: 70 characters.
enum Subject {
  static let limit = 70

  /// The subject, ended after a whole word where it is longer.
  static func fitted(_ text: String) -> String {
    guard text.count > limit else { return text }
    let start = text.prefix(limit - 1)
    let cut = start.lastIndex { $0 == " " || $0 == "\u{a0}" }
    let whole = cut.map { start[..<$0] } ?? start
    return whole.trimmingSuffix { " ,;:–-\u{a0}".contains($0) } + "…"
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ isCut: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, isCut(last) { text.removeLast() }
    return String(text)
  }
}
