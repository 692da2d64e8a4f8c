internal import Foundation
internal import Kernel
internal import NotificationsAPI

/// What came back for letters we sent, as far as it can be told.
enum ReturnedMail: Sendable {
  /// A mail server could not deliver (RFC 3464, and whatever names a final recipient).
  case bounce([Bounce], of: [MessageID])
  /// A mailbox provider passes on that its reader called a letter unwanted (RFC 5965).
  case complaint(to: EmailAddress?, of: [MessageID])
  /// Somebody wrote back.
  case answer(Answer, to: [MessageID])
  /// A mail program asks for no more letters of a kind (RFC 2369), by the ticket of one.
  case refusal(ticket: String)
  /// A machine wrote back: somebody is away.
  case automatic
  case unknown

  struct Bounce: Sendable {
    /// Those it may be known by: as it was at the end, and as we wrote it.
    let addresses: [EmailAddress]
    let action: String?
    let status: String?
    /// The other server's words.
    let words: String

    /// Whether nobody will ever get anything there. What is full, too large or against a policy may be
    /// otherwise tomorrow.
    var isHard: Bool { action != "delayed" && isHardStatus(status) ?? (action == "failed") }
  }

  struct Answer: Sendable {
    let from: EmailAddress
    let text: String
  }
}

/// Whether an enhanced status (RFC 3463) says that the address is wrong; nil where it is none.
func isHardStatus(_ status: String?) -> Bool? {
  let parts = status?.split(separator: ".").map { Int($0) } ?? []
  guard parts.count == 3, let kind = parts[0], let subject = parts[1], let detail = parts[2] else {
    return nil
  }
  guard kind == 5 else { return false }
  switch (subject, detail) {
  case (1, 7), (1, 8): return false  // The sender's address.
  case (1, _), (0, 0), (2, 1), (4, 4): return true
  default: return false
  }
}

extension ReturnedMail {
  private static let mostRecipients = 50

  init(_ bytes: [UInt8]) {
    let mail = ReadMail(bytes)
    if let report = mail.leaves.first(where: { $0.type == "message/feedback-report" }) {
      self = Self.complaint(report, in: mail)
    } else if let report = mail.leaves.first(where: {
      $0.type == "message/delivery-status" || $0.type == "message/global-delivery-status"
    }) {
      let original = mail.leaves.flatMap { Self.messages(inOriginal: $0) }
      self = .bounce(Self.bounces(in: report.text), of: original)
    } else {
      self = Self.withoutReport(mail)
    }
  }

  private static func complaint(_ report: ReadMail.Leaf, in mail: ReadMail) -> ReturnedMail {
    let (fields, _) = ReadMail.split(report.content[...])
    guard fields["feedback-type"]?.lowercased() != "not-spam" else { return .unknown }
    let to = fields["original-rcpt-to"].flatMap(address)
    return .complaint(to: to, of: mail.leaves.flatMap { messages(inOriginal: $0) })
  }

  /// The blocks of a delivery status that are about somebody.
  private static func bounces(in text: String) -> [Bounce] {
    var bounces: [Bounce] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty, bounces.count < mostRecipients {
      let (fields, after) = ReadMail.split(rest)
      rest = after
      let addresses = ["final-recipient", "original-recipient"].compactMap { name in
        fields[name].flatMap(address)
      }
      guard !addresses.isEmpty else { continue }
      bounces.append(
        Bounce(
          addresses: addresses, action: fields["action"]?.lowercased(),
          status: fields["status"].map { String($0.prefix { $0 != " " && $0 != "(" }) },
          words: said(fields["diagnostic-code"] ?? fields["status"] ?? "")))
    }
    return bounces
  }

  /// A bounce in words that still names its final recipient, an answer, or nothing we know.
  private static func withoutReport(_ mail: ReadMail) -> ReturnedMail {
    let texts = mail.leaves.filter { $0.type.hasPrefix("text/") || $0.type.hasPrefix("message/") }
      .map(\.text)
    if let text = texts.first(where: { $0.lowercased().contains("final-recipient:") }) {
      var fields: [String] = []
      for line in text.split(whereSeparator: \.isNewline) {
        let line = line.trimmingCharacters(in: .whitespaces)
        let name = line.prefix { $0 != ":" }.lowercased()
        let known = ["final-recipient", "action", "status", "diagnostic-code"].contains(name)
        if known || line.isEmpty { fields.append(line) }
      }
      let ids = mail.leaves.flatMap { messages(inOriginal: $0) } + texts.flatMap(messageIDs)
      return .bounce(bounces(in: fields.joined(separator: "\n")), of: unique(ids))
    }
    let headers = mail.headers
    if let words = headers["subject"]?.lowercased().split(separator: " "), words.count == 2,
      words[0] == "unsubscribe", let ticket = MessageID(String(words[1]))
    {
      return .refusal(ticket: ticket.description)
    }
    let automatic = headers["auto-submitted"].map { !$0.lowercased().hasPrefix("no") } ?? false
    let bulk = ["bulk", "junk", "auto_reply"].contains(headers["precedence"]?.lowercased() ?? "")
    if automatic || bulk || headers["x-autoreply"] != nil || headers["x-autorespond"] != nil {
      return .automatic
    }
    let answered = messageIDs(
      (headers["in-reply-to"] ?? "") + " " + (headers["references"] ?? ""))
    guard !answered.isEmpty, let from = headers["from"].flatMap(address) else { return .unknown }
    return .answer(Answer(from: from, text: written(in: mail)), to: answered)
  }

  /// The Message-IDs of a letter that a report brings along.
  private static func messages(inOriginal leaf: ReadMail.Leaf) -> [MessageID] {
    guard leaf.type.hasPrefix("message/") || leaf.type == "text/rfc822-headers" else { return [] }
    let (fields, _) = ReadMail.split(leaf.content[...])
    return fields["message-id"].map(messageIDs) ?? []
  }

  /// What could be ids of ours among the Message-IDs in a text: `<id@domain>`.
  private static func messageIDs(_ text: String) -> [MessageID] {
    var ids: [MessageID] = []
    for piece in text.split(separator: "<", omittingEmptySubsequences: false)
      .dropFirst().prefix(200)
    {
      let local = piece.prefix { $0 != "@" && $0 != ">" && !$0.isWhitespace }
      if local.utf8.count == 36, let id = MessageID(local.lowercased()) { ids.append(id) }
    }
    return unique(ids)
  }

  private static func unique(_ ids: [MessageID]) -> [MessageID] {
    var seen: Set<MessageID> = []
    return ids.filter { seen.insert($0).inserted }
  }

  /// `rfc822; somebody@example.org`, `Somebody <somebody@example.org>`, or the bare address.
  private static func address(_ text: String) -> EmailAddress? {
    var rest = Substring(text.prefix(1000))
    if let open = rest.lastIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      rest = rest[rest.index(after: open)..<close]
    } else if let semicolon = rest.firstIndex(of: ";") {
      rest = rest[rest.index(after: semicolon)...]
    }
    return EmailAddress(rest.trimmingCharacters(in: .whitespaces))
  }

  /// A line for staff to read: no controls, no more than fits.
  private static func said(_ text: String) -> String {
    let line = text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(
      separator: " ")
    return String(MailWords.visible(line).prefix(300))
  }

  /// What somebody wrote, without what they quote.
  private static func written(in mail: ReadMail) -> String {
    let plain = mail.leaves.first { $0.type == "text/plain" }?.text
    let text =
      plain
      ?? mail.leaves.first { $0.type == "text/html" }.map {
        MailWords.withoutTags($0.text)
      }
    return MailWords.ownWords(in: text ?? "")
  }
}

/// What of somebody's message is shown to staff.
enum MailWords {
  static let most = 4000

  /// Without quoted lines, controls and the emptiness at both ends.
  static func ownWords(in text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .filter { !$0.hasPrefix(">") }.map { visible(String($0.prefix(1000))) }
    let joined = lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    return String(joined.prefix(most))
  }

  /// Without what steers terminals, or turns the direction of writing.
  static func visible(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .surrogate, .privateUse: scalar == "\t"
          default: true
          }
        }))
  }

  static func withoutTags(_ html: String) -> String {
    var output = ""
    var inTag = false
    for character in html.prefix(100_000) {
      switch character {
      case "<": inTag = true
      case ">" where inTag: inTag = false
      default: if !inTag { output.append(character) }
      }
    }
    let entities = [
      ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&"),
    ]
    return entities.reduce(output) { $0.replacing($1.0, with: $1.1) }
  }
}
