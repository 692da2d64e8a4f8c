/// Finds the line to blame for a damaged file.
///
/// The format is a stream of numbers, so a lost number is felt only where its successors make no
/// sense. In a file laid out one record a line (as generators write it), the first line with too
/// few or too many numbers is the one to blame.
struct InstanceTextDiagnosis {
  private let text: UnsafeBufferPointer<UInt8>

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  func lineFeeds(in range: Range<Int>) -> Int {
    var count = 0
    for byte in text[range] where byte == 0x0A { count += 1 }
    return count
  }

  func error(for flaw: InstanceTextFlaw) -> InstanceTextError {
    let end = min(flaw.offset, text.count)
    let line = 1 + lineFeeds(in: 0..<end)
    let cutOff = text.last != 0x0A
    if !cutOff, let (odd, reason) = firstOddLine(until: line) {
      return InstanceTextError(line: odd, reason)
    }
    return InstanceTextError(line: line, flaw.reason)
  }

  /// The first line up to the given one that does not hold the numbers its record has; nil when
  /// there is none, or the file is not laid out by lines.
  private func firstOddLine(until last: Int) -> (line: Int, reason: Phrase)? {
    var lines = Lines(text)
    _ = lines.next()
    guard last > 2, let sizes = lines.next() else { return nil }
    if sizes.count != 8, sizes.count < 12, lines.next()?.count == 2 {
      return (2, wrongCount(sizes.count, expected: 8))
    }
    guard sizes.count == 8, let volunteers = sizes[0], let roles = sizes[2], volunteers >= 0,
      roles >= 0
    else { return nil }
    // What comes after the pins is no record any more.
    let end = 2 + roles + volunteers + max(0, sizes[5] ?? 0)
    var line = 2
    while line < min(last, end), let numbers = lines.next() {
      line += 1
      var expected = 2
      if line - 2 > roles, line - 2 - roles <= volunteers {
        guard numbers.count >= 4 else {
          return (
            line,
            Phrase(
              french: "trop peu de nombres : \(numbers.count), un volontaire en a au moins 4",
              english: "too few numbers: \(numbers.count), where a volunteer has at least 4")
          )
        }
        guard let degree = numbers[3], degree >= 0, degree < text.count else { return nil }
        expected = 4 + 2 * degree
      }
      if numbers.count != expected {
        return (line, wrongCount(numbers.count, expected: expected))
      }
    }
    return nil
  }

  private func wrongCount(_ count: Int, expected: Int) -> Phrase {
    Phrase(
      french:
        "\(count < expected ? "trop peu" : "trop") de nombres : \(count) au lieu de \(expected)",
      english:
        "too \(count < expected ? "few" : "many") numbers: \(count), where \(expected) are expected"
    )
  }

  /// The words of each line as numbers; a word that is none is nil.
  private struct Lines: IteratorProtocol {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    mutating func next() -> [Int?]? {
      guard position < text.count else { return nil }
      let end = text[position...].firstIndex(of: 0x0A) ?? text.count
      let words = text[position..<end].split(separator: 0x20)
      position = end + 1
      return words.map { Int(String(decoding: $0, as: UTF8.self)) }
    }
  }
}
