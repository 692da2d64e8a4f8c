internal import Kernel
internal import NotificationsAPI

let digestKind = "digest"
let digestName = Words(en: "daily digest", fr: "résumé du jour")

extension NotificationsModule {
  /// Once its time has come, puts what was held for somebody into one message, and what waits for them at
  /// its end.
  var collectDigests: Job {
    .every(
      seconds: 3600, "notifications.digests",
      outside: { run in
        let now = run.context.now
        let today = zone.day(of: now)
        let people = try await run.read {
          try $0.peopleWithHeldLetters(at: now, on: today, in: zone)
        }
        // What goes wrong with one of them is not to keep the others' letters.
        var fault: (any Error)?
        for person in people {
          var waiting: [Waiting] = []
          do { waiting = try await self.waiting(for: person, at: now) } catch { fault = error }
          let known = waiting
          do {
            try await run.write { try collect(for: person, and: known, on: today, $0) }
          } catch { fault = error }
        }
        if let fault { throw fault }
      })
  }

  private func collect(
    for person: EmailAddress, and waiting: [Waiting], on day: Day, _ transaction: Transaction
  ) throws {
    let entries = try transaction.heldLetters(
      at: transaction.now, on: day, in: zone, for: person)
    guard let latest = entries.last else { return }
    let portal = portal(try transaction.mailSettings())
    // What the operator reminds nobody of is not said here either.
    let rhythms = try transaction.rhythms()
    let waiting = waiting.filter { rhythms.rhythm(of: $0.task.kind) != nil }
    let editions = Set(entries.map(\.editionId))
    let language = latest.language
    let parts = DigestPart.parts(of: entries)
    let subject =
      parts.count == 1
      ? parts[0].subject[language]
      : Words(en: "Your \(parts.count) messages", fr: "Vos \(parts.count) messages")[language]
    let said =
      parts.map { $0.text(in: language, below: portal) }
      + (waiting.isEmpty ? [] : [ending(with: waiting)[language]])
    let digest = try transaction.post(
      Post(
        kind: digestKind, occasion: "\(digestKind)/\(day)", subject: Words(subject),
        body: Words(said.joined(separator: "\n\n—\n\n")), weight: .necessary,
        edition: editions.count == 1 ? latest.editionId : nil,
        door: .to("/", en: "See what waits for you", fr: "Voir ce qui vous attend")),
      to: Contact(name: latest.recipientName, email: latest.recipient, language: language),
      in: zone)
    // Held for a digest that has left already: tomorrow's takes it.
    guard let digest else { return }
    for var entry in entries {
      entry.state = .digested
      entry.digest = digest
      try transaction.update(entry)
    }
  }

  /// What waits for whoever reads a digest: each thing once, what ends first before the others.
  private func ending(with waiting: [Waiting]) -> Words {
    var said: Set<String> = []
    let lines = waiting.sorted { first, second in
      switch (first.task.due, second.task.due) {
      case (let one?, let other?) where one != other: one < other
      case (_?, nil): true
      case (nil, _?): false
      default: first.task.since < second.task.since
      }
    }.map { $0.words(in: zone) }.filter { said.insert($0.fr).inserted }
    let most = 10
    let list = Wording.list(Array(lines.prefix(most)))
    let more = lines.count - most
    return Words(
      en: "This waits for you:\n\n\(list.en)" + (more > 0 ? "\n  - and \(more) more" : ""),
      fr: "Ceci vous attend :\n\n\(list.fr)"
        + (more > 0 ? "\n  - et \(more) de plus" : ""))
  }
}

extension Connection {
  /// Whoever has letters for a digest of whose time it is, in the order of their addresses.
  fileprivate func peopleWithHeldLetters(
    at now: Instant, on day: Day, in zone: Zone
  ) throws -> [EmailAddress] {
    try rows(
      """
      SELECT DISTINCT recipient FROM notifications_message
      WHERE state = 'held' AND due_at <= \(now) AND created_at < \(zone.start(of: day))
      """
    ).map { try $0.get("recipient", as: EmailAddress.self) }
      .sorted { $0.description < $1.description }
  }

  fileprivate func heldLetters(
    at now: Instant, on day: Day, in zone: Zone, for person: EmailAddress
  ) throws -> [MessageRow] {
    try select(
      MessageRow.self,
      """
      WHERE state = 'held' AND due_at <= \(now) AND created_at < \(zone.start(of: day))
      AND recipient = \(person) ORDER BY position
      """)
  }
}

/// What a digest says of one message, or of several whose minutes it adds up.
private struct DigestPart {
  let subject: Words
  let body: Words
  let door: Door?

  /// With the address of its page, where there is one.
  func text(in language: Language, below portal: String?) -> String {
    guard let portal, let door else { return body[language] }
    let colon = language == .fr ? " :" : ":"
    return body[language] + "\n\n\(door.words[language])\(colon) \(portal)\(door.path)"
  }

  /// In the order of their first message.
  static func parts(of entries: [MessageRow]) -> [DigestPart] {
    var parts: [DigestPart] = []
    var summed: Set<[String]> = []
    for entry in entries {
      guard entry.amount != nil, let about = entry.about else {
        parts.append(
          DigestPart(subject: Words(entry.subject), body: Words(entry.body), door: entry.door))
        continue
      }
      guard summed.insert([entry.kind, about]).inserted else { continue }
      let same = entries.filter { $0.kind == entry.kind && $0.about == about }
      let time = Wording.duration(minutes: same.reduce(0) { $0 + ($1.amount ?? 0) })
      parts.append(
        DigestPart(
          subject: Wording.validated(time, about), body: Wording.counted(time, about),
          door: entry.door))
    }
    return parts
  }
}
