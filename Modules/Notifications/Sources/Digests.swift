internal import Kernel
internal import NotificationsAPI

let digestKind = "digest"
let digestName = Words(en: "daily digest", fr: "résumé du jour")

extension NotificationsModule {
  /// Once the day is over, puts what was held for somebody into one message.
  var collectDigests: Job {
    let zone = zone
    return .every(seconds: 3600, "notifications.digests") { transaction in
      let today = zone.day(of: transaction.now)
      let held = try transaction.select(
        MessageRow.self,
        "WHERE state = 'held' AND created_at < \(zone.start(of: today)) ORDER BY position")
      let people = Dictionary(grouping: held, by: \.recipient)
      for (_, entries) in people.sorted(by: { $0.key.description < $1.key.description }) {
        try collect(entries, on: today, in: transaction)
      }
    }
  }
}

private func collect(_ entries: [MessageRow], on day: Day, in transaction: Transaction) throws {
  guard let latest = entries.last else { return }
  let editions = Set(entries.map(\.editionId))
  let count = entries.count
  let subject =
    count == 1
    ? Words(latest.subject)
    : Words(en: "Your \(count) messages of the day", fr: "Vos \(count) messages du jour")
  let parts = entries.map { count == 1 ? $0.body : "* \($0.subject)\n\n\($0.body)" }
  let digest = try transaction.post(
    digestKind, for: "\(digestKind)/\(day)",
    to: Contact(
      name: latest.recipientName, email: latest.recipient, language: latest.language),
    subject: subject[latest.language], body: parts.joined(separator: "\n\n\n"),
    weight: .necessary, edition: editions.count == 1 ? latest.editionId : nil)
  // Held for a digest that has left already: tomorrow's takes it.
  guard let digest else { return }
  for var entry in entries {
    entry.state = .digested
    entry.digest = digest
    try transaction.update(entry)
  }
}
