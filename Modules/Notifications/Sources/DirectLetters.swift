public import Kernel
public import NotificationsAPI

extension NotificationsModule {
  public func send(_ letter: DirectLetter, as context: Context) async throws {
    let language = letter.to.language
    let settings = try await host.read { try $0.mailSettings() }
    let message = MIMEMessage(
      id: letter.id.description, head: letterhead(settings, try await masthead()), to: letter.to,
      subject: Subject.fitted(letter.subject[language]),
      text: LetterText(
        body: letter.paragraphs.map { $0[language] }.joined(separator: "\n\n"),
        door: letter.button.map {
          LetterText.Link(words: $0.words[language], address: $0.address)
        }, choice: nil), date: context.now)
    let outlet = outlet(settings)
    do {
      try await outlet.deliver(outgoing(message, settings))
    } catch {
      await outlet.finish()
      throw NotificationsError.notTaken(words(of: error))
    }
    await outlet.finish()
    try await host.write(as: context) { transaction in
      try transaction.noteSent(letter)
    }
  }
}

extension Transaction {
  /// The line of the log: that it was sent, and nothing it said.
  fileprivate func noteSent(_ letter: DirectLetter) throws {
    guard try find(MessageRow.self, letter.id) == nil else { return }
    try insert(
      MessageRow(
        id: letter.id, position: try nextPosition(), editionId: nil,
        kind: letter.kind.description, occasion: "\(letter.kind)/\(letter.id)",
        recipient: letter.to.email, recipientName: letter.to.name, language: letter.to.language,
        subject: "", body: "", weight: .necessary, thread: nil, door: nil, invitations: nil,
        amount: nil, about: nil, ticket: nil, state: .sent, attempts: 1, dueAt: now, fault: nil,
        handedAt: nil, createdAt: now, sentAt: now, digest: nil, returned: nil))
  }
}
