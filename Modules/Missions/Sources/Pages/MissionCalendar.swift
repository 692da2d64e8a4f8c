internal import Kernel
internal import MissionsAPI
internal import Pages

// The dates of a mission as a file for calendars (RFC 5545). Who takes the dates of a letter has them
// already; this is for whoever wants all of them at once.
extension MissionsModule {
  var calendarFile: PortalFile {
    PortalFile(
      "missions.calendar", "/missions/{mission}/calendar.ics", by: .staff(and: .member, .volunteer),
      byLetter: true,
      asking: { (_: OneMission, context) in
        (try await viewer(of: context), try await calendarDomain())
      }
    ) { (input: OneMission, answers: (viewer: Viewer, domain: String), transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      guard
        MissionsPolicy.maySee(mission, team: try transaction.team(of: mission.id), answers.viewer)
      else { throw Problem.notFound(MissionRow.noun, input.mission) }
      let sessions = try transaction.sessions(of: mission.id)
      return FileContent(
        name: "\(mission.title).ics", type: "text/calendar; charset=utf-8",
        bytes: Array(calendar(of: sessions, mission, answers.domain, at: transaction.now).utf8))
    }
  }
}

private func calendar(
  of sessions: [SessionRow], _ mission: MissionRow, _ domain: String, at now: Instant
) -> String {
  var lines = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parvis//Missions//EN", "METHOD:PUBLISH",
  ]
  for session in sessions {
    lines += [
      "BEGIN:VEVENT", "UID:\(session.id)@\(domain)", "SEQUENCE:\(session.revision - 1)",
      "DTSTAMP:\(ICalendar.utc(now))", "DTSTART:\(ICalendar.utc(session.startsAt))",
      "DTEND:\(ICalendar.utc(session.endsAt))",
      "SUMMARY:\(ICalendar.escaped(mission.title.description))",
      "LOCATION:\(ICalendar.escaped(session.place.description))",
      "STATUS:\(session.cancelledAt == nil ? "CONFIRMED" : "CANCELLED")", "END:VEVENT",
    ]
  }
  lines.append("END:VCALENDAR")
  return ICalendar.text(of: lines) + "\r\n"
}
