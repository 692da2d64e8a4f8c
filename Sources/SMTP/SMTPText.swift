internal import Foundation

/// How a message goes over the wire.
enum SMTPText {
  /// The message with its leading dots doubled, ended by a line with a dot (RFC 5321, section 4.5.2).
  /// Every bare CR or LF becomes a line end of its own. Throws `SMTPFailure` for a line of more than
  /// 998 characters.
  static func dotStuffed(_ message: [UInt8]) throws -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(message.count + message.count / 64 + 8)
    var start = 0
    // A line at a time: most need nothing but to be copied.
    while start < message.count {
      let end = message[start...].firstIndex { $0 == 13 || $0 == 10 } ?? message.count
      guard end - start <= 998 else {
        throw SMTPFailure(.never, "a line of the message is longer than 998 characters")
      }
      if end > start, message[start] == 46 { output.append(46) }
      output.append(contentsOf: message[start..<end])
      output.append(13)
      output.append(10)
      start = end + 1
      if end + 1 < message.count, message[end] == 13, message[end + 1] == 10 { start += 1 }
    }
    output.append(contentsOf: [46, 13, 10])
    return output
  }

  static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}

/// What a server says it can do (RFC 5321, section 4.1.1.1).
struct Capabilities: Sendable {
  private let words: [String: [String]]

  init(_ reply: SMTPReply) {
    // The first line is the server's name. Some write `AUTH=PLAIN`.
    let lines = reply.lines.dropFirst().map { line in
      line.uppercased().split { $0 == " " || $0 == "=" }.map(String.init)
    }
    words = Dictionary(
      lines.compactMap { line in line.first.map { ($0, Array(line.dropFirst())) } },
      uniquingKeysWith: +)
  }
  init() { words = [:] }

  func has(_ name: String) -> Bool { words[name] != nil }
  var mechanisms: Set<String> { Set(words["AUTH"] ?? []) }
  /// The largest message taken, where one is named.
  var limit: Int? { (words["SIZE"]?.first).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
}
