internal import Kernel
internal import NotificationsAPI

/// The settings as staff see them: whether there is a password, never which.
struct MailSettingsView: Codable, Sendable {
  let version: Int
  let transport: MailTransport
  let host: String?
  let port: Int
  let security: MailSecurity
  let user: String?
  let hasPassword: Bool
  let trusted: String?
  let connections: Int
  let perMinute: Int?
  let perDomain: Int?
  let senderName: Name
  let senderAddress: EmailAddress
  let replyTo: EmailAddress
  let portal: String?
  let returns: String?
  let hasReturnsKey: Bool
  let reminderHour: Int?
  let quietFrom: Int?
  let quietUntil: Int?
  let dailyCap: Int?

  init(_ row: MailSettingsRow, _ head: Letterhead) {
    version = row.version
    transport = row.host == nil ? .folder : .smtp
    host = row.host
    port = row.port
    security = row.security
    user = row.userName
    hasPassword = row.password != nil
    trusted = row.trusted
    connections = row.connections
    perMinute = row.perMinute
    perDomain = row.perDomain
    senderName = head.from.name
    senderAddress = head.from.email
    replyTo = head.replyTo
    portal = row.portal
    returns = row.returns
    hasReturnsKey = row.returnsKey != nil
    reminderHour = row.reminderHour
    quietFrom = row.quietFrom
    quietUntil = row.quietUntil
    dailyCap = row.dailyCap
  }
}

/// Where letters go.
enum MailTransport: String, Codable, CaseIterable, Sendable, Hashable {
  case folder
  case smtp
}

extension NotificationsModule {
  @UseCases var aboutMailSettings: [Endpoint] {
    showSettings
    changeSettings
  }

  struct Change: Codable, Sendable, Labelled {
    let version: Int?
    let transport: MailTransport?
    let host: Name?
    let port: Whole<1, 65535>?
    let security: MailSecurity?
    let user: Name?
    let password: Text<1000>?
    /// Takes user and password away.
    let anonymous: Bool?
    let trusted: Text<1000>?
    let connections: Whole<1, 20>?
    let perMinute: Whole<1, 100_000>?
    let perDomain: Whole<1, 100_000>?
    let senderName: Name?
    let senderAddress: EmailAddress?
    let replyTo: EmailAddress?
    let portal: Text<1000>?
    let returns: Text<1000>?
    /// No folder is read and no key opens any more.
    let noReturns: Bool?
    let reminderHour: Whole<0, 23>?
    let noReminders: Bool?
    let quietFrom: Whole<0, 23>?
    let quietUntil: Whole<0, 23>?
    let noQuietHours: Bool?
    let dailyCap: Whole<1, 100>?
    let noDailyCap: Bool?

    static let labels = [
      "connections": Label(
        en: "Connections at once", fr: "Connexions à la fois",
        hint: Words(
          en: "To the mail server, from 1 to 20; some allow few.",
          fr: "Vers le serveur de courrier, de 1 à 20 ; certains en permettent peu.")),
      "returns": Label(
        en: "Folder of what comes back", fr: "Dossier de ce qui revient",
        hint: Words(
          en: "A folder of the server into which bounces and answers are put, one a file.",
          fr: "Un dossier du serveur où arrivent rejets et réponses, un par fichier.")),
      "noReturns": Label(
        en: "Read nothing that comes back", fr: "Ne rien lire de ce qui revient"),
      "reminderHour": Label(
        en: "Remind from", fr: "Rappeler à partir de",
        hint: Words(en: "An hour of the day.", fr: "Une heure de la journée.")),
      "noReminders": Label(en: "Remind nobody", fr: "Ne rien rappeler"),
      "quietFrom": Label(
        en: "Quiet from", fr: "Calme à partir de",
        hint: Words(
          en: "An hour: from then only what is necessary leaves.",
          fr: "Une heure : ensuite seul le nécessaire part.")),
      "quietUntil": Label(en: "Quiet until", fr: "Calme jusqu’à"),
      "noQuietHours": Label(en: "No quiet hours", fr: "Pas d’heures calmes"),
      "dailyCap": Label(
        en: "Letters a day", fr: "Lettres par jour",
        hint: Words(
          en: "Beyond them, what need not come at once comes in one letter the next day.",
          fr: "Au-delà, ce qui n’est pas pressé vient le lendemain en une lettre.")),
      "noDailyCap": Label(en: "As many as there are", fr: "Autant qu’il y en a"),
    ]
  }

  var showSettings: UseCase<Nothing, MailSettingsView> {
    .query(
      "notifications.show-settings", "/mail-settings", by: [.administrator],
      Words(
        en: "Show where letters come from and how they leave",
        fr: "Montrer d’où viennent les lettres et comment elles partent")
    ) { (_: Nothing, transaction) in
      let row = try transaction.mailSettings()
      return MailSettingsView(row, letterhead(row, nil))
    }
  }

  var changeSettings: UseCase<Change, MailSettingsView> {
    .command(
      "notifications.change-settings", .put, "/mail-settings", by: [.administrator],
      Words(
        en: "Change where letters come from and how they leave; what is not named stays",
        fr:
          "Changer d’où viennent les lettres et comment elles partent ; ce qui n’est pas nommé reste"
      )
    ) { (input: Change, transaction) in
      let isNew = try transaction.find(MailSettingsRow.self, MailSettingsRow.only) == nil
      var row = try transaction.mailSettings()
      try row.expect(version: input.version)
      try row.take(input, keepsAt: keepsAt)
      if isNew { try transaction.insert(row) } else { try transaction.update(&row) }
      return MailSettingsView(row, letterhead(row, nil))
    }
  }
}

extension MailSettingsRow {
  fileprivate mutating func take(
    _ input: NotificationsModule.Change, keepsAt: (String) -> Bool
  ) throws {
    if let host = input.host {
      guard host.description.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 47 }) else {
        throw Problem.invalid("host", en: "is no host name", fr: "n’est pas un nom d’hôte")
      }
      self.host = host.description
    }
    if input.transport == .folder { host = nil }
    if input.transport == .smtp, host == nil {
      throw Problem.invalid(
        "host", en: "is needed to send by SMTP", fr: "est nécessaire pour envoyer par SMTP")
    }
    if let port = input.port { self.port = port.value }
    if let security = input.security { self.security = security }
    if let user = input.user { userName = user.description }
    if let password = input.password { self.password = password.description }
    if input.anonymous == true { (userName, password) = (nil, nil) }
    if let trusted = input.trusted {
      self.trusted = try Self.path(trusted, for: "trusted", such: "/etc/ssl/mail.pem", keepsAt)
    }
    if let connections = input.connections { self.connections = connections.value }
    if let limit = input.perMinute { perMinute = limit.value }
    if let limit = input.perDomain { perDomain = limit.value }
    if let name = input.senderName { senderName = name }
    if let address = input.senderAddress { senderAddress = address }
    if let address = input.replyTo { replyTo = address }
    if let returns = input.returns {
      self.returns = try Self.path(
        returns, for: "returns", such: "/var/mail/parvis/new", keepsAt)
    }
    if input.noReturns == true { (returns, returnsKey) = (nil, nil) }
    if let hour = input.reminderHour { reminderHour = hour.value }
    if input.noReminders == true { reminderHour = nil }
    if let hour = input.quietFrom { quietFrom = hour.value }
    if let hour = input.quietUntil { quietUntil = hour.value }
    if input.noQuietHours == true { (quietFrom, quietUntil) = (nil, nil) }
    guard (quietFrom == nil) == (quietUntil == nil), quietFrom == nil || quietFrom != quietUntil
    else {
      throw Problem.invalid(
        "quietUntil", en: "is needed beside quietFrom, and another hour",
        fr: "est nécessaire avec quietFrom, et doit différer")
    }
    if let cap = input.dailyCap { dailyCap = cap.value }
    if input.noDailyCap == true { dailyCap = nil }
    if let portal = input.portal {
      let text = portal.description
      let rest = text.hasPrefix("https://") ? text.dropFirst(8) : text.dropFirst(7)
      guard text.hasPrefix("https://") || text.hasPrefix("http://"), !rest.isEmpty,
        rest.first != "/", text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
        !text.contains(where: { "\"<>\\?#".contains($0) })
      else {
        throw Problem.invalid(
          "portal", en: "is no address such as https://parvis.example.org",
          fr: "n’est pas une adresse telle que https://parvis.exemple.fr")
      }
      self.portal = text.hasSuffix("/") ? String(text.dropLast()) : text
    }
  }

  /// A path on the server, whole, and not to what this instance keeps itself: its letters and files would be
  /// read and moved away. Throws a `Problem` about the field.
  private static func path(
    _ given: Text<1000>, for field: String, such example: String, _ keepsAt: (String) -> Bool
  ) throws -> String {
    let path = given.description
    guard path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
      throw Problem.invalid(
        field, en: "is no whole path such as \(example)",
        fr: "n’est pas un chemin complet tel que \(example)")
    }
    guard !keepsAt(path) else {
      throw Problem.invalid(
        field, en: "is where Parvis keeps its own data: name a place outside",
        fr: "est là où Parvis garde ses propres données : indiquez un lieu ailleurs")
    }
    return path
  }
}
