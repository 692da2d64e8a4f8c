internal import Kernel
internal import NotificationsAPI

/// A kind of letter, as its readers would have it.
private struct Preview: Codable, Sendable {
  struct Page: Codable, Sendable {
    let subject: String
    let text: String
    let html: String?
  }
  let kind: String
  let name: String
  /// Whether its readers may do without it.
  let mayBeRefused: Bool
  /// One for each form it takes.
  let letters: [Page]
}

extension NotificationsModule {
  private struct Look: Codable, Sendable {
    let kind: Key
    /// The HTML too.
    let html: Bool?
  }

  var previewLetters: Endpoint {
    .query(
      "notifications.preview", "/letter-previews/{kind}", by: .staff,
      Words(
        en: "Show a kind of letter, with people and things that nobody is",
        fr: "Montrer un genre de lettre, avec des personnes et des choses inventées"),
      asking: { (input: Look, context) in
        let kind = input.kind.description
        guard let mail = mails.first(where: { $0.kind == kind }) else { throw unknown(kind) }
        return (mail, try await mail.samples(context.language))
      }
    ) { (input: Look, found: (Mail, [Letter]), transaction: Transaction) in
      let (mail, letters) = found
      let head = letterhead(try transaction.mailSettings())
      let language = transaction.context.language
      return Preview(
        kind: mail.kind, name: mail.name[language], mayBeRefused: mail.mayBeRefused,
        letters: letters.compactMap { letter in
          letter.contacts.first.map {
            page(letter, to: $0, mail, head, transaction, withHTML: input.html == true)
          }
        })
    }
  }

  private func page(
    _ letter: Letter, to reader: Contact, _ mail: Mail, _ head: Letterhead,
    _ transaction: Transaction, withHTML: Bool
  ) -> Preview.Page {
    let language = reader.language
    let text = LetterText(
      body: letter.body[language],
      door: head.portal.flatMap { portal in
        letter.door.map {
          LetterText.Link(words: $0.words[language], address: portal + $0.path)
        }
      }, choice: mail.mayBeRefused ? choice(language) : nil)
    let subject = Subject.fitted(letter.subject[language])
    return Preview.Page(
      subject: subject, text: PlainLetter.text(of: text, to: reader, from: head.from),
      html: withHTML
        ? HTMLLetter.text(of: text, subject: subject, to: reader, from: head.from) : nil)
  }

  private func unknown(_ kind: String) -> Problem {
    let kinds = mails.map(\.kind).sorted().joined(separator: ", ")
    return Problem(
      "not-found", status: 404, title: Words(en: "Not found", fr: "Introuvable"),
      detail: Words(
        en: "There is no kind of letter “\(kind)”.", fr: "Il n’y a pas de genre « \(kind) »."),
      advice: Words(en: "There are: \(kinds).", fr: "Il y a : \(kinds)."))
  }
}
