internal import Kernel
internal import NotificationsAPI

/// A kind of letter, as its readers would have it.
struct LetterPreview: Codable, Sendable {
  struct Page: Codable, Sendable {
    let subject: String
    let text: String
    let html: String?
    /// The page its button leads to.
    let page: String
    /// As what its readers open that page.
    let readers: [Role]
    /// Whether its link opens the page without signing in, where that is allowed.
    let opensByLink: Bool
  }
  let kind: String
  let name: String
  /// Whether its readers may do without it.
  let mayBeRefused: Bool
  /// One for each form it takes.
  let letters: [Page]
}

extension NotificationsModule {
  @UseCases var aboutPreview: [Endpoint] {
    previewLetters
    listLetterKinds
  }

  struct Look: Codable, Sendable {
    let kind: Key
    /// The HTML too.
    let html: Bool?
  }

  var previewLetters: UseCase<Look, LetterPreview> {
    .query(
      "notifications.preview", "/letter-previews/{kind}", by: .staff,
      Words(
        en: "Show a kind of letter, with people and things that nobody is",
        fr: "Montrer un genre de lettre, avec des personnes et des choses inventées"),
      asking: { (input: Look, context) in
        let kind = input.kind.description
        guard let mail = mails.first(where: { $0.kind == kind }) else { throw unknown(kind) }
        return try await samples(of: [mail], context)
      }
    ) { (input: Look, found: Samples, transaction: Transaction) in
      try previews(of: found, withHTML: input.html == true, transaction)[0]
    }
  }

  var listLetterKinds: UseCase<Nothing, [LetterPreview]> {
    .query(
      "notifications.letter-kinds", "/letter-previews", by: .staff,
      Words(
        en: "List the kinds of letters, where each leads and for whom",
        fr: "Lister les genres de lettres, où chacun mène et pour qui"),
      asking: { (_: Nothing, context) in try await samples(of: mails, context) }
    ) { (_: Nothing, found: Samples, transaction: Transaction) in
      try previews(of: found, withHTML: false, transaction)
    }
  }

  /// Letters that nobody gets, and whom they would come from.
  private struct Samples: Sendable {
    let letters: [(mail: Mail, forms: [Letter])]
    let masthead: Masthead?
  }

  private func samples(of mails: [Mail], _ context: Context) async throws -> Samples {
    var found: [(Mail, [Letter])] = []
    for mail in mails { found.append((mail, try await mail.samples(context.language))) }
    return Samples(letters: found, masthead: try await masthead())
  }

  private func previews(
    of samples: Samples, withHTML: Bool, _ transaction: Transaction
  ) throws -> [LetterPreview] {
    let head = letterhead(try transaction.mailSettings(), samples.masthead)
    let language = transaction.context.language
    return samples.letters.map { mail, letters in
      LetterPreview(
        kind: mail.kind, name: mail.name[language], mayBeRefused: mail.mayBeRefused,
        letters: letters.compactMap { letter in
          letter.readers.first.map {
            page(letter, to: $0.contact, mail, head, withHTML: withHTML)
          }
        })
    }
  }

  private func page(
    _ letter: Letter, to reader: Contact, _ mail: Mail, _ head: Letterhead, withHTML: Bool
  ) -> LetterPreview.Page {
    let language = reader.language
    let text = LetterText(
      body: letter.body[language],
      door: head.portal.map {
        LetterText.Link(words: letter.door.words[language], address: $0 + letter.door.path)
      }, choice: mail.mayBeRefused ? choice(language, head.portal) : nil)
    let subject = Subject.fitted(letter.subject[language])
    return LetterPreview.Page(
      subject: subject, text: PlainLetter.text(of: text, to: reader, from: head),
      html: withHTML
        ? HTMLLetter.text(of: text, subject: subject, to: reader, from: head) : nil,
      page: letter.door.path,
      readers: Set(letter.readers.map(\.standing.role)).sorted { $0.rawValue < $1.rawValue },
      opensByLink: letter.door.opensUntil != nil || letter.door.opensForDays != nil)
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
