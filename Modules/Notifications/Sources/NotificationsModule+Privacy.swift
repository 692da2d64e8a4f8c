public import Kernel
internal import NotificationsAPI

extension NotificationsModule {
  /// Where people are in this module.
  public var personalTables: [PersonalTable] {
    [
      PersonalTable(
        "notifications_message", Words(en: "letters to you", fr: "lettres qui vous sont écrites"),
        of: .contact(address: "recipient", name: "recipient_name"),
        columns: [
          // Nobody is written to twice for one occasion; whoever is erased has only one address left.
          "occasion": .id, "recipient": .address, "recipient_name": .name, "subject": .empty,
          "body": .empty, "invitations": .null, "ticket": .null, "about": .null,
          // A server says whom it does not know.
          "fault": .null,
        ], mentions: ["subject", "body", "fault"]),
      PersonalTable(
        deleting: "notifications_address",
        Words(
          en: "whether letters to you arrive", fr: "si les lettres qui vous sont écrites arrivent"),
        of: .address("id")),
      PersonalTable(
        deleting: "notifications_reminder",
        Words(en: "what you are reminded of", fr: "ce qui vous est rappelé"),
        of: .contact(address: "recipient", name: "recipient_name")),
      PersonalTable(mentions: "title", in: "notifications_reminder"),
      PersonalTable(
        deleting: "notifications_calendar",
        Words(en: "calendars you follow", fr: "les calendriers que vous suivez"),
        of: .anySubject("subject")),
      PersonalTable(
        deleting: "notifications_moved",
        Words(en: "where you are written to now", fr: "où l’on vous écrit désormais"),
        of: .address("id")),
      PersonalTable(
        "notifications_answer",
        Words(en: "what you wrote back", fr: "ce que vous avez répondu"),
        of: .contact(address: "sender", name: "sender_name"),
        columns: ["sender": .address, "sender_name": .name, "body": .empty], mentions: ["body"]),
      PersonalTable(
        deleting: "notifications_restricted",
        Words(en: "that nobody writes to you", fr: "que personne ne vous écrit"),
        of: .contact(address: "address", name: "name")),
      PersonalTable(
        deleting: "notifications_choice",
        Words(en: "how often you want letters", fr: "la fréquence des lettres que vous souhaitez"),
        of: .address("recipient")),
    ]
  }

  /// Nothing more goes to them.
  public func erasing(_ subject: DataSubject, in transaction: Transaction) throws {
    for message in try letters(concerning: subject, in: transaction)
    where message.isTo(subject) && (message.state == .waiting || message.state == .held) {
      try transaction.execute(
        "UPDATE notifications_message SET state = 'withheld' WHERE id = \(message.id)")
    }
  }

  /// Letters in the folder are copies: those to them or that name them go. What a mail server took is
  /// out of the house.
  public func erasingOutside(_ subject: DataSubject) async throws {
    let found = try await host.read { try letters(concerning: subject, in: $0) }
    for letter in found {
      try await mailbox.remove(letter.id.description, written: letter.createdAt)
    }
  }

  private func letters(
    concerning subject: DataSubject, in connection: any Connection
  ) throws -> [MessageRow] {
    let words = subject.addresses.union(subject.names).filter { $0.count > 2 }.sorted()
    var found: [MessageID: MessageRow] = [:]
    for word in words {
      let rows = try connection.select(
        MessageRow.self,
        """
        WHERE recipient = \(word) OR body LIKE \("%" + word + "%")
          OR subject LIKE \("%" + word + "%")
        """)
      for row in rows { found[row.id] = row }
    }
    return found.values.sorted { $0.position < $1.position }
  }
}

extension MessageRow {
  fileprivate func isTo(_ subject: DataSubject) -> Bool {
    subject.addresses.contains(recipient.description)
      && subject.names.contains(recipientName.description)
  }
}
