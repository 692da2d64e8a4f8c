internal import Kernel
internal import MissionsAPI
internal import NotificationsAPI
internal import ProgrammesAPI

/// A calendar as its owner sees it.
struct CalendarLine: Codable, Sendable {
  let id: CalendarID
  /// Where calendar programs read it, below the address of the portal: a secret.
  let path: String
  let mission: MissionID?
  let edition: EditionID?
  let createdAt: Instant

  init(_ row: CalendarRow) {
    id = row.id
    path = "/calendar/\(row.key).ics"
    mission = row.mission
    edition = row.editionId
    createdAt = row.createdAt
  }
}

/// A calendar as calendar programs read it.
struct CalendarFile: Codable, Sendable {
  let text: String
  /// The same as long as the text is.
  let tag: String
}

extension NotificationsModule {
  @UseCases var aboutCalendars: [Endpoint] {
    createCalendar
    listCalendars
    revokeCalendar
    readCalendar
  }

  /// So many are enough for anybody's programs.
  private static let most = 20

  struct Open: Codable, Sendable {
    let mission: MissionID?
    let edition: EditionID?
  }
  struct OneCalendar: Codable, Sendable, Labelled {
    let calendar: CalendarID
    static let labels = ["calendar": Label(en: "Calendar", fr: "Calendrier")]
  }
  struct Following: Codable, Sendable, Labelled {
    let key: Name
    static let labels = [
      "key": Label(en: "The secret of its address", fr: "Le secret de son adresse")
    ]
  }

  var createCalendar: UseCase<Open, CalendarLine> {
    .command(
      "notifications.create-calendar", .post, "/calendars", by: .staff(and: .member, .volunteer),
      Words(
        en:
          "Make an address where calendar programs read sessions: one's own, a mission's, an edition's",
        fr:
          "Créer une adresse où les agendas lisent les séances : les siennes, d’une mission, d’une édition"
      ), traits: [.answersWithSecret],
      asking: { (input: Open, context) in try await check(input, context.actor) }
    ) { (input: Open, _, transaction) in
      let actor = transaction.actor
      let own = try transaction.calendars(of: actor.grant)
      guard own.count < Self.most else {
        throw Problem.invalid(
          "mission", en: "take back a calendar first: there are \(own.count)",
          fr: "retirez d’abord un calendrier : il y en a \(own.count)")
      }
      let row = CalendarRow(
        id: transaction.newID(), key: unguessable(), role: actor.role,
        subject: actor.subject, mission: input.mission, editionId: input.edition,
        language: transaction.context.language, createdAt: transaction.now)
      try transaction.insert(row)
      return CalendarLine(row)
    }
  }

  var listCalendars: UseCase<Nothing, [CalendarLine]> {
    .query(
      "notifications.calendars", "/calendars", by: .staff(and: .member, .volunteer),
      Words(en: "List one's calendars", fr: "Lister ses calendriers")
    ) { (_: Nothing, transaction) in
      try transaction.calendars(of: transaction.actor.grant).map(CalendarLine.init)
    }
  }

  var revokeCalendar: UseCase<OneCalendar, CalendarLine> {
    .command(
      "notifications.revoke-calendar", .delete, "/calendars/{calendar}",
      by: .staff(and: .member, .volunteer),
      Words(
        en: "Take a calendar back: nobody reads it any more",
        fr: "Retirer un calendrier : plus personne ne le lit")
    ) { (input: OneCalendar, transaction) in
      guard let row = try transaction.find(CalendarRow.self, input.calendar),
        row.isOf(transaction.actor.grant)
      else { throw Problem.notFound(CalendarRow.noun, input.calendar) }
      try transaction.delete(CalendarRow.self, row.id)
      return CalendarLine(row)
    }
  }

  /// Whoever has the address reads it: calendar programs cannot sign in.
  var readCalendar: UseCase<Following, CalendarFile> {
    .query(
      "notifications.read-calendar", "/calendars/{key}/events", by: .everyone,
      Words(en: "Read a calendar by its address", fr: "Lire un calendrier par son adresse"),
      asking: { (input: Following, _) in
        let row = try await host.read { connection in
          try connection.first(CalendarRow.self, "WHERE key = \(input.key)")
        }
        guard let row else { throw Problem.notFound(CalendarRow.noun, "…") }
        return (row, try await entries(of: row))
      }
    ) { (_: Following, found, transaction) in
      let (row, (name, entries)) = found
      let settings = try transaction.mailSettings()
      let text = CalendarText.text(
        of: entries, called: name[row.language], row,
        domain: (settings.senderAddress ?? sender.email).domain)
      return CalendarFile(text: text, tag: ReturnRow.id(of: Array(text.utf8)))
    }
  }

  /// Throws a `Problem` for what the actor may not follow.
  private func check(_ input: Open, _ actor: Actor) async throws {
    guard input.mission == nil || input.edition == nil else {
      throw Problem.invalid(
        "edition", en: "cannot stand beside mission", fr: "ne va pas avec mission")
    }
    if let id = input.mission {
      let mission = try await directory.mission(id)
      guard try await mayFollow(mission, actor.grant) else {
        throw Problem.notFound(Words(en: "mission", fr: "mission"), id)
      }
    } else if let id = input.edition {
      let edition = try await directory.edition(id)
      guard actor.isStaff else {
        throw Problem.notFound(Words(en: "edition", fr: "édition"), edition.id)
      }
    } else if actor.isStaff {
      throw Problem.invalid(
        "edition", en: "name an edition or a mission", fr: "nommez une édition ou une mission")
    }
  }
}

extension CalendarRow {
  /// Staff look after one another's.
  fileprivate func isOf(_ grant: Grant) -> Bool {
    role.isStaff ? grant.role.isStaff : role == grant.role && subject == grant.subject
  }
}

extension Connection {
  func calendars(of grant: Grant) throws -> [CalendarRow] {
    try select(
      CalendarRow.self,
      grant.role.isStaff
        ? "WHERE role IN ('administrator', 'manager', 'system') ORDER BY created_at, id"
        : "WHERE role = \(grant.role.rawValue) AND subject = \(grant.subject) ORDER BY created_at, id"
    )
  }
}
