internal import Kernel

/// How to refuse letters of a kind: by answering, or by one click (RFC 8058) where there is a portal.
struct Unsubscription: Sendable, Equatable {
  let mail: EmailAddress
  let address: String?
  /// Tells which letter is refused, where Parvis reads what comes back.
  var ticket: String?
}

/// A message as mail programs read it: RFC 5322 headers, RFC 2047 words, text and HTML in UTF-8, and
/// what calendars read.
struct MIMEMessage: Sendable {
  let id: String
  let head: Letterhead
  let to: Contact
  let subject: String
  let text: LetterText
  let date: Instant
  /// What the letter is about; letters about the same thing are one conversation.
  var thread: String?
  var unsubscribe: Unsubscription?
  var invitations: [Invitation] = []

  var plain: String { PlainLetter.text(of: text, to: to, from: head) }

  var bytes: [UInt8] {
    let boundary = "=_\(id)"
    var parts = [
      part("text/plain; charset=utf-8", QuotedPrintable.encode(plain)),
      part(
        "text/html; charset=utf-8",
        QuotedPrintable.encode(
          HTMLLetter.text(of: text, subject: subject, to: to, from: head))),
    ]
    // One invitation is another form of the letter, as calendars expect; several are files beside it.
    if invitations.count == 1 { parts += invitations.map(calendarPart) }
    var body = multipart("alternative", boundary, parts)
    if invitations.count > 1 {
      body = multipart("mixed", boundary + ".m", [body] + invitations.map(calendarPart))
    }
    return Array((headers + ["MIME-Version: 1.0"]).joined(separator: "\r\n").utf8) + [13, 10] + body
  }

  private var domain: String { head.from.email.domain }

  private var headers: [String] {
    var lines = [
      "Date: \(Self.date(date))",
      "From: \(HeaderText.address(head.from, after: 6))",
      "To: \(HeaderText.address(to, after: 4))",
      "Reply-To: \(head.replyTo)",
      "Subject: \(HeaderText.unstructured(subject, after: 9))",
      "Message-ID: <\(id)@\(domain)>",
    ]
    if let thread {
      // The conversation hangs on a letter that nobody wrote, so that the order does not matter.
      lines += ["In-Reply-To: <\(thread)@\(domain)>", "References: <\(thread)@\(domain)>"]
    }
    lines += [
      "Content-Language: \(to.language.rawValue)",
      // RFC 3834: out-of-office replies stay away.
      "Auto-Submitted: auto-generated",
    ]
    if let unsubscribe {
      var ways = [
        "<mailto:\(unsubscribe.mail)?subject=unsubscribe\(unsubscribe.ticket.map { "%20" + $0 } ?? "")>"
      ]
      if let address = unsubscribe.address { ways.append("<\(address)>") }
      lines.append("List-Unsubscribe: " + ways.joined(separator: ",\r\n "))
      if unsubscribe.address != nil {
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
      }
    }
    return lines
  }

  private func calendarPart(_ invitation: Invitation) -> [UInt8] {
    part(
      "text/calendar; charset=utf-8; method=\(invitation.method.rawValue)",
      QuotedPrintable.encode(
        invitation.text(from: head.from, replyTo: head.replyTo, to: to, at: date)))
  }

  private func part(_ type: String, _ content: [UInt8]) -> [UInt8] {
    Array(
      "Content-Type: \(type)\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".utf8) + content
  }

  private func multipart(_ kind: String, _ boundary: String, _ parts: [[UInt8]]) -> [UInt8] {
    var bytes = Array(
      "Content-Type: multipart/\(kind);\r\n boundary=\"\(boundary)\"\r\n\r\n".utf8)
    for part in parts { bytes += Array("--\(boundary)\r\n".utf8) + part + [13, 10] }
    return bytes + Array("--\(boundary)--\r\n".utf8)
  }

  /// RFC 5322, section 3.3, in UTC: `Mon, 02 Mar 2020 09:00:00 +0000`.
  static func date(_ instant: Instant) -> String {
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let text = instant.description
    guard let day = Day(String(text.prefix(10))) else { return "Thu, 01 Jan 1970 00:00:00 +0000" }
    let month = Int(text.dropFirst(5).prefix(2)) ?? 1
    let weekday = weekdays[((Int(day.number) % 7) + 7) % 7]
    let date = "\(text.dropFirst(8).prefix(2)) \(months[month - 1]) \(text.prefix(4))"
    return "\(weekday), \(date) \(text.dropFirst(11).prefix(8)) +0000"
  }
}
