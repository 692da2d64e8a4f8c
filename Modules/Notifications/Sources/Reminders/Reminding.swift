internal import Kernel
internal import NotificationsAPI

extension NotificationsModule {
  /// Once a day, from the hour the operator set, tells people what still waits for them: one letter with
  /// all of it.
  var remind: Job {
    .every(
      seconds: 900, "notifications.remind",
      outside: { run in
        let now = run.context.now
        let today = zone.day(of: now)
        let people = try await run.read { transaction -> [Contact]? in
          let settings = try transaction.mailSettings()
          guard let hour = settings.reminderHour,
            zone.moment(on: today, minute: hour * 60) <= now,
            // What is held back would be read all at once, and late.
            try transaction.mailHold() == nil,
            try transaction.rows(
              "SELECT day FROM notifications_round WHERE day = \(today)"
            ).isEmpty
          else { return nil }
          return try transaction.everybodyWrittenTo()
        }
        guard let people else { return }
        let owners = try await ownersOrHouse()
        // Owners come last: what was said to others often enough is in the one letter of their day.
        for person in people where !owners.contains(where: { $0.email == person.email }) {
          let waiting = try await waiting(for: person.email, at: now)
          try await run.write { _ = try remind(person, of: waiting, on: today, $0) }
        }
        let helpless = try await run.read { transaction in
          try transaction.select(
            ReminderRow.self,
            "WHERE escalated_at IS NOT NULL AND told_at IS NULL ORDER BY since, id")
        }
        var wasSaid = false
        for owner in owners {
          let waiting = try await waiting(for: owner.email, at: now)
          let said = try await run.write {
            try remind(owner, of: waiting, andThat: helpless, on: today, $0)
          }
          wasSaid = wasSaid || said
        }
        // Where nobody could be written to today, it is said tomorrow.
        let told = wasSaid ? helpless : []
        try await run.write { transaction in
          for var row in told {
            row.toldAt = now
            try transaction.update(row)
          }
          try transaction.execute("DELETE FROM notifications_round WHERE day < \(today)")
          try transaction.execute(
            "INSERT INTO notifications_round (day) VALUES (\(today)) ON CONFLICT DO NOTHING")
        }
      })
  }

  /// The programme managers; where there are none, the address of the house.
  private func ownersOrHouse() async throws -> [Contact] {
    let owners = try await owners()
    guard owners.isEmpty, let masthead = try await masthead(), let email = masthead.email else {
      return owners
    }
    return [Contact(name: masthead.name ?? sender.name, email: email, language: sender.language)]
  }

  /// Whether there was a letter.
  private func remind(
    _ person: Contact, of waiting: [Waiting], andThat helpless: [ReminderRow] = [],
    on today: Day, _ transaction: Transaction
  ) throws -> Bool {
    let now = transaction.now
    let rhythms = try transaction.rhythms()
    // Also what they were reminded of at an address of before.
    var known = try transaction.find(ReminderRow.self, all: waiting.map(\.reminder))
    for row in try transaction.select(ReminderRow.self, "WHERE recipient = \(person.email)") {
      known[row.id] = row
    }
    var turns: [(row: ReminderRow, waiting: Waiting)] = []
    var stillThere: Set<String> = []
    for one in waiting {
      guard let rhythm = rhythms.rhythm(of: one.task.kind) else { continue }
      guard stillThere.insert(one.reminder).inserted else { continue }
      var row =
        known[one.reminder]
        ?? ReminderRow(
          id: one.reminder, recipient: person.email, recipientName: person.name,
          kind: one.task.kind,
          title: one.task.title, page: one.task.page, since: one.task.since, due: one.task.due,
          count: 0, lastAt: nil, escalatedAt: nil, toldAt: nil)
      row.due = one.task.due
      (row.recipient, row.recipientName) = (person.email, person.name)
      if row.escalatedAt == nil, row.isOver(rhythm, at: now) {
        row.escalatedAt = now
        try transaction.update(row)
      } else if row.isDue(rhythm, at: now) {
        turns.append((row, one))
      }
    }
    // What is done is no longer said.
    for id in known.keys where !stillThere.contains(id) {
      try transaction.delete(ReminderRow.self, id)
    }
    guard !turns.isEmpty || !helpless.isEmpty,
      try transaction.mayBeReminded(person.email, on: today, in: zone)
    else { return false }
    let choice = try transaction.choice(of: person.email, for: reminderKind)
    if choice == .weekly, helpless.isEmpty, today.advanced(by: -7).nextMonday != today {
      return false
    }
    if choice != .noneButNecessary {
      let post = post(about: turns.map(\.waiting), helpless, on: today)
      let standing = turns.count == 1 && helpless.isEmpty ? turns[0].waiting.standing : nil
      guard try transaction.post(post, to: person, as: standing, in: zone) != nil else {
        return false
      }
    }
    for (var row, _) in turns {
      row.count += 1
      row.lastAt = now
      if known[row.id] != nil {
        try transaction.update(row)
      } else {
        try transaction.insert(row)
      }
    }
    return choice != .noneButNecessary
  }

  /// The one letter of a day: what waits for its reader, and what others did not do.
  private func post(
    about waiting: [Waiting], _ helpless: [ReminderRow], on today: Day
  ) -> Post {
    guard !helpless.isEmpty else { return reminder(of: waiting, on: today) }
    guard !waiting.isEmpty else { return escalation(of: helpless, on: today) }
    let (own, others) = (reminder(of: waiting, on: today), escalation(of: helpless, on: today))
    return Post(
      kind: reminderKind, occasion: others.occasion, subject: others.subject,
      body: Words(
        en: "\(own.body.en)\n\n\(others.body.en)", fr: "\(own.body.fr)\n\n\(others.body.fr)"),
      weight: others.weight, edition: nil,
      door: .to("/", en: "See what waits for you", fr: "Voir ce qui vous attend"))
  }

  private func escalation(of helpless: [ReminderRow], on today: Day) -> Post {
    var lines = helpless.prefix(Self.mostListed).map { row in
      let since = Wording.day(zone.day(of: row.since))
      return Words(
        en: "\(row.recipientName): “\(row.title.en)”, waiting since \(since.en)",
        fr: "\(row.recipientName) : « \(row.title.fr) », en attente depuis le \(since.fr)")
    }
    let rest = helpless.count - lines.count
    if rest > 0 { lines.append(Words(en: "and \(rest) more", fr: "et \(rest) de plus")) }
    let list = Wording.list(lines)
    let one = helpless.count == 1 ? helpless.first : nil
    return Post(
      kind: reminderKind, occasion: "\(reminderKind)/\(today)",
      subject: one.map {
        Words(
          en: "Reminders did not help: \($0.recipientName)",
          fr: "Rappels sans effet : \($0.recipientName)")
      }
        ?? Words(
          en: "Reminders did not help: \(helpless.count) things are yours to see to",
          fr: "Rappels sans effet : \(helpless.count) choses à reprendre"),
      body: Words(
        en: "This was said as often as is set, and is not done:\n\n\(list.en)\n\n"
          + "Nobody is reminded of it any more. It is yours now: speak with them, do it for them, or let it rest.",
        fr: "Ceci a été rappelé autant de fois que prévu, et n’est pas fait :\n\n\(list.fr)\n\n"
          + "Plus personne n’en reçoit de rappel. À vous d’en parler avec ces personnes, de le faire à leur place, ou d’en rester là."
      ), weight: .necessary, edition: nil,
      door: .to("/reminders", en: "See to it", fr: "M’en occuper"))
  }

  private static let mostListed = 20

  private func reminder(of waiting: [Waiting], on today: Day) -> Post {
    let list = Wording.list(waiting.map { $0.words(in: zone) })
    let one = waiting.count == 1 ? waiting.first?.task : nil
    return Post(
      kind: reminderKind, occasion: "\(reminderKind)/\(today)",
      subject: one.map {
        Words(en: "Reminder: \($0.title.en)", fr: "Rappel : \($0.title.fr)")
      }
        ?? Words(
          en: "Reminder: \(waiting.count) things wait for you",
          fr: "Rappel : \(waiting.count) choses vous attendent"),
      body: Words(
        en: "This still waits for you:\n\n\(list.en)\n\nOnce it is done, you hear no more of it.",
        fr:
          "Ceci vous attend encore :\n\n\(list.fr)\n\nUne fois que c’est fait, nous n’en parlons plus."
      ), weight: .necessary, edition: nil,
      door: one.map {
        if let due = $0.due {
          Door.asking($0.page, until: due, en: "See to it", fr: "M’en occuper")
        } else {
          Door.asking($0.page, days: 14, en: "See to it", fr: "M’en occuper")
        }
      } ?? .to("/", en: "See what waits for you", fr: "Voir ce qui vous attend"))
  }
}

extension Connection {
  /// Everybody the log of letters still knows, or whose address changed, as they were called
  /// last. Whoever is erased is nobody.
  fileprivate func everybodyWrittenTo() throws -> [Contact] {
    var people: [EmailAddress: Contact] = [:]
    let written = try rows(
      """
      SELECT recipient, recipient_name, language FROM notifications_message
      WHERE position IN (SELECT MAX(position) FROM notifications_message GROUP BY recipient)
      """)
    for row in written {
      let email: EmailAddress = try row.get("recipient")
      guard !Pseudonym.has(email) else { continue }
      let language: String = try row.get("language")
      people[email] = Contact(
        name: try row.get("recipient_name"), email: email,
        language: Language(rawValue: language) ?? .fr)
    }
    for moved in try select(MovedRow.self, "ORDER BY id") where people[moved.id] == nil {
      people[moved.id] = Contact(name: moved.name, email: moved.id, language: moved.language)
    }
    return people.values.sorted { $0.email.description < $1.email.description }
  }

  /// Whether a letter would arrive, be the only one of its kind under way, and not one too many.
  fileprivate func mayBeReminded(
    _ email: EmailAddress, on day: Day, in zone: Zone
  ) throws -> Bool {
    if try find(AddressRow.self, email)?.state == .unreachable { return false }
    let underWay = try count(
      MessageRow.self,
      "WHERE recipient = \(email) AND kind = \(reminderKind) AND state = 'waiting'")
    guard underWay == 0 else { return false }
    return try !hasEnough(email, on: day, in: zone)
  }

  /// Whether somebody has as many letters today as the settings allow.
  func hasEnough(_ email: EmailAddress, on day: Day, in zone: Zone) throws -> Bool {
    guard let cap = try mailSettings().dailyCap else { return false }
    let today = try count(
      MessageRow.self,
      """
      WHERE recipient = \(email) AND created_at >= \(zone.start(of: day))
        AND state IN ('waiting', 'sent')
      """)
    return today >= cap
  }
}
