/// An answer of the server: one code, one or more lines.
struct SMTPReply: Sendable, Equatable {
  let code: Int
  let lines: [String]

  var isPositive: Bool { (200..<400).contains(code) }
  /// As staff read it.
  var words: String { "\(code) " + lines.joined(separator: " ") }
}

/// Puts the bytes of a server together into replies. Refuses what no server says: lines or replies
/// without end.
struct ReplyParser {
  private var line: [UInt8] = []
  private var code: Int?
  private var lines: [String] = []

  /// Whether bytes are left that belong to no whole reply yet.
  var isEmpty: Bool { line.isEmpty && code == nil }

  /// The replies that are whole now. Throws `SMTPFailure`.
  mutating func take(_ bytes: some Sequence<UInt8>) throws -> [SMTPReply] {
    var replies: [SMTPReply] = []
    for byte in bytes {
      guard byte == 10 else {
        line.append(byte)
        // RFC 5321 says 512; some servers say more.
        guard line.count <= 4096 else { throw SMTPFailure.lost("the server’s answer has no end") }
        continue
      }
      if line.last == 13 { line.removeLast() }
      if let reply = try end(line) { replies.append(reply) }
      line = []
    }
    return replies
  }

  private mutating func end(_ bytes: [UInt8]) throws -> SMTPReply? {
    let digits = bytes.prefix(3)
    guard digits.count == 3, digits.allSatisfy({ (48...57).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self)), (200..<600).contains(number),
      code == nil || code == number, bytes.count == 3 || bytes[3] == 32 || bytes[3] == 45,
      lines.count < 100
    else { throw SMTPFailure.lost("this is no mail server: \(shown(bytes))") }
    lines.append(shown(Array(bytes.dropFirst(4))))
    code = number
    guard bytes.count == 3 || bytes[3] == 32 else { return nil }
    defer {
      code = nil
      lines = []
    }
    return SMTPReply(code: number, lines: lines)
  }

  private func shown(_ bytes: [UInt8]) -> String {
    String(
      String(decoding: bytes.prefix(500), as: UTF8.self).unicodeScalars.map {
        $0.value < 32 || $0.value == 127 ? " " : Character($0)
      })
  }
}
