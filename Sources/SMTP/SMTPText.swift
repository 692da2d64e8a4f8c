internal import Foundation

/// How a message goes over the wire.
enum SMTPText {
  /// The message with its leading dots doubled, ended by a line with a dot (RFC 5321, section 4.5.2).
  /// Every bare CR or LF becomes a line end of its own. Throws `SMTPFailure` for a line of more than
  /// 998 characters.
  static func dotStuffed(_ message: [UInt8]) throws -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(message.count + message.count / 64 + 8)
    var column = 0
    var index = 0
    while index < message.count {
      let byte = message[index]
      index += 1
      if byte == 13 || byte == 10 {
        if byte == 13, index < message.count, message[index] == 10 { index += 1 }
        output += [13, 10]
        column = 0
        continue
      }
      if column == 0, byte == 46 { output.append(46) }
      output.append(byte)
      column += 1
      guard column <= 998 else {
        throw SMTPFailure(.never, "a line of the message is longer than 998 characters")
      }
    }
    if column > 0 { output += [13, 10] }
    return output + [46, 13, 10]
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
