internal import Kernel
internal import MissionsAPI
internal import NotificationsAPI

enum CalendarEntity {}
typealias CalendarID = ID<CalendarEntity>

/// A calendar somebody's programs may follow: whoever has its address reads it, until it is taken back.
struct CalendarRow: Record {
  static let table = "notifications_calendar"
  static let noun = Words(en: "calendar", fr: "calendrier")

  let id: CalendarID
  /// The secret part of its address. Kept as it is, because its owner is shown the address again.
  let key: String
  /// As what its owner may see what is in it: asked again at each reading.
  let role: Role
  let subject: String?
  /// One mission, one edition; neither: everything of the owner's own.
  let mission: MissionID?
  let editionId: EditionID?
  let language: Language
  let createdAt: Instant

  var owner: Grant { Grant(role, subject: subject) }
}

/// A session for whoever follows a calendar.
struct CalendarEntry: Sendable {
  let session: Session
  let mission: Name
  let organisation: Name
}

/// A calendar as calendar programs read it (RFC 5545, RFC 7986).
enum CalendarText {
  static func text(
    of entries: [CalendarEntry], called name: String, _ row: CalendarRow, domain: String
  ) -> String {
    let head = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parvis//Calendars//EN", "CALSCALE:GREGORIAN",
      "NAME:\(ICalendar.escaped(name))", "X-WR-CALNAME:\(ICalendar.escaped(name))",
      "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
    ]
    let events = entries.flatMap { event($0, row, domain) }
    return ICalendar.text(of: head + events + ["END:VCALENDAR"]) + "\r\n"
  }

  /// Under the UID of the invitation, so that a calendar that has both shows one. In UTC: an instant is the
  /// same in every zone and on every day clocks change.
  private static func event(
    _ entry: CalendarEntry, _ row: CalendarRow, _ domain: String
  ) -> [String] {
    let session = entry.session
    let language = row.language
    let summary = Words(
      en: "\(entry.mission), with \(entry.organisation)",
      fr: "\(entry.mission), avec \(entry.organisation)")
    return [
      "BEGIN:VEVENT", "UID:\(session.id)@\(domain)", "SEQUENCE:\(session.revision - 1)",
      // The same as long as nothing changes, so that what was read before is known again.
      "DTSTAMP:\(ICalendar.utc(row.createdAt))", "DTSTART:\(ICalendar.utc(session.startsAt))",
      "DTEND:\(ICalendar.utc(session.endsAt))",
      "SUMMARY:\(ICalendar.escaped(summary[language]))",
      "LOCATION:\(ICalendar.escaped(Wording.place(session.place)[language]))",
      "STATUS:\(session.state == .cancelled ? "CANCELLED" : "CONFIRMED")", "TRANSP:OPAQUE",
      "END:VEVENT",
    ]
  }
}
