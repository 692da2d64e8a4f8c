internal import AccountsAPI
internal import Kernel

/// Somebody asked for a letter. Names neither them nor any secret.
struct LetterAsked: Event {
  static let name = "accounts.letter-asked"
  let link: ID<LinkRow>
  var aggregate: String { link.description }
  var edition: EditionID? { nil }
}

extension AccountsModule {
  /// Writes the letter, after the answer: here, and not before, it is found out whether anybody is
  /// behind the address.
  var writeSignInLetter: Subscription {
    .on(
      LetterAsked.self, "accounts.write-sign-in-letter",
      asking: { fact, context -> Sent? in
        guard let link = try await host.read({ try $0.find(LinkRow.self, fact.link) }),
          link.usedAt == nil, link.replacedAt == nil, context.now < link.expiresAt,
          let contact = try await reader(of: link)
        else { return nil }
        let (secret, code) = (try Secret.draw(), drawnCode())
        try await carry(signInLetter(to: contact, link, secret, code, context), context)
        return Sent(secretHash: secret.hash, codeHash: codeHash(code, of: link.id))
      }
    ) { fact, sent, transaction in
      guard let sent, var link = try transaction.find(LinkRow.self, fact.link) else { return }
      link.secretHash = link.person == nil ? sent.secretHash : nil
      link.codeHash = sent.codeHash
      try transaction.update(link)
    }
  }

  private struct Sent: Sendable {
    let secretHash: String
    let codeHash: String
  }

  /// Whoever may read letters at the address; nil when it is nobody's, or its account is disabled.
  private func reader(of link: LinkRow) async throws -> Contact? {
    let known = try await host.read { connection -> (PersonRow?, EmailAddress)? in
      let owner = try connection.find(AddressRow.self, link.address)?.person
      return (try owner.flatMap { try connection.find(PersonRow.self, $0) }, link.address)
    }
    let person = known?.0
    if let person, person.disabledAt != nil { return nil }
    let hats = try await hats(ofAddress: link.address)
    guard person != nil || !hats.isEmpty || link.person != nil else { return nil }
    let name = person?.name ?? hats.lazy.compactMap(\.name).first
    return Contact(
      name: name ?? Name(link.address.description) ?? .sample, email: link.address,
      language: link.language)
  }

  private func signInLetter(
    to contact: Contact, _ link: LinkRow, _ secret: Secret, _ code: String, _ context: Context
  ) -> AccountsLetter {
    let shown = code.prefix(4) + " " + code.suffix(4)
    let adds = link.person != nil
    return AccountsLetter(
      id: context.newID(), kind: Key(adds ? "address-code" : "sign-in") ?? .sample, to: contact,
      subject: adds
        ? Words(en: "Your code: \(shown)", fr: "Votre code : \(shown)")
        : Words(en: "Your sign-in", fr: "Votre connexion"),
      paragraphs: [
        adds
          ? Words(
            en: "Somebody adds this address to their account. The code is \(shown).",
            fr: "Quelqu’un ajoute cette adresse à son compte. Le code est \(shown).")
          : Words(
            en:
              "Open the link in the browser where you asked for it, or type this code there: \(shown).",
            fr:
              "Ouvrez le lien dans le navigateur où vous l’avez demandé, ou saisissez-y ce code : \(shown)."
          ),
        Words(
          en: "Both end after ten minutes, or once used. Nobody will ever ask you for them.",
          fr:
            "Ils cessent après dix minutes, ou dès qu’ils ont servi. Personne ne vous les demandera."
        ),
        Words(
          en: "If you did not ask for this, ignore it: nothing happens.",
          fr: "Si vous n’avez rien demandé, ignorez ce message : il ne se passe rien."),
      ],
      button: adds
        ? nil
        : (
          Words(en: "Sign in", fr: "Se connecter"), link.origin + AccountsPath.link + secret.text
        ))
  }
}

/// What is kept of a code: of no use for another letter.
func codeHash(_ code: String, of link: ID<LinkRow>) -> String { hashed("\(link):\(code)") }
