internal import Kernel

/// A message as mail programs read it: RFC 5322 headers, RFC 2047 words, one UTF-8 text part.
struct MIMEMessage: Sendable {
  let id: String
  let from: Contact
  let to: Contact
  let subject: String
  let text: String
  let date: Instant

  var bytes: [UInt8] {
    let domain = from.email.description.split(separator: "@").last.map(String.init) ?? "localhost"
    let headers = [
      "Date: \(Self.date(date))",
      "From: \(HeaderText.address(from, after: 6))",
      "To: \(HeaderText.address(to, after: 4))",
      "Subject: \(HeaderText.unstructured(subject, after: 9))",
      "Message-ID: <\(id)@\(domain)>",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
      "Content-Language: \(to.language.rawValue)",
      // RFC 3834: out-of-office replies stay away.
      "Auto-Submitted: auto-generated",
    ]
    let head = headers.joined(separator: "\r\n") + "\r\n\r\n"
    return Array(head.utf8) + QuotedPrintable.encode(text)
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
