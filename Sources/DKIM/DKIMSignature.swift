internal import Crypto
internal import Foundation

/// Signs whole messages (RFC 6376), relaxed in header and body.
public enum DKIMSignature {
  /// What is signed where a message has it. From is named once more, so that nobody can add another.
  private static let signed = [
    "from", "reply-to", "to", "subject", "date", "message-id", "in-reply-to", "references",
    "mime-version", "content-type", "content-language", "auto-submitted", "list-unsubscribe",
    "list-unsubscribe-post",
  ]

  /// The message with a signature for each key on top. `seconds` since 1970 say when. Throws what the
  /// library throws.
  public static func sign(_ message: [UInt8], with keys: [DKIMKey], at seconds: Int64) throws
    -> [UInt8]
  {
    let (head, body) = split(message)
    let fields = fields(of: head)
    let bodyHash = Data(SHA256.hash(data: canonical(body: body))).base64EncodedString()
    let present = signed.compactMap { name in fields.last { $0.name == name } }
    var top: [UInt8] = []
    for key in keys {
      let names = (present.map(\.name) + ["from"]).joined(separator: ":")
      let unsigned = [
        "v=1; a=\(key.algorithm); c=relaxed/relaxed; d=\(key.domain);",
        " s=\(key.selector); t=\(seconds);", " h=\(folded(names, by: ":"));",
        " bh=\(bodyHash);", " b=",
      ].joined(separator: "\r\n")
      let field = Field(name: "dkim-signature", value: unsigned)
      let text = present.map { $0.canonical + "\r\n" }.joined() + field.canonical
      let signature = try key.signature(of: Array(text.utf8)).base64EncodedString()
      top += Array("DKIM-Signature: \(unsigned)\(folded(signature, by: ""))\r\n".utf8)
    }
    return top + message
  }

  private struct Field {
    let name: String
    /// With its folds.
    let value: String

    var canonical: String {
      "\(name):"
        + value.split { " \t\r\n".unicodeScalars.contains($0.unicodeScalars.first ?? " ") }
        .joined(separator: " ")
    }
  }

  private static func split(_ message: [UInt8]) -> (head: [UInt8], body: [UInt8]) {
    var index = 0
    while index + 3 < message.count {
      if message[index] == 13, message[index + 1] == 10, message[index + 2] == 13,
        message[index + 3] == 10
      {
        return (Array(message[..<(index + 2)]), Array(message[(index + 4)...]))
      }
      index += 1
    }
    return (message, [])
  }

  private static func fields(of head: [UInt8]) -> [Field] {
    var lines: [String] = []
    for line in String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n") {
      if line.hasPrefix(" ") || line.hasPrefix("\t"), !lines.isEmpty {
        lines[lines.count - 1] += "\r\n" + line
      } else if !line.isEmpty {
        lines.append(line)
      }
    }
    return lines.compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return Field(
        name: line[..<colon].trimmingCharacters(in: .whitespaces).lowercased(),
        value: String(line[line.index(after: colon)...]))
    }
  }

  /// RFC 6376, section 3.4.4.
  private static func canonical(body: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var emptyLines = 0
    for var line in lines(of: body) {
      while let last = line.last, last == 32 || last == 9 { line.removeLast() }
      if line.isEmpty {
        emptyLines += 1
        continue
      }
      for _ in 0..<emptyLines { output += [13, 10] }
      emptyLines = 0
      var wasSpace = false
      for byte in line {
        let isSpace = byte == 32 || byte == 9
        if !isSpace { output.append(byte) } else if !wasSpace { output.append(32) }
        wasSpace = isSpace
      }
      output += [13, 10]
    }
    return output
  }

  private static func lines(of body: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index < body.count {
      if body[index] == 13, index + 1 < body.count, body[index + 1] == 10 {
        lines.append(body[start..<index])
        index += 2
        start = index
      } else {
        index += 1
      }
    }
    if start < body.count { lines.append(body[start...]) }
    return lines
  }

  /// Long values over several lines, broken after `mark`, or anywhere.
  private static func folded(_ text: String, by mark: String) -> String {
    let pieces =
      mark.isEmpty
      ? stride(from: 0, to: text.count, by: 70).map { start in
        String(text.dropFirst(start).prefix(70))
      }
      : text.components(separatedBy: mark).map { $0 + mark }
    var lines = [""]
    for piece in pieces {
      if lines[lines.count - 1].count + piece.count > 70, lines[lines.count - 1] != "" {
        lines.append("")
      }
      lines[lines.count - 1] += piece
    }
    let whole = lines.joined(separator: "\r\n ")
    return mark.isEmpty ? whole : String(whole.dropLast(mark.count))
  }
}
