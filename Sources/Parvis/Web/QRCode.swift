/// A text as a QR code (ISO/IEC 18004) that cameras read with a fifth of it spoilt or so: bytes, level M,
/// up to version 12 (287 bytes).
struct QRCode: Equatable {
  /// Its rows from above; true is dark.
  private(set) var modules: [[Bool]]
  var size: Int { modules.count }

  /// Nil for a text that is too long.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let version = Version.all.first(where: { bytes.count <= $0.mostBytes }) else {
      return nil
    }
    let words = version.interleaved(version.padded(bytes))
    var drawing = Drawing(version)
    drawing.place(words)
    modules = drawing.bestMasked()
  }

  /// Only its dark squares, as runs along each row: what a path draws.
  var runs: [(x: Int, y: Int, length: Int)] {
    modules.enumerated().flatMap { y, row in
      var found: [(x: Int, y: Int, length: Int)] = []
      for (x, isDark) in row.enumerated() where isDark {
        if let last = found.last, last.x + last.length == x {
          found[found.count - 1].length += 1
        } else {
          found.append((x, y, 1))
        }
      }
      return found
    }
  }
}

/// What the standard says of one size, at level M.
private struct Version {
  let number: Int
  /// Bytes in all, those for mending in each block, and how many blocks there are.
  let words: Int
  let mending: Int
  let blocks: Int
  /// Centres of the small squares, across and down.
  let centres: [Int]

  var size: Int { 17 + 4 * number }
  var data: Int { words - mending * blocks }
  var lengthBits: Int { number < 10 ? 8 : 16 }
  var mostBytes: Int { (data * 8 - 4 - lengthBits) / 8 }

  /// ISO/IEC 18004, tables 1, 9 and E.1.
  static let all: [Version] = [
    Version(number: 1, words: 26, mending: 10, blocks: 1, centres: []),
    Version(number: 2, words: 44, mending: 16, blocks: 1, centres: [6, 18]),
    Version(number: 3, words: 70, mending: 26, blocks: 1, centres: [6, 22]),
    Version(number: 4, words: 100, mending: 18, blocks: 2, centres: [6, 26]),
    Version(number: 5, words: 134, mending: 24, blocks: 2, centres: [6, 30]),
    Version(number: 6, words: 172, mending: 16, blocks: 4, centres: [6, 34]),
    Version(number: 7, words: 196, mending: 18, blocks: 4, centres: [6, 22, 38]),
    Version(number: 8, words: 242, mending: 22, blocks: 4, centres: [6, 24, 42]),
    Version(number: 9, words: 292, mending: 22, blocks: 5, centres: [6, 26, 46]),
    Version(number: 10, words: 346, mending: 26, blocks: 5, centres: [6, 28, 50]),
    Version(number: 11, words: 404, mending: 30, blocks: 5, centres: [6, 30, 54]),
    Version(number: 12, words: 466, mending: 22, blocks: 8, centres: [6, 32, 58]),
  ]

  /// The mode, the length, the bytes, and what fills the rest.
  func padded(_ bytes: [UInt8]) -> [UInt8] {
    var bits: [Bool] = []
    func add(_ value: Int, _ count: Int) {
      for place in stride(from: count - 1, through: 0, by: -1) {
        bits.append(value >> place & 1 == 1)
      }
    }
    add(4, 4)
    add(bytes.count, lengthBits)
    for byte in bytes { add(Int(byte), 8) }
    add(0, min(4, data * 8 - bits.count))
    add(0, (8 - bits.count % 8) % 8)
    var whole = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<(start + 8)].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    while whole.count < data { whole.append(whole.count % 2 == padding(bits.count) ? 0xEC : 0x11) }
    return whole
  }
  /// Whether the first byte that fills stands at an even or an odd place.
  private func padding(_ bits: Int) -> Int { bits / 8 % 2 }

  /// Blocks with their bytes for mending, taken one byte of each in turn. The last blocks may be one longer.
  func interleaved(_ words: [UInt8]) -> [UInt8] {
    let short = data / blocks
    let long = data % blocks
    var parts: [[UInt8]] = []
    var rest = words[...]
    for block in 0..<blocks {
      let length = short + (block >= blocks - long ? 1 : 0)
      parts.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    let mended = parts.map { Field.remainder(of: $0, degree: mending) }
    return (0...short).flatMap { at in parts.compactMap { at < $0.count ? $0[at] : nil } }
      + (0..<mending).flatMap { at in mended.map { $0[at] } }
  }
}

/// Arithmetic of 256 values modulo x⁸ + x⁴ + x³ + x² + 1, and Reed and Solomon's polynomials in it.
private enum Field {
  static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var (result, left, right) = (UInt8(0), left, right)
    while right > 0 {
      if right & 1 == 1 { result ^= left }
      left = left << 1 ^ (left & 0x80 != 0 ? 0x1D : 0)
      right >>= 1
    }
    return result
  }

  static func remainder(of words: [UInt8], degree: Int) -> [UInt8] {
    // (x − 1)(x − 2)(x − 4)…, without its first coefficient.
    var divisor = Array(repeating: UInt8(0), count: degree - 1) + [1]
    var root: UInt8 = 1
    for _ in 0..<degree {
      for at in 0..<degree {
        divisor[at] = product(divisor[at], root) ^ (at + 1 < degree ? divisor[at + 1] : 0)
      }
      root = product(root, 2)
    }
    var rest = Array(repeating: UInt8(0), count: degree)
    for word in words {
      let factor = word ^ rest.removeFirst()
      rest.append(0)
      for at in 0..<degree { rest[at] ^= product(divisor[at], factor) }
    }
    return rest
  }
}

/// The squares as they are drawn: those of the pattern itself, then those of the data.
private struct Drawing {
  private let version: Version
  private var dark: [[Bool]]
  /// What belongs to the pattern, and no data goes to.
  private var isFixed: [[Bool]]
  private var size: Int { version.size }

  init(_ version: Version) {
    self.version = version
    dark = Array(repeating: Array(repeating: false, count: version.size), count: version.size)
    isFixed = dark
    for at in 0..<size {
      fix(6, at, at % 2 == 0)
      fix(at, 6, at % 2 == 0)
    }
    for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
    let centres = version.centres
    for x in centres {
      for y in centres where !isBesideFinder(x, y) { drawSquare(x, y) }
    }
    drawFormat(mask: 0)
    drawVersion()
  }

  private mutating func fix(_ x: Int, _ y: Int, _ isDark: Bool) {
    guard (0..<size).contains(x), (0..<size).contains(y) else { return }
    dark[y][x] = isDark
    isFixed[y][x] = true
  }

  private func isBesideFinder(_ x: Int, _ y: Int) -> Bool {
    let (first, last) = (6, version.centres.last ?? 6)
    return (x, y) == (first, first) || (x, y) == (first, last) || (x, y) == (last, first)
  }

  /// A square in a frame, with its light border.
  private mutating func drawFinder(_ x: Int, _ y: Int) {
    for dy in -4...4 {
      for dx in -4...4 {
        let ring = max(abs(dx), abs(dy))
        fix(x + dx, y + dy, ring != 2 && ring != 4)
      }
    }
  }

  private mutating func drawSquare(_ x: Int, _ y: Int) {
    for dy in -2...2 {
      for dx in -2...2 { fix(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) }
    }
  }

  /// Level and mask, twice, with ten bits for mending them.
  private mutating func drawFormat(mask: Int) {
    // Level M is 00.
    let bits = (mask << 10 | checked(mask, by: 0x537, degree: 10)) ^ 0x5412
    func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
    for place in 0...5 { fix(8, place, bit(place)) }
    fix(8, 7, bit(6))
    fix(8, 8, bit(7))
    fix(7, 8, bit(8))
    for place in 9...14 { fix(14 - place, 8, bit(place)) }
    for place in 0...7 { fix(size - 1 - place, 8, bit(place)) }
    for place in 8...14 { fix(8, size - 15 + place, bit(place)) }
    fix(8, size - 8, true)
  }

  /// From version 7 on the version itself, twice.
  private mutating func drawVersion() {
    guard version.number >= 7 else { return }
    let bits = version.number << 12 | checked(version.number, by: 0x1F25, degree: 12)
    for place in 0..<18 {
      let (far, near) = (size - 11 + place % 3, place / 3)
      fix(far, near, bits >> place & 1 == 1)
      fix(near, far, bits >> place & 1 == 1)
    }
  }

  /// The remainder of a number as a polynomial of bits.
  private func checked(_ value: Int, by divisor: Int, degree: Int) -> Int {
    var rest = value
    for _ in 0..<degree { rest = rest << 1 ^ (rest >> (degree - 1) & 1) * divisor }
    return rest & (1 << degree - 1)
  }

  /// Two columns at a time, from the right, up and down in turn.
  mutating func place(_ words: [UInt8]) {
    var at = 0
    var right = size - 1
    var goesUp = true
    while right > 0 {
      // The column of the dotted line is none.
      if right == 6 { right -= 1 }
      for step in 0..<size {
        let y = goesUp ? size - 1 - step : step
        for x in [right, right - 1] where !isFixed[y][x] && at < words.count * 8 {
          dark[y][x] = words[at / 8] >> (7 - at % 8) & 1 == 1
          at += 1
        }
      }
      goesUp.toggle()
      right -= 2
    }
  }

  /// Under the mask that leaves the fewest shapes a camera might stumble over.
  func bestMasked() -> [[Bool]] {
    let candidates = (0..<8).map { mask in
      var other = self
      other.turn(by: mask)
      other.drawFormat(mask: mask)
      return other.dark
    }
    return candidates.min { penalty($0) < penalty($1) } ?? dark
  }

  private mutating func turn(by mask: Int) {
    for y in 0..<size {
      for x in 0..<size where !isFixed[y][x] && isTurned(x, y, mask) { dark[y][x].toggle() }
    }
  }

  private func isTurned(_ x: Int, _ y: Int, _ mask: Int) -> Bool {
    switch mask {
    case 0: (x + y) % 2 == 0
    case 1: y % 2 == 0
    case 2: x % 3 == 0
    case 3: (x + y) % 3 == 0
    case 4: (x / 3 + y / 2) % 2 == 0
    case 5: x * y % 2 + x * y % 3 == 0
    case 6: (x * y % 2 + x * y % 3) % 2 == 0
    default: ((x + y) % 2 + x * y % 3) % 2 == 0
    }
  }

  /// ISO/IEC 18004, table 11: long runs, squares of four, what looks like a corner, too much of one shade.
  private func penalty(_ dark: [[Bool]]) -> Int {
    let columns = (0..<size).map { x in dark.map { $0[x] } }
    var sum = (dark + columns).reduce(0) { $0 + linePenalty($1) }
    for y in 1..<size {
      for x in 1..<size {
        let shade = dark[y][x]
        if dark[y][x - 1] == shade, dark[y - 1][x] == shade, dark[y - 1][x - 1] == shade {
          sum += 3
        }
      }
    }
    let share = dark.joined().count { $0 } * 100 / (size * size)
    return sum + abs(share - 50) / 5 * 10
  }

  private func linePenalty(_ line: [Bool]) -> Int {
    var sum = 0
    var run = 0
    for at in line.indices {
      run = at > 0 && line[at] == line[at - 1] ? run + 1 : 1
      if run == 5 { sum += 3 } else if run > 5 { sum += 1 }
    }
    let corner = [true, false, true, true, true, false, true]
    let light = Array(repeating: false, count: 4)
    for shape in [corner + light, light + corner] where shape.count <= line.count {
      for start in 0...(line.count - shape.count)
      where line[start..<(start + 11)].elementsEqual(shape) {
        sum += 40
      }
    }
    return sum
  }
}
