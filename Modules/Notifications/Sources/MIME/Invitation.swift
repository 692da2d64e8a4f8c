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
      "SEQUENCE:\(sequence)", "DTSTAMP:\(ICalendar.utc(now))", "DTSTART:\(ICalendar.utc(starts))",
      "DTEND:\(ICalendar.utc(ends))", "SUMMARY:\(ICalendar.escaped(summary))",
      "LOCATION:\(ICalendar.escaped(place))",
      "ORGANIZER;CN=\(Self.parameter(from.name)):mailto:\(replyTo)",
      "ATTENDEE;CN=\(Self.parameter(to.name));ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION"
        + ":mailto:\(to.email)",
      "STATUS:\(method == .cancel ? "CANCELLED" : "CONFIRMED")", "TRANSP:OPAQUE", "END:VEVENT",
      "END:VCALENDAR",
    ]
    return ICalendar.text(of: lines)
  }

  /// A parameter in quotation marks, which it cannot hold itself.
  private static func parameter(_ name: Name) -> String {
    "\"" + name.description.map { $0 == "\"" ? "'" : String($0) }.joined() + "\""
  }
}
