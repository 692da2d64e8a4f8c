internal import ApplicationsAPI
internal import Kernel
internal import NotificationsAPI
internal import PartnersAPI

// Letters that have not left go where their reader is now, under the name they have now. What has left
// stays in the log as it went.
extension NotificationsModule {
  var following: [Subscription] {
    [
      .on(VolunteerCorrected.self, "notifications.follow-volunteer") { event, transaction in
        try redirect(event.previous, to: event.current, in: transaction)
      },
      .on(MemberCorrected.self, "notifications.follow-member") { event, transaction in
        try redirect(event.previous, to: event.current, in: transaction)
      },
      .on(ReviewerCorrected.self, "notifications.follow-reviewer") { event, transaction in
        try redirect(event.previous, to: event.current, in: transaction)
      },
      .on(PartnerContactCorrected.self, "notifications.follow-contact") { event, transaction in
        try redirect(event.previous, to: event.current, in: transaction)
      },
      .on(ReviewerRetired.self, "notifications.stop-reviewer") { event, transaction in
        try transaction.execute(
          """
          UPDATE notifications_message SET state = 'withheld'
          WHERE recipient = \(event.contact.email) AND kind = 'review-request'
            AND state IN ('waiting', 'held')
          """)
      },
    ]
  }
}

/// By address and name: two people may share an address, and only one of them left it.
private func redirect(
  _ previous: Contact, to current: Contact, in transaction: Transaction
) throws {
  // The same occasion may have been written to the new address already.
  try transaction.execute(
    """
    UPDATE notifications_message SET recipient = \(current.email),
      recipient_name = \(current.name)
    WHERE recipient = \(previous.email) AND recipient_name = \(previous.name)
      AND state IN ('waiting', 'held', 'failed') AND NOT EXISTS (
        SELECT 1 FROM notifications_message other
        WHERE other.occasion = notifications_message.occasion
          AND other.recipient = \(current.email) AND other.id <> notifications_message.id)
    """)
  try transaction.keepRestricted(previous, as: current)
  guard previous.email != current.email else { return }
  try transaction.execute(
    """
    UPDATE notifications_reminder SET recipient = \(current.email),
      recipient_name = \(current.name)
    WHERE recipient = \(previous.email) AND recipient_name = \(previous.name)
    """)
  // Whoever corrects an address says that the new one is right.
  try transaction.trust(previous.email)
  try transaction.trust(current.email)
  try transaction.execute("DELETE FROM notifications_moved WHERE id = \(current.email)")
  try transaction.insert(
    MovedRow(id: current.email, name: current.name, language: current.language))
  // How often they want letters is the person's choice, not the address's.
  for chosen in try transaction.select(ChoiceRow.self, "WHERE recipient = \(previous.email)") {
    let kind = chosen.kind == ChoiceRow.all ? nil : chosen.kind
    let id = ChoiceRow.id(current.email, kind)
    guard try transaction.find(ChoiceRow.self, id) == nil else { continue }
    try transaction.insert(
      ChoiceRow(
        id: id, recipient: current.email, kind: chosen.kind, digest: chosen.digest,
        setAt: transaction.now))
  }
}
