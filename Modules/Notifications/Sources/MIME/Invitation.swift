internal import Kernel

/// A date for the recipient's calendar (RFC 5545, RFC 5546): asked, changed under a higher sequence, or
/// taken back, under one UID.
struct Invitation: Codable, Sendable, Equatable {
  enum Method: String, Codable, Sendable {
    case request = "REQUEST"
    case cancel = "CANCEL"
  }
  let method: Method
  /// The same for every revision and everybody.
  let uid: String
  let sequence: Int
  let starts: Instant
  let ends: Instant
  let summary: String
  let place: String

  /// The calendar object, in UTC: an instant is the same in every zone and on every day clocks change.
  func text(from: Contact, replyTo: EmailAddress, to: Contact, at now: Instant) -> String {
    let lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parvis//Letters//EN", "CALSCALE:GREGORIAN",
      "METHOD:\(method.rawValue)", "BEGIN:VEVENT", "UID:\(uid)@\(from.email.domain)",
      "SEQUENCE:\(sequence)", "DTSTAMP:\(Self.utc(now))", "DTSTART:\(Self.utc(starts))",
      "DTEND:\(Self.utc(ends))", "SUMMARY:\(Self.escaped(summary))",
      "LOCATION:\(Self.escaped(place))",
      "ORGANIZER;CN=\(Self.parameter(from.name)):mailto:\(replyTo)",
      "ATTENDEE;CN=\(Self.parameter(to.name));ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION"
        + ":mailto:\(to.email)",
      "STATUS:\(method == .cancel ? "CANCELLED" : "CONFIRMED")", "TRANSP:OPAQUE", "END:VEVENT",
      "END:VCALENDAR",
    ]
    return lines.map(Self.folded).joined(separator: "\r\n")
  }

  /// `20201210T080000Z`.
  static func utc(_ instant: Instant) -> String {
    let text = instant.description
    return text.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }

  /// RFC 5545, section 3.3.11.
  static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\", ";", ",": "\\\(character)"
      case "\n", "\r\n": "\\n"
      default: String(character)
      }
    }.joined()
  }

  /// A parameter in quotation marks, which it cannot hold itself.
  private static func parameter(_ name: Name) -> String {
    "\"" + name.description.map { $0 == "\"" ? "'" : String($0) }.joined() + "\""
  }

  /// Lines of at most 75 bytes, none of which splits a character.
  static func folded(_ line: String) -> String {
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
