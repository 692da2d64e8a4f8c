/// The names of what a ZIP archive holds, read off the list at its end (APPNOTE.TXT, 4.3.12 and 4.3.16).
enum ArchiveNames {
  /// A list longer than this belongs to no document.
  private static let longest = 4 << 20

  /// Nil where there is no such list. Throws what reading throws.
  static func read(_ bytes: FileBytes) throws -> [String]? {
    let tail = min(bytes.count, 22 + 65_535)
    let end = try bytes.read(bytes.count - tail, tail)
    guard end.count == tail, tail >= 22 else { return nil }
    var place: Int?
    for at in stride(from: end.count - 22, through: 0, by: -1)
    where end[at] == 0x50 && end[at + 1] == 0x4B && end[at + 2] == 5 && end[at + 3] == 6 {
      place = at
      break
    }
    guard let place else { return nil }
    let size = number(end, place + 12, 4)
    let offset = number(end, place + 16, 4)
    guard size > 0, size <= longest, offset + size <= bytes.count else { return nil }
    return names(in: try bytes.read(offset, size))
  }

  private static func names(in list: [UInt8]) -> [String]? {
    var names: [String] = []
    var at = 0
    while at + 46 <= list.count {
      guard list[at] == 0x50, list[at + 1] == 0x4B, list[at + 2] == 1, list[at + 3] == 2 else {
        return nil
      }
      let length = number(list, at + 28, 2)
      let rest = number(list, at + 30, 2) + number(list, at + 32, 2)
      guard at + 46 + length <= list.count else { return nil }
      names.append(String(decoding: list[(at + 46)..<(at + 46 + length)], as: UTF8.self))
      at += 46 + length + rest
    }
    return names.isEmpty ? nil : names
  }

  /// A number as the format writes it: the smallest byte first.
  private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
  }
}
