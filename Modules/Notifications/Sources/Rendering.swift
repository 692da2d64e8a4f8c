internal import Kernel

extension NotificationsModule {
  /// What the recipient reads: salutation, body, close.
  func text(of row: MessageRow) -> String {
    greeted(row.body, row.recipientName, row.language, mayChoose: row.weight != .necessary)
  }

  func greeted(_ body: String, _ name: Name, _ language: Language, mayChoose: Bool) -> String {
    let footer =
      !mayChoose
      ? ""
      : "\n\n"
        + Words(
          en: "One message a day would do? Change it in your preferences.",
          fr: "Un seul message par jour vous suffirait ? Changez vos préférences.")[language]
    return switch language {
    case .en: "Hello \(name),\n\n\(body)\n\nKind regards,\n\(sender.name)\(footer)"
    case .fr:
      "Bonjour \(name),\n\n\(body)\n\nBien cordialement,\n\(sender.name)\(footer)"
    }
  }

  func message(_ row: MessageRow) -> MIMEMessage {
    MIMEMessage(
      id: row.id.description, from: sender,
      to: Contact(name: row.recipientName, email: row.recipient, language: row.language),
      subject: row.subject, text: text(of: row), date: row.createdAt)
  }
}
