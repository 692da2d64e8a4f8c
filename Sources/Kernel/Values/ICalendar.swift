/// How iCalendar objects are written (RFC 5545), for every module that has dates to give.
public enum ICalendar {
  /// `20201210T080000Z`: an instant is the same in every zone and on every day clocks change.
  public static func utc(_ instant: Instant) -> String {
    instant.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }

  /// A text as a value (section 3.3.11).
  public static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\", ";", ",": "\\\(character)"
      case "\n", "\r\n": "\\n"
      default: String(character)
      }
    }.joined()
  }

  /// The object: lines of at most 75 bytes, none of which splits a character (section 3.1).
  public static func text(of lines: [String]) -> String {
    lines.map(folded).joined(separator: "\r\n")
  }

  private static func folded(_ line: String) -> String {
    var output = ""
    var width = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if width + size > 75 {
        output += "\r\n "
        width = 1
      }
      output.unicodeScalars.append(scalar)
      width += size
    }
    return output
  }
}
