public import Kernel
public import NotificationsAPI

extension NotificationsModule {
  public func send(_ letter: DirectLetter, as context: Context) async throws {
    let language = letter.to.language
    var paragraphs = letter.paragraphs.map { $0[language] }
    if let button = letter.button {
      paragraphs.append("\(button.words[language])\n\(button.address)")
    }
    let message = MIMEMessage(
      id: letter.id.description, from: sender, to: letter.to, subject: letter.subject[language],
      text: greeted(
        paragraphs.joined(separator: "\n\n"), letter.to.name, language, mayChoose: false),
      date: context.now)
    do {
      try await mailbox.deliver(
        OutgoingMessage(
          id: letter.id.description, from: sender.email, to: letter.to.email, bytes: message.bytes))
    } catch {
      throw NotificationsError.notTaken(words(of: error))
    }
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
        subject: "", body: "", weight: .necessary, state: .sent, attempts: 1, dueAt: now,
        fault: nil, createdAt: now, sentAt: now, digest: nil))
  }
}
