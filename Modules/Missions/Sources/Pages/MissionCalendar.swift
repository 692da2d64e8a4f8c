internal import Kernel
internal import MissionsAPI
internal import Pages

// The dates of a mission as a file for calendars (RFC 5545). Who takes the dates of a letter has them
// already; this is for whoever wants all of them at once.
extension MissionsModule {
  var calendarFile: PortalFile {
    PortalFile(
      "missions.calendar", "/missions/{mission}/calendar.ics", by: .staff(and: .member, .volunteer),
      byLetter: true, asking: { (_: OneMission, context) in try await viewer(of: context) }
    ) { (input: OneMission, viewer, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      guard MissionsPolicy.maySee(mission, team: try transaction.team(of: mission.id), viewer)
      else { throw Problem.notFound(MissionRow.noun, input.mission) }
      let sessions = try transaction.sessions(of: mission.id)
      return FileContent(
        name: "\(mission.title).ics", type: "text/calendar; charset=utf-8",
        bytes: Array(calendar(of: sessions, mission, at: transaction.now).utf8))
    }
  }
}

private func calendar(of sessions: [SessionRow], _ mission: MissionRow, at now: Instant) -> String {
  var lines = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parvis//Missions//EN", "METHOD:PUBLISH",
  ]
  for session in sessions {
    lines += [
      "BEGIN:VEVENT", "UID:\(session.id)@parvis", "SEQUENCE:\(session.revision)",
      "DTSTAMP:\(utc(now))", "DTSTART:\(utc(session.startsAt))", "DTEND:\(utc(session.endsAt))",
      "SUMMARY:\(escaped(mission.title.description))",
      "LOCATION:\(escaped(session.place.description))",
      "STATUS:\(session.cancelledAt == nil ? "CONFIRMED" : "CANCELLED")", "END:VEVENT",
    ]
  }
  lines.append("END:VCALENDAR")
  return lines.map { folded($0) + "\r\n" }.joined()
}

/// `20201210T080000Z`: an instant is the same in every zone.
private func utc(_ instant: Instant) -> String {
  instant.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
}

private func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    if "\\;,".contains(character) { result.append("\\") }
    result += character.isNewline ? "\\n" : String(character)
  }
  return result
}

/// A line longer than 75 bytes goes on in the next one, behind a blank.
private func folded(_ line: String) -> String {
  var parts = [""]
  for character in line {
    let room = parts.count == 1 ? 75 : 74
    if parts[parts.count - 1].utf8.count + character.utf8.count > room { parts.append("") }
    parts[parts.count - 1].append(character)
  }
  return parts.joined(separator: "\r\n ")
}
