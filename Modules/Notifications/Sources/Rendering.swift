internal import Kernel

extension NotificationsModule {
  /// What the recipient reads: salutation, body, close.
  func text(of row: MessageRow) -> String {
    let footer =
      row.weight == .necessary
      ? ""
      : "\n\n"
        + Words(
          en: "One message a day would do? Change it in your preferences.",
          fr: "Un seul message par jour vous suffirait ? Changez vos préférences.")[row.language]
    return switch row.language {
    case .en: "Hello \(row.recipientName),\n\n\(row.body)\n\nKind regards,\n\(sender.name)\(footer)"
    case .fr:
      "Bonjour \(row.recipientName),\n\n\(row.body)\n\nBien cordialement,\n\(sender.name)\(footer)"
    }
  }

  func message(_ row: MessageRow) -> MIMEMessage {
    MIMEMessage(
      id: row.id.description, from: sender,
      to: Contact(name: row.recipientName, email: row.recipient, language: row.language),
      subject: row.subject, text: text(of: row), date: row.createdAt)
  }
}
