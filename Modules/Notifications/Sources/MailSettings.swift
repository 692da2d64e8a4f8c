internal import Kernel
internal import NotificationsAPI

/// Where letters come from and how they leave, as the operator set it.
struct MailSettingsRow: Versioned {
  static let table = "notifications_settings"
  static let noun = Words(en: "mail settings", fr: "réglages du courrier")
  /// There is one row.
  static let only = "mail"
  /// What providers of mail allow everybody.
  static let fewConnections = 4

  let id: String
  var version: Int
  /// The mail server; none: letters are put into the folder.
  var host: String?
  var port: Int
  var security: MailSecurity
  var userName: String?
  var password: String?
  /// A file of PEM certificates to trust in place of the system's.
  var trusted: String?
  /// How many connections to the server at once.
  var connections: Int
  var perMinute: Int?
  var perDomain: Int?
  var senderName: Name?
  var senderAddress: EmailAddress?
  var replyTo: EmailAddress?
  /// Where people find the portal; no trailing slash.
  var portal: String?
  /// The folder in which what comes back is found.
  var returns: String?
  /// The key under which a mail server hands it in.
  var returnsKey: String?
  /// From which hour of the day people are reminded; none: they are not.
  var reminderHour: Int?
  /// Between these hours only what is necessary leaves.
  var quietFrom: Int?
  var quietUntil: Int?
  /// Beyond so many letters a day, what need not come at once waits for a digest.
  var dailyCap: Int?

  static let initial = MailSettingsRow(
    id: only, version: 1, host: nil, port: 587, security: .starttls, userName: nil, password: nil,
    trusted: nil, connections: fewConnections, perMinute: nil, perDomain: nil, senderName: nil,
    senderAddress: nil,
    replyTo: nil, portal: nil, returns: nil, returnsKey: nil, reminderHour: nil,
    quietFrom: nil, quietUntil: nil, dailyCap: nil)
}

extension MailSettingsRow {
  /// Whether only what is necessary leaves now.
  func isQuiet(at now: Instant, in zone: Zone) -> Bool {
    guard let quietFrom, let quietUntil else { return false }
    let today = zone.day(of: now)
    let (start, end) = (
      zone.moment(on: today, minute: quietFrom * 60),
      zone.moment(on: today, minute: quietUntil * 60)
    )
    // Over midnight, or within a day.
    return quietFrom > quietUntil ? now >= start || now < end : now >= start && now < end
  }
}

extension Connection {
  func mailSettings() throws -> MailSettingsRow {
    try find(MailSettingsRow.self, MailSettingsRow.only) ?? .initial
  }
}

extension NotificationsModule {
  /// What goes at the head of every letter.
  func letterhead(_ settings: MailSettingsRow, _ masthead: Masthead?) -> Letterhead {
    let from = Contact(
      name: settings.senderName ?? masthead?.name ?? sender.name,
      email: settings.senderAddress ?? sender.email, language: sender.language)
    return Letterhead(
      from: from, replyTo: settings.replyTo ?? masthead?.email ?? from.email,
      portal: portal(settings), address: masthead?.address, colour: masthead?.colour)
  }

  /// The mailbox of the settings.
  func outlet(
    _ settings: MailSettingsRow, hearing: @escaping @Sendable (String) -> Void = { _ in }
  ) -> any Mailbox {
    guard let host = settings.host, let carrier else { return mailbox }
    let domain = (settings.senderAddress ?? sender.email).domain
    return carrier.mailbox(
      on: MailServer(
        host: host, port: settings.port, security: settings.security, user: settings.userName,
        password: settings.password, hello: domain, trusted: settings.trusted), hearing: hearing)
  }

  /// A message ready to be handed over, signed where it leaves the house.
  func outgoing(_ message: MIMEMessage, _ settings: MailSettingsRow) -> OutgoingMessage {
    var bytes = message.bytes
    if settings.host != nil, let carrier {
      bytes = carrier.signed(bytes, from: message.head.from.email, at: message.date)
    }
    return OutgoingMessage(
      id: message.id, from: message.head.from.email, to: message.to.email, written: message.date,
      bytes: bytes)
  }
}

/// Whom a letter comes from, whom answers go to, and where its links lead.
struct Letterhead: Sendable {
  let from: Contact
  let replyTo: EmailAddress
  let portal: String?
  /// The operator's, as it stands on paper.
  var address: String?
  /// Of buttons: dark enough to read white on.
  var colour: String?
}

extension EmailAddress {
  var domain: String { description.split(separator: "@").last.map(String.init) ?? "localhost" }
}
