internal import Kernel
public import Pages
internal import ProgrammesAPI

// Editions for those who run them: all of them, a new one, and what of one can be changed.
extension ProgrammesModule: PortalModule {
  public var pages: [PortalPage] { [editionsPage, newEditionPage, editionTermsPage] }
}

extension ProgrammesModule {
  private var editionsPage: PortalPage {
    PortalPage(
      "programmes.all-editions", "/editions", by: .staff, Words(en: "Editions", fr: "Éditions"),
      inMenu: true
    ) { (_: Nothing, transaction) in
      let rows = try transaction.select(EditionRow.self, "ORDER BY starts DESC, id DESC")
      let programmes = try transaction.select(ProgrammeRow.self)
      let names = Dictionary(programmes.map { ($0.id, $0.name) }) { first, _ in first }
      return PageContent(title: Words(en: "Editions", fr: "Éditions")) {
        Block.table(
          Table(
            Words(en: "Editions, the newest first", fr: "Éditions, la plus récente d’abord"),
            columns: [
              Column(en: "Edition", fr: "Édition"), Column(en: "Programme", fr: "Programme"),
              Column(en: "From", fr: "Du"), Column(en: "To", fr: "Au"),
              Column(en: "State", fr: "État"),
            ],
            rows: rows.map { row in
              TableRow(
                [
                  .text(row.name), .optional(names[row.programme]) { .text($0) },
                  .day(row.starts), .day(row.ends), .tag(row.state.words, row.state.tone),
                ], page: "/editions/\(row.id)")
            }, empty: Words(en: "No edition yet.", fr: "Aucune édition pour l’instant."),
            csv: "editions"))
        Block.actions(
          .link(Words(en: "Plan an edition", fr: "Prévoir une édition"), "/editions/new"))
      }
    }
  }

  private var newEditionPage: PortalPage {
    PortalPage(
      "programmes.new-edition", "/editions/new", by: .staff,
      Words(en: "Plan an edition", fr: "Prévoir une édition")
    ) { (_: Nothing, transaction) in
      let programmes = try transaction.select(ProgrammeRow.self, "ORDER BY name, id")
      return PageContent(
        title: Words(en: "Plan an edition", fr: "Prévoir une édition"),
        trail: [Link(Words(en: "Editions", fr: "Éditions"), "/editions")]
      ) {
        if !programmes.isEmpty {
          Block.form(
            "programmes.plan-edition",
            [
              FormField(
                "programme", as: .select,
                choices: programmes.map { FormChoice($0.id, name: $0.name) }
              ), "name", FormField("theme", as: .lines(3)), "territory",
              FormField("format", as: .radios), "starts", "ends",
            ], button: Words(en: "Plan it", fr: "Prévoir"),
            then: .page(
              "/editions/{id}", Words(en: "The edition is planned.", fr: "L’édition est prévue.")))
        }
        Block.details(
          Words(en: "A new programme", fr: "Un nouveau programme"),
          [
            .form(
              "programmes.create", ["name"], button: Words(en: "Create it", fr: "Créer"),
              then: .here(Words(en: "The programme is there.", fr: "Le programme est créé.")))
          ])
      }
    }
  }

  private var editionTermsPage: PortalPage {
    PortalPage(
      "programmes.edition-terms", "/editions/{edition}/terms", by: .staff,
      Words(en: "Dates, format, calendar", fr: "Dates, format, calendrier")
    ) { (input: OneEdition, transaction) in
      let row = try transaction.get(EditionRow.self, input.edition)
      let days = try calendar(of: row.id, in: transaction)
      let open = row.state == .open ? try transaction.unfinished(in: row.id) : []
      let id: [String: JSON] = ["edition": .string(row.id.description)]
      return PageContent(
        title: Words(en: "Dates, format, calendar", fr: "Dates, format, calendrier"),
        over: Words(row.name.description),
        trail: [Link(Words(row.name.description), "/editions/\(row.id)")]
      ) {
        Block.facts(Fact(en: "State", fr: "État", .tag(row.state.words, row.state.tone)))
        if !open.isEmpty {
          Block.facts(open.map { Fact($0.title, .number($0.count)) })
        }
        states(of: row, id)
        if row.state != .closed {
          Block.section(Words(en: "The edition", fr: "L’édition")) {
            Block.form(
              "programmes.correct-edition",
              ["name", FormField("theme", as: .lines(3)), "territory", "starts", "ends"], fixed: id,
              values: [
                "name": .string(row.name.description), "theme": .string(row.theme.description),
                "territory": .string(row.territory.description),
                "starts": .string(row.starts.description), "ends": .string(row.ends.description),
              ], version: row.version, button: Words(en: "Save", fr: "Enregistrer"),
              then: .here(Words(en: "Saved.", fr: "Enregistré.")))
          }
          Block.section(Words(en: "Format", fr: "Format")) {
            Block.form(
              "programmes.change-format", [FormField("format", as: .radios)], fixed: id,
              values: ["format": .string(row.format.rawValue)], version: row.version,
              button: Words(en: "Change the format", fr: "Changer le format"), tone: .warning,
              confirming: Confirmation(
                Words(en: "Change the format?", fr: "Changer le format ?"),
                Words(
                  en: "Every session to come is announced anew to teams and organisations.",
                  fr: "Chaque séance à venir est de nouveau annoncée aux équipes et organisations."),
                button: Words(en: "Yes, change it", fr: "Oui, le changer")),
              then: .here(
                Words(
                  en: "Changed: everybody concerned gets a letter.",
                  fr: "C’est changé : chaque personne concernée reçoit une lettre.")))
          }
          calendarSection(days, id)
        }
      }
    }
  }

  private func states(of row: EditionRow, _ id: [String: JSON]) -> [Block] {
    switch row.state {
    case .planned:
      [
        .form(
          "programmes.open-edition", [], fixed: id,
          button: Words(en: "Open the edition", fr: "Ouvrir l’édition"), tone: .good,
          then: .here(Words(en: "The edition is open.", fr: "L’édition est ouverte.")))
      ]
    case .open:
      [
        .form(
          "programmes.close-edition", [FormField("despite", as: .lines(3))], fixed: id,
          button: Words(en: "Close the edition", fr: "Clore l’édition"), tone: .bad,
          confirming: Confirmation(
            Words(en: "Close the edition?", fr: "Clore l’édition ?"),
            Words(
              en: "Nobody registers or is placed any more. It can be opened again.",
              fr: "Plus d’inscription ni de placement. Elle peut être rouverte."),
            button: Words(en: "Yes, close it", fr: "Oui, la clore")),
          then: .here(Words(en: "The edition is closed.", fr: "L’édition est close.")))
      ]
    case .closed:
      [
        .form(
          "programmes.reopen-edition", [], fixed: id,
          button: Words(en: "Open it again", fr: "La rouvrir"),
          then: .here(Words(en: "It is open again.", fr: "Elle est rouverte.")))
      ]
    }
  }

  /// The kick-off half-days, with room for some more.
  private func calendarSection(_ days: [HalfDay], _ id: [String: JSON]) -> Block {
    var fields: [FormField] = []
    var values: [String: JSON] = [:]
    for index in 0..<(days.count + 2) {
      if let day = days.dropFirst(index).first {
        values["halfDays[\(index)].key"] = .string(day.key.description)
        values["halfDays[\(index)].day"] = .string(day.day.description)
        values["halfDays[\(index)].part"] = .string(day.part.rawValue)
      }
      let number = index + 1
      fields += [
        FormField(
          "halfDays[\(index)].key",
          label: Words(en: "Half-day \(number), name", fr: "Demi-journée \(number), nom"),
          hint: index == 0
            ? Words(
              en: "What rosters call it, such as 2020-11-17-am.",
              fr: "Son nom dans les listes, comme 2020-11-17-am.") : nil, required: false),
        FormField(
          "halfDays[\(index)].day",
          label: Words(en: "Half-day \(number), day", fr: "Demi-journée \(number), jour"),
          required: false),
        FormField(
          "halfDays[\(index)].part",
          label: Words(en: "Half-day \(number), part", fr: "Demi-journée \(number), moment"),
          as: .select, required: false),
      ]
    }
    return .section(
      Words(en: "Kick-off half-days", fr: "Demi-journées de lancement"), id: "calendar"
    ) {
      Block.form(
        "programmes.set-calendar", fields, fixed: id, values: values,
        button: Words(en: "Save the calendar", fr: "Enregistrer le calendrier"),
        then: .here(Words(en: "The calendar is saved.", fr: "Le calendrier est enregistré.")))
    }
  }
}

extension EditionState {
  var words: Words {
    switch self {
    case .planned: Words(en: "planned", fr: "prévue")
    case .open: Words(en: "open", fr: "ouverte")
    case .closed: Words(en: "closed", fr: "close")
    }
  }
  var tone: Tone {
    switch self {
    case .planned: .info
    case .open: .good
    case .closed: .plain
    }
  }
}
