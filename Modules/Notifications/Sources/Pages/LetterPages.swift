internal import Kernel
internal import NotificationsAPI
public import Pages

// Letters sent, for staff; how each kind reads; and how often somebody wants to be written to.
extension NotificationsModule: PortalModule {
  public var pages: [PortalPage] {
    [
      lettersPage, letterPage, letterKindsPage, letterKindPage, choicesPage, addressesPage,
      answersPage,
      remindersPage,
    ]
  }
}

extension NotificationsModule {
  private struct Which: Codable, Sendable {
    let state: MessageState?
    let kind: Key?
    let recipient: EmailAddress?
    let after: MessageID?
  }
  private struct One: Codable, Sendable {
    let message: MessageID
  }
  private struct OneKind: Codable, Sendable {
    let kind: Key
  }

  private static let pageSize = 50

  func name(of kind: String) -> Words {
    if kind == digestKind { return digestName }
    if kind == reminderKind { return reminderName }
    return mails.first { $0.kind == kind }?.name ?? Words(kind)
  }

  private var lettersPage: PortalPage {
    PortalPage(
      "notifications.letters", "/letters", by: .staff, Words(en: "Letters", fr: "Lettres"),
      inMenu: true
    ) { (input: Which, transaction) in
      var condition: SQL = "WHERE 1 = 1"
      if let state = input.state { condition = condition + "AND state = \(state.rawValue)" }
      if let kind = input.kind { condition = condition + "AND kind = \(kind)" }
      if let recipient = input.recipient { condition = condition + "AND recipient = \(recipient)" }
      if let after = input.after, let last = try transaction.find(MessageRow.self, after) {
        condition = condition + "AND position < \(last.position)"
      }
      let found = try transaction.select(
        MessageRow.self, condition + "ORDER BY position DESC LIMIT \(Self.pageSize + 1)")
      let shown = found.prefix(Self.pageSize)
      let counts = try transaction.rows(
        "SELECT state, COUNT(*) AS n FROM notifications_message GROUP BY state")
      var byState: [String: Int] = [:]
      for row in counts { byState[try row.get("state")] = try row.get("n", as: Int.self) }
      let hold = try transaction.mailHold()
      return PageContent(title: Words(en: "Letters", fr: "Lettres")) {
        holding(hold)
        Block.tiles(
          [MessageState.sent, .waiting, .held, .failed].map { state in
            Tile(
              .number(byState[state.rawValue] ?? 0), state.tag.words,
              page: "/letters?state=\(state.rawValue)")
          })
        Block.table(
          Table(
            Words(en: "Letters, the newest first", fr: "Lettres, la plus récente d’abord"),
            columns: [
              Column(en: "Subject", fr: "Objet"), Column(en: "To", fr: "À"),
              Column(en: "Kind", fr: "Genre"), Column(en: "State", fr: "État"),
              Column(en: "Written", fr: "Écrite le"),
            ],
            rows: shown.map { row in
              TableRow(
                [
                  row.subject.isEmpty
                    ? .words(en: "(not kept)", fr: "(non gardé)")
                    : .quoted(row.subject, row.language),
                  .text(row.recipientName), .words(name(of: row.kind)), .tag(row.state.tag),
                  .moment(row.createdAt, zone),
                ], page: "/letters/\(row.id)")
            }, empty: Words(en: "No letter.", fr: "Aucune lettre."),
            filters: [
              Filter(
                "state", Words(en: "State", fr: "État"),
                choices: MessageState.allCases.map { FormChoice($0.rawValue, $0.tag.words) },
                value: input.state?.rawValue),
              Filter(
                "kind", Words(en: "Kind", fr: "Genre"),
                choices: mails.map { FormChoice($0.kind, $0.name) }, value: input.kind?.description),
              Filter(
                "recipient", Words(en: "Address", fr: "Adresse"),
                value: input.recipient?.description),
            ], next: found.count > Self.pageSize ? shown.last?.id.description : nil,
            csv: "letters"))
        Block.links(
          Link(Words(en: "What people wrote back", fr: "Ce qui a été répondu"), "/mail-answers"),
          Link(
            Words(
              en: "What reminders did not help", fr: "Ce que les rappels n’ont pas fait avancer"),
            "/reminders"),
          Link(
            Words(
              en: "Addresses that letters come back from",
              fr: "Adresses d’où les lettres reviennent"), "/mail-addresses"),
          Link(
            Words(en: "How each kind of letter reads", fr: "Comment se lit chaque genre de lettre"),
            "/letter-kinds"))
      }
    }
  }

  /// Letters that are held back, and the two ways on.
  private func holding(_ hold: HoldRow?) -> [Block] {
    guard let hold else {
      return [
        .details(
          Words(en: "Hold letters back", fr: "Retenir les lettres"),
          [
            .form(
              "notifications.hold", [], button: Words(en: "Hold them back", fr: "Les retenir"),
              then: .here(
                Words(
                  en: "Letters wait until you let them go.",
                  fr: "Les lettres attendent que vous les laissiez partir.")))
          ])
      ]
    }
    let since = zone.day(of: hold.since).words
    return [
      .notice(
        .warning, Words(en: "Letters are held back", fr: "Les lettres sont retenues"),
        Words(en: "Since \(since.en).", fr: "Depuis le \(since.fr).")),
      .form(
        "notifications.let-go", [], fixed: ["all": true],
        button: Words(en: "Let all of them go", fr: "Les laisser toutes partir"), tone: .good,
        confirming: Confirmation(
          Words(en: "Let all letters go?", fr: "Laisser partir toutes les lettres ?"),
          Words(
            en: "Whatever waits is sent now.", fr: "Tout ce qui attend part maintenant."),
          button: Words(en: "Yes, send them", fr: "Oui, les envoyer")),
        then: .here(Words(en: "They are on their way.", fr: "Elles partent."))),
      .form(
        "notifications.withhold", [], fixed: ["all": true],
        button: Words(en: "Send none of them", fr: "N’en envoyer aucune"), tone: .bad,
        confirming: Confirmation(
          Words(
            en: "Send none of the letters that wait?", fr: "N’envoyer aucune lettre en attente ?"),
          Words(
            en: "Nobody gets them, now or later.",
            fr: "Personne ne les recevra, ni maintenant ni plus tard."),
          button: Words(en: "Yes, send none", fr: "Oui, aucune")),
        then: .here(Words(en: "They are not sent.", fr: "Elles ne partiront pas."))),
    ]
  }

  private var letterPage: PortalPage {
    PortalPage(
      "notifications.letter", "/letters/{message}", by: .staff,
      Words(en: "A letter", fr: "Une lettre")
    ) { (input: One, transaction) in
      guard let row = try transaction.find(MessageRow.self, input.message) else {
        throw Problem.notFound(MessageRow.noun, input.message)
      }
      return PageContent(
        title: row.subject.isEmpty ? name(of: row.kind) : Words(row.subject),
        over: name(of: row.kind), trail: [Link(Words(en: "Letters", fr: "Lettres"), "/letters")]
      ) {
        Block.facts([
          Fact(en: "To", fr: "À", .text("\(row.recipientName) <\(row.recipient)>")),
          Fact(en: "State", fr: "État", .tag(row.state.tag)),
          Fact(en: "Written", fr: "Écrite le", .moment(row.createdAt, zone)),
          Fact(en: "Sent", fr: "Partie le", .optional(row.sentAt) { .moment($0, zone) }),
          Fact(en: "Tries", fr: "Tentatives", .number(row.attempts)),
          Fact(en: "What went wrong", fr: "Ce qui a échoué", .optional(row.fault) { .text($0) }),
          Fact(en: "Leads to", fr: "Mène à", .optional(row.door) { .text($0.path) }),
        ])
        if row.state == .failed {
          Block.form(
            "notifications.retry", [], fixed: ["message": .string(row.id.description)],
            button: Words(en: "Try again", fr: "Réessayer"),
            then: .here(Words(en: "It is tried again now.", fr: "Nouvel essai en cours.")))
        }
        Block.section(Words(en: "As it reads", fr: "Telle qu’on la lit")) {
          Block.paragraph(
            row.body.isEmpty
              ? .words(en: "(The text is not kept.)", fr: "(Le texte n’est pas gardé.)")
              : .quoted(row.body, row.language))
        }
      }
    }
  }

  private var letterKindsPage: PortalPage {
    PortalPage(
      "notifications.letter-kinds", "/letter-kinds", by: .staff,
      Words(en: "Kinds of letters", fr: "Genres de lettres")
    ) { (_: Nothing, _) in
      PageContent(
        title: Words(en: "Kinds of letters", fr: "Genres de lettres"),
        trail: [Link(Words(en: "Letters", fr: "Lettres"), "/letters")]
      ) {
        Block.table(
          Table(
            Words(en: "Every letter Parvis writes", fr: "Toutes les lettres que Parvis écrit"),
            columns: [
              Column(en: "Kind", fr: "Genre"),
              Column(en: "Can be had less often", fr: "Peut être reçue moins souvent"),
            ],
            rows: mails.map {
              TableRow(
                [.words($0.name), .yesNo($0.mayBeRefused)], page: "/letter-kinds/\($0.kind)")
            }, empty: Words("")))
      }
    }
  }

  private var letterKindPage: PortalPage {
    PortalPage(
      "notifications.letter-kind", "/letter-kinds/{kind}", by: .staff,
      Words(en: "A kind of letter", fr: "Un genre de lettre"),
      asking: { (input: OneKind, _) -> (Mail, [Letter]) in
        guard let mail = mails.first(where: { $0.kind == input.kind.description }) else {
          throw Problem.notFound(Words(en: "kind of letter", fr: "genre de lettre"), input.kind)
        }
        return (mail, try await mail.samples(.fr))
      }
    ) { (_: OneKind, found: (Mail, [Letter]), _) in
      let (mail, letters) = found
      return PageContent(
        title: mail.name,
        lead: Words(
          en: "With people and things that nobody is.",
          fr: "Avec des personnes et des choses inventées."),
        trail: [
          Link(Words(en: "Letters", fr: "Lettres"), "/letters"),
          Link(Words(en: "Kinds", fr: "Genres"), "/letter-kinds"),
        ]
      ) {
        for letter in letters {
          for language in Language.allCases {
            Block.section(Words(letter.subject[language])) {
              Block.paragraph(.quoted(letter.body[language], language))
              Block.facts([
                Fact(
                  en: "Button", fr: "Bouton", .quoted(letter.door.words[language], language)),
                Fact(en: "Leads to", fr: "Mène à", .text(letter.door.path)),
              ])
            }
          }
        }
      }
    }
  }

  /// How often one wants to be written to, for whoever is written to.
  private var choicesPage: PortalPage {
    PortalPage(
      "notifications.my-letters", "/my-letters", by: [.member, .volunteer, .partner, .reviewer],
      Words(en: "My letters", fr: "Mes lettres"), inMenu: true,
      asking: { (_: Nothing, context) in
        (
          try await contacts(of: context.actor), try await unreachable(ownedBy: context.actor)
        )
      }
    ) { (_: Nothing, found, transaction) in
      let (contacts, unreachable) = found
      let choices = DigestChoice.allCases.map { FormChoice($0.rawValue, $0.words) }
      return try PageContent(
        title: Words(en: "My letters", fr: "Mes lettres"),
        lead: Words(
          en: "What you must know or answer by a date always comes at once.",
          fr: "Ce que vous devez savoir ou faire avant une date arrive toujours aussitôt.")
      ) {
        for address in unreachable { returning(address) }
        for block in try calendarBlocks(
          of: transaction.actor, below: portal(try transaction.mailSettings()), in: transaction)
        { block }
        for contact in contacts {
          let chosen = try transaction.choice(of: contact.email)
          Block.section(Words(contact.email.description)) {
            Block.form(
              "notifications.set-preferences",
              [
                FormField(
                  "digest", label: Words(en: "Everything else", fr: "Tout le reste"), as: .radios,
                  choices: choices)
              ], fixed: ["email": .string(contact.email.description)],
              values: ["digest": .string(chosen.rawValue)],
              button: Words(en: "Save my choice", fr: "Enregistrer mon choix"),
              then: .here(Words(en: "Noted.", fr: "C’est noté.")))
          }
        }
      }
    }
  }
}

extension MessageState {
  var tag: StateTag {
    switch self {
    case .waiting: StateTag(Words(en: "to be sent", fr: "à envoyer"), .info)
    case .sent: StateTag(Words(en: "sent", fr: "envoyées"), .good)
    case .failed: StateTag(Words(en: "failed", fr: "en échec"), .bad)
    case .held: StateTag(Words(en: "held for a digest", fr: "gardées pour un résumé"))
    case .digested: StateTag(Words(en: "sent in a digest", fr: "envoyées en résumé"), .good)
    case .withheld: StateTag(Words(en: "not wanted", fr: "non voulues"))
    }
  }
}

extension DigestChoice {
  fileprivate var words: Words {
    switch self {
    case .each: Words(en: "Each as it comes", fr: "Chacune à son arrivée")
    case .daily: Words(en: "One letter a day", fr: "Une lettre par jour")
    case .weekly: Words(en: "One letter a week", fr: "Une lettre par semaine")
    case .noneButNecessary: Words(en: "Only what I must know", fr: "Seulement l’indispensable")
    }
  }
}
