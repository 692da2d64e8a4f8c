internal import Kernel
internal import Pages

// How long what is kept, what goes next and what went; whose data are not to be used.
extension PrivacyModule {
  var retentionPage: PortalPage {
    PortalPage(
      "privacy.retention-page", "/retention", by: .staff,
      Words(en: "Kept data", fr: "Données gardées"), inMenu: true,
      asking: { (_: Nothing, context) in try await context.prune(on: host, trying: true) }
    ) { (_: Nothing, due, transaction) in
      let all = try purposes(in: transaction)
      let names = Dictionary(all.map { ($0.purpose, $0.name) }) { first, _ in first }
      let went = try transaction.pruned(since: transaction.now.advanced(byDays: -90))
      let restrictions = try transaction.restrictions()
      return PageContent(
        title: Words(en: "Kept data", fr: "Données gardées"),
        lead: Words(
          en: "Each purpose has its time. What had it goes by itself, once a day.",
          fr: "Chaque finalité a sa durée. Ce qui l’a dépassée part tout seul, une fois par jour.")
      ) {
        table(of: all, due)
        if transaction.actor.role == .administrator { form(all) }
        Block.table(
          Table(
            Words(en: "What went in the last 90 days", fr: "Ce qui est parti depuis 90 jours"),
            columns: [
              Column(en: "Kept for", fr: "Finalité"), Column(en: "On", fr: "Le"),
              Column(en: "Entries", fr: "Lignes", number: true),
            ],
            rows: went.prefix(100).map {
              TableRow([
                .words(names[$0.purpose] ?? Words($0.purpose)), .moment($0.at, host.clock.zone),
                .number($0.rows),
              ])
            }, empty: Words(en: "Nothing.", fr: "Rien.")))
        table(of: restrictions)
        Block.section(Words(en: "What goes, what stays", fr: "Ce qui part, ce qui reste")) {
          for one in all { details(of: one) }
        }
      }
    }
  }

  private func table(of all: [PurposeView], _ due: [Pruned]) -> Block {
    .table(
      Table(
        Words(en: "How long what is kept", fr: "Ce qui est gardé, combien de temps"),
        columns: [
          Column(en: "Kept for", fr: "Finalité"), Column(en: "Days", fr: "Jours", number: true),
          Column(en: "Counted from", fr: "À compter de"),
          Column(en: "Due now", fr: "Échu", number: true),
          Column(en: "From then on", fr: "Ensuite"),
        ],
        rows: all.map { one in
          let next = one.planned.first
          return TableRow([
            .words(one.name), .number(one.days), .words(one.countedFrom),
            .number(due.first { $0.purpose == one.purpose }?.rows ?? 0),
            .optional(next) { setting in
              let days = setting.days ?? one.initialDays
              return .words(
                Words(
                  en: "\(days) days from \(setting.from)",
                  fr: "\(days) jours dès le \(setting.from)"
                ))
            },
          ])
        }, empty: Words(en: "Nothing is kept.", fr: "Rien n’est gardé.")))
  }

  private func form(_ all: [PurposeView]) -> Block {
    .form(
      "privacy.set-retention", title: Words(en: "Set a time", fr: "Fixer une durée"),
      [
        FormField(
          "purpose", as: .select,
          choices: all.map { one in
            FormChoice(
              one.purpose,
              Words(
                en: "\(one.name.en) (\(one.least) to \(one.most) days)",
                fr: "\(one.name.fr) (\(one.least) à \(one.most) jours)"))
          }), FormField("days", required: true), "from", "reason",
      ],
      button: Words(en: "Set it", fr: "Fixer"),
      then: .here(Words(en: "The time is set.", fr: "La durée est fixée.")))
  }

  private func table(of restrictions: [Restriction]) -> Block {
    .table(
      Table(
        Words(
          en: "People whose data are kept and not used",
          fr: "Personnes dont les données sont gardées, non utilisées"),
        columns: [
          Column(en: "Person", fr: "Personne"), Column(en: "Since", fr: "Depuis"),
          Column(en: "Why", fr: "Motif"),
        ],
        rows: restrictions.map {
          TableRow([
            .text($0.person), .moment($0.since, host.clock.zone), .text($0.reason),
          ])
        }, empty: Words(en: "Nobody.", fr: "Personne.")))
  }

  private func details(of one: PurposeView) -> Block {
    .details(
      one.name,
      [
        .paragraph(.words(one.reason)),
        .facts(
          one.effects.flatMap {
            [
              Fact(en: "Goes", fr: "Part", .words($0.goes)),
              Fact(en: "Stays", fr: "Reste", .words($0.stays)),
            ]
          }),
      ])
  }

  /// On the page of one's own data.
  func restriction(of grant: Grant, in connection: any Connection) throws -> Block {
    if let restriction = try connection.restriction(of: grant) {
      return .section(Words(en: "Your data are restricted", fr: "Vos données sont limitées")) {
        Block.facts([
          Fact(en: "Since", fr: "Depuis", .moment(restriction.since, host.clock.zone)),
          Fact(en: "Why", fr: "Motif", .text(restriction.reason)),
        ])
        Block.form(
          "privacy.lift-mine", [],
          button: Words(en: "Use my data again", fr: "Utiliser de nouveau mes données"),
          then: .here(Words(en: "They may be used again.", fr: "Elles servent de nouveau.")))
      }
    }
    return .section(Words(en: "Keep, but do not use", fr: "Garder sans utiliser")) {
      Block.paragraph(
        en:
          "Where you contest something, or want it kept but not used: nothing is erased, you are proposed for no team, shown in no list to companies or reviewers, and written to about nothing else. A seat you have stays yours.",
        fr:
          "Si vous contestez quelque chose, ou voulez que tout soit gardé sans servir : rien n’est effacé, vous n’êtes proposé·e pour aucune équipe, n’apparaissez dans aucune liste aux entreprises ni aux relecteurs, et nous ne vous écrivons que sur ce sujet. Une place que vous avez reste la vôtre."
      )
      Block.form(
        "privacy.restrict-mine", ["reason"],
        button: Words(en: "Restrict my data", fr: "Limiter mes données"),
        confirming: Confirmation(
          Words(en: "Restrict your data?", fr: "Limiter vos données ?"),
          Words(
            en: "They are kept and not used until you lift it here.",
            fr: "Elles sont gardées et ne servent plus, jusqu’à ce que vous le leviez ici."),
          button: Words(en: "Yes, restrict them", fr: "Oui, les limiter")),
        then: .here(Words(en: "Your data are restricted.", fr: "Vos données sont limitées.")))
    }
  }
}
