internal import Kernel
internal import NotificationsAPI
internal import Pages

// What comes back: addresses that do not work, and what people wrote.
extension NotificationsModule {
  private struct OnPage: Codable, Sendable {
    let after: PageMark?
  }

  private static let pageSize = PageSize(50)

  /// An address that letters come back from, for whoever can mend it.
  func returning(_ row: AddressRow) -> Block {
    .section(
      Words(en: "Letters to \(row.name) come back", fr: "Les lettres à \(row.name) reviennent")
    ) {
      Block.notice(
        .warning, Words(row.id.description),
        Words(
          en:
            "Letters to this address wait. Correct it where the person is kept, or say it is right.",
          fr:
            "Les lettres à cette adresse attendent. Corrigez-la sur la fiche de la personne, ou dites qu’elle est bonne."
        ))
      Block.form(
        "notifications.trust-address", [], fixed: ["email": .string(row.id.description)],
        button: Words(en: "The address is right", fr: "L’adresse est bonne"),
        then: .here(
          Words(en: "Letters leave again.", fr: "Les lettres repartent.")))
    }
  }

  var addressesPage: PortalPage {
    PortalPage(
      "notifications.addresses", "/mail-addresses", by: .staff,
      Words(en: "Addresses that letters come back from", fr: "Adresses d’où reviennent des lettres")
    ) { (input: OnPage, transaction) in
      let wrong = try transaction.select(
        AddressRow.self, "WHERE state = 'unreachable' ORDER BY since, id LIMIT 20")
      let shown = try transaction.page(
        AddressRow.self, where: "1 = 1", by: "id", after: input.after, limit: Self.pageSize)
      return PageContent(
        title: Words(
          en: "Addresses that letters come back from", fr: "Adresses d’où reviennent des lettres"),
        trail: [Link(Words(en: "Letters", fr: "Lettres"), "/letters")]
      ) {
        for row in wrong { returning(row) }
        Block.table(
          Table(
            Words(en: "What came back, by address", fr: "Ce qui est revenu, par adresse"),
            columns: [
              Column(en: "Person", fr: "Personne"), Column(en: "Address", fr: "Adresse"),
              Column(en: "For good", fr: "Définitivement"),
              Column(en: "For now", fr: "Pour l’instant"),
              Column(en: "Called unwanted", fr: "Dites indésirables"),
              Column(en: "Last said", fr: "Dernier motif"),
            ],
            rows: shown.items.map { row in
              TableRow([
                .text(row.name), .text(row.id), .number(row.hard), .number(row.soft),
                .number(row.complaints), .optional(row.fault) { .text($0) },
              ])
            },
            empty: Words(en: "Nothing came back.", fr: "Rien n’est revenu."),
            next: shown.next))
      }
    }
  }

  var answersPage: PortalPage {
    PortalPage(
      "notifications.answers", "/mail-answers", by: .staff,
      Words(en: "What people wrote back", fr: "Ce qui a été répondu")
    ) { (input: OnPage, transaction) in
      let shown = try transaction.page(
        AnswerRow.self, where: "1 = 1", by: "at", "id", descending: true, after: input.after,
        limit: Self.pageSize)
      return PageContent(
        title: Words(en: "What people wrote back", fr: "Ce qui a été répondu"),
        lead: Words(
          en:
            "Nothing written here confirms a place or consents to anything: people do that themselves.",
          fr:
            "Rien de ce qui est écrit ici ne confirme une place ni ne vaut consentement : chacun le fait soi-même."
        ), trail: [Link(Words(en: "Letters", fr: "Lettres"), "/letters")]
      ) {
        for row in shown.items {
          Block.section(Words("\(row.senderName) <\(row.sender)>")) {
            Block.facts([
              Fact(en: "Came", fr: "Arrivée", .moment(row.at, zone)),
              Fact(en: "Answers", fr: "Répond à", .words(name(of: row.kind))),
              Fact(
                en: "Read", fr: "Lue", .optional(row.readAt) { .moment($0, zone) }),
            ])
            Block.prose(row.body)
            Block.links(
              Link(Words(en: "The letter", fr: "La lettre"), "/letters/\(row.message)"))
            if row.readAt == nil {
              Block.form(
                "notifications.read-answer", [],
                fixed: ["answer": .string(row.id.description)],
                button: Words(en: "Read and seen to", fr: "Lue et suivie"),
                then: .here(Words(en: "Noted.", fr: "C’est noté.")))
            }
          }
        }
        if let next = shown.next {
          Block.links(
            Link(Words(en: "Older ones", fr: "Plus anciennes"), "/mail-answers?after=\(next)"))
        }
        if shown.items.isEmpty {
          Block.paragraph(en: "Nobody has written back.", fr: "Personne n’a répondu.")
        }
      }
    }
  }
}
