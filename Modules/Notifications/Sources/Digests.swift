internal import Kernel
internal import NotificationsAPI

let digestKind = "digest"
let digestName = Words(en: "daily digest", fr: "résumé du jour")

extension NotificationsModule {
  /// Once its time has come, puts what was held for somebody into one message.
  var collectDigests: Job {
    .every(seconds: 3600, "notifications.digests") { transaction in
      let zone = zone
      let today = zone.day(of: transaction.now)
      let held = try transaction.select(
        MessageRow.self,
        """
        WHERE state = 'held' AND due_at <= \(transaction.now)
        AND created_at < \(zone.start(of: today)) ORDER BY position
        """)
      let portal = portal(try transaction.mailSettings())
      let people = Dictionary(grouping: held, by: \.recipient)
      for (_, entries) in people.sorted(by: { $0.key.description < $1.key.description }) {
        try collect(entries, on: today, in: zone, below: portal, transaction)
      }
    }
  }
}

private func collect(
  _ entries: [MessageRow], on day: Day, in zone: Zone, below portal: String?,
  _ transaction: Transaction
) throws {
  guard let latest = entries.last else { return }
  let editions = Set(entries.map(\.editionId))
  let language = latest.language
  let parts = DigestPart.parts(of: entries)
  let subject =
    parts.count == 1
    ? parts[0].subject[language]
    : Words(en: "Your \(parts.count) messages", fr: "Vos \(parts.count) messages")[language]
  let digest = try transaction.post(
    Post(
      kind: digestKind, occasion: "\(digestKind)/\(day)", subject: Words(subject),
      body: Words(
        parts.map { $0.text(in: language, below: portal) }.joined(separator: "\n\n—\n\n")),
      weight: .necessary, edition: editions.count == 1 ? latest.editionId : nil,
      door: .to("/", en: "See what waits for you", fr: "Voir ce qui vous attend")),
    to: Contact(name: latest.recipientName, email: latest.recipient, language: language), in: zone)
  // Held for a digest that has left already: tomorrow's takes it.
  guard let digest else { return }
  for var entry in entries {
    entry.state = .digested
    entry.digest = digest
    try transaction.update(entry)
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
