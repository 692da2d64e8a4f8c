internal import Kernel
internal import NotificationsAPI
internal import Synchronization

/// What became of a message that was sent to try the settings.
struct MailTrial: Codable, Sendable {
  let delivered: Bool
  let to: EmailAddress
  /// What was said on either side, in order; `>` is us, `<` the server.
  let steps: [String]
  /// Why it was not delivered.
  let fault: String?
}

extension NotificationsModule {
  @UseCases var aboutMailTest: [Endpoint] {
    testMail
  }

  struct Try: Codable, Sendable {
    let address: EmailAddress
  }

  var testMail: UseCase<Try, MailTrial> {
    .command(
      "notifications.test", .post, "/mail-settings/tests/{address}", by: [.administrator],
      Words(
        en: "Send one message to an address and say each step",
        fr: "Envoyer un message à une adresse et dire chaque étape"),
      asking: { (input: Try, context) in try await attempt(input.address, context) }
    ) { (_: Try, trial: MailTrial, _: Transaction) in trial }
  }

  private func attempt(_ address: EmailAddress, _ context: Context) async throws -> MailTrial {
    let settings = try await host.read { try $0.mailSettings() }
    let masthead = try await masthead()
    let heard = Heard()
    let outlet = outlet(settings, hearing: { heard.add($0) })
    let to = Contact(name: Name("Test") ?? .sample, email: address, language: context.language)
    let message = MIMEMessage(
      id: context.newID(MessageID.self).description, head: letterhead(settings, masthead), to: to,
      subject: Words(en: "A test of Parvis", fr: "Un essai de Parvis")[context.language],
      text: LetterText(
        body: Words(
          en: "This message was sent to try the mail settings. It asks nothing of you.",
          fr: "Ce message a été envoyé pour essayer les réglages. Il ne vous demande rien.")[
            context.language], door: nil, choice: nil), date: context.now)
    var fault: String?
    do {
      try await outlet.deliver(outgoing(message, settings))
      if settings.host == nil { heard.add("the message is in the mailbox folder") }
    } catch {
      fault = words(of: error)
    }
    await outlet.finish()
    return MailTrial(delivered: fault == nil, to: address, steps: heard.all, fault: fault)
  }
}

/// Steps as they are heard.
private final class Heard: Sendable {
  private let lines = Mutex<[String]>([])

  func add(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}
