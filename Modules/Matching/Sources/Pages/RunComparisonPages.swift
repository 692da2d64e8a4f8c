internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// Two runs beside each other, a change tried, whom a run serves, and what every run keeps to.
extension MatchingModule {
  private enum Change: String, Codable, CaseIterable, Sendable {
    case without
    case keep
    case forbid
    case seat

    var words: Words {
      switch self {
      case .without: Words(en: "Somebody less", fr: "Une personne en moins")
      case .keep: Words(en: "Somebody in a role", fr: "Quelqu’un sur un rôle")
      case .forbid: Words(en: "Somebody not in a role", fr: "Quelqu’un pas sur un rôle")
      case .seat: Words(en: "One seat more", fr: "Une place de plus")
      }
    }
  }
  private struct Trying: Codable, Sendable {
    let run: RunID
    let change: Change?
    let volunteer: VolunteerID?
    let role: MissionRoleID?
  }

  var comparisonPage: PortalPage {
    PortalPage(
      "matching.comparison", "/runs/{run}/comparison/{with}", by: .staff,
      Words(en: "Two runs compared", fr: "Deux appariements comparés")
    ) { (input: Two, transaction) in
      let found = try comparison(of: input.run, with: input.with, transaction)
      let (one, two) = (found.run, found.with)
      func number(_ value: Int?) -> PageValue { .optional(value) { .number($0) } }
      return PageContent(
        title: Words(
          en: "Runs \(one.number) and \(two.number)",
          fr: "Appariements \(one.number) et \(two.number)"),
        trail: [
          Link(
            Words(en: "Teams by matching", fr: "Équipes par appariement"),
            "/editions/\(one.editionId)/matching"),
          Link(Words(en: "Run \(one.number)", fr: "Appariement \(one.number)"), "/runs/\(one.id)"),
        ]
      ) {
        Block.table(
          Table(
            Words(en: "Side by side", fr: "Côte à côte"),
            columns: [
              Column(en: "What", fr: "Quoi"),
              Column(en: "Run \(one.number)", fr: "Appariement \(one.number)", number: true),
              Column(en: "Run \(two.number)", fr: "Appariement \(two.number)", number: true),
            ],
            rows: [
              TableRow([
                .words(en: "Seats", fr: "Places"), number(one.result?.seats),
                number(two.result?.seats),
              ]),
              TableRow([
                .words(en: "Filled", fr: "Pourvues"), number(one.result?.filled),
                number(two.result?.filled),
              ]),
              TableRow([
                .words(en: "Points of affinity", fr: "Points d’affinité"),
                .optional(one.result) { .number($0.affinity) },
                .optional(two.result) { .number($0.affinity) },
              ]),
              TableRow([
                .words(en: "In the same seat", fr: "À la même place"), .number(found.sameSeat),
                .number(found.sameSeat),
              ]),
            ], empty: Words("")))
        Block.table(movesTable(found.moved))
      }
    }
  }

  private func movesTable(_ moved: [Move]) -> Table {
    Table(
      Words(en: "Who would move", fr: "Qui changerait"),
      columns: [
        Column(en: "Volunteer", fr: "Volontaire"), Column(en: "From", fr: "De"),
        Column(en: "To", fr: "À"),
      ],
      rows: moved.map { move in
        TableRow([
          .text(move.volunteerName),
          move.from.map { .text($0) } ?? .words(en: "no place", fr: "sans place"),
          move.to.map { .text($0) } ?? .words(en: "no place", fr: "sans place"),
        ])
      }, empty: Words(en: "Nobody moves.", fr: "Personne ne change."), csv: "moves")
  }

  var whatIfPage: PortalPage {
    PortalPage(
      "matching.what-if", "/runs/{run}/what-if", by: .staff,
      Words(en: "Try a change", fr: "Essayer un changement"),
      asking: { (input: Trying, context) -> (MatchingCase, Result<WhatIfView, Problem>?) in
        let situation = try await requiredEvidence(of: input.run).situation
        guard let wish = try wish(input, in: situation) else { return (situation, nil) }
        do {
          return (situation, .success(try await tried(wish, context)))
        } catch let error as any UserFacing { return (situation, .failure(error.problem)) }
      }
    ) { (input: Trying, asked, transaction) in
      let (situation, outcome) = asked
      let run = try finishedRun(input.run, in: transaction)
      let people = situation.volunteers.map { FormChoice($0.id, name: $0.contact.name) }
        .sorted { $0.words.en < $1.words.en }
      let roles = situation.seats.map {
        FormChoice($0.role.id, name: "\($0.brief.title) – \($0.role.title)")
      }.sorted { $0.words.en < $1.words.en }
      let view: WhatIfView? = if case .success(let found)? = outcome { found } else { nil }
      let moved = view.map { movesTable($0.moves) } ?? movesTable([])
      return PageContent(
        title: Words(en: "Try a change", fr: "Essayer un changement"),
        over: Words(en: "Run \(run.number)", fr: "Appariement \(run.number)"),
        lead: Words(
          en: "Nothing is stored: you see who would move, and what it would cost.",
          fr: "Rien n’est enregistré : vous voyez qui bougerait, et à quel prix."),
        trail: trail(run)
      ) {
        if case .failure(let problem)? = outcome {
          Block.notice(.bad, problem.title, problem.detail)
        }
        if let view {
          Block.paragraph(view.summary)
          Block.facts(
            Fact(
              en: "Seats filled, before and after", fr: "Places pourvues, avant et après",
              .text("\(view.before.filled) → \(view.after.filled)")),
            Fact(en: "Points", fr: "Points", .number(view.pointsDifference)))
        }
        Block.table(
          Table(
            moved.caption, columns: moved.columns, rows: moved.rows,
            empty: view == nil
              ? Words(
                en: "Choose a change, and whom or what it is about.",
                fr: "Choisissez un changement, et sur qui ou quoi il porte.") : moved.empty,
            filters: [
              Filter(
                "change", Words(en: "Change", fr: "Changement"),
                choices: Change.allCases.map { FormChoice($0.rawValue, $0.words) },
                value: input.change?.rawValue),
              Filter(
                "volunteer", Words(en: "Volunteer", fr: "Volontaire"), choices: people,
                value: input.volunteer?.description),
              Filter(
                "role", Words(en: "Role", fr: "Rôle"), choices: roles,
                value: input.role?.description),
            ]))
      }
    }
  }

  /// What is asked for, where enough is said.
  private func wish(_ input: Trying, in situation: MatchingCase) throws -> WhatIfInput? {
    switch (input.change, input.volunteer, input.role) {
    case (.without?, let volunteer?, _): return WhatIfInput(run: input.run, without: [volunteer])
    case (.keep?, let volunteer?, let role?):
      return WhatIfInput(run: input.run, keep: [Holding(volunteer: volunteer, role: role)])
    case (.forbid?, let volunteer?, let role?):
      return WhatIfInput(run: input.run, forbid: [Holding(volunteer: volunteer, role: role)])
    case (.seat?, _, let role?):
      let seats = situation.seat(role)?.role.seats.value
      guard let more = Whole<1, 10>((seats ?? 0) + 1) else {
        throw Problem.invalid("role", en: "has ten seats already", fr: "a déjà dix places")
      }
      return WhatIfInput(run: input.run, seats: [.init(role: role, seats: more)])
    default: return nil
    }
  }

  var fairnessPage: PortalPage {
    PortalPage(
      "matching.fairness", "/runs/{run}/fairness", by: .staff,
      Words(en: "Whom a run serves", fr: "Qui un appariement sert"),
      asking: { (input: OneRun, _) in try await fairnessView(of: input.run) }
    ) { (input: OneRun, view, transaction) in
      let run = try finishedRun(input.run, in: transaction)
      func shown(_ value: Double?) -> PageValue {
        .optional(value) { .hundredths(Int64(($0 * 100).rounded())) }
      }
      return PageContent(
        title: Words(
          en: "Whom run \(run.number) serves", fr: "Qui sert l’appariement \(run.number)"),
        lead: Words(
          en: "It counts job seekers: it is for you, and not for passing on.",
          fr:
            "Ces chiffres comptent les demandeurs d’emploi : ils sont pour vous, pas à transmettre."
        ),
        trail: trail(run)
      ) {
        Block.chart(
          Chart(
            Words(en: "Seats filled in each mission", fr: "Places pourvues par mission"),
            by: Words(en: "mission", fr: "mission"),
            view.missions.map { Chart.Bar(Words($0.briefTitle.description), Int64($0.filled)) }))
        Block.chart(
          Chart(
            Words(en: "People placed of each company", fr: "Personnes placées par entreprise"),
            by: Words(en: "company", fr: "entreprise"),
            view.companies.map { Chart.Bar(Words($0.partner.description), Int64($0.placed)) }))
        Block.chart(
          Chart(
            Words(en: "How well people and roles fit", fr: "Accord des personnes et des rôles"),
            by: Words(en: "points from", fr: "points à partir de"),
            view.affinities.map { Chart.Bar(Words("\($0.affinityFrom)"), Int64($0.pairs)) }))
        Block.table(
          Table(
            Words(
              en: "Beside a plain first-come answer, and the run before",
              fr: "À côté d’un placement au fil de l’eau, et de l’appariement précédent"),
            columns: [
              Column(en: "Figure", fr: "Chiffre"),
              Column(en: "This run", fr: "Celui-ci", number: true),
              Column(en: "First come", fr: "Au fil de l’eau", number: true),
              Column(en: "Before", fr: "Précédent", number: true),
            ],
            rows: view.figures.map {
              TableRow([.words($0.figure), shown($0.thisRun), shown($0.greedy), shown($0.before)])
            }, empty: Words(""), csv: "fairness"))
        Block.table(
          Table(
            Words(en: "Missions", fr: "Missions"),
            columns: [
              Column(en: "Mission", fr: "Mission"),
              Column(en: "Filled", fr: "Pourvues", number: true),
              Column(en: "Seats", fr: "Places", number: true),
              Column(en: "Most of one company", fr: "Au plus d’une entreprise", number: true),
            ],
            rows: view.missions.map {
              TableRow([
                .text($0.briefTitle), .number($0.filled), .number($0.seats),
                .number($0.largestCompany),
              ])
            }, empty: Words(""), csv: "fairness-missions"))
      }
    }
  }

  var locksPage: PortalPage {
    PortalPage(
      "matching.locks", "/editions/{edition}/locks", by: .staff,
      Words(en: "What every run keeps to", fr: "Ce que tout appariement respecte"),
      asking: { (input: OfEdition, _) in try await gather(input.edition) }
    ) { (input: OfEdition, situation, transaction) in
      let all = try locks(of: input.edition, in: transaction)
      return PageContent(
        title: Words(en: "What every run keeps to", fr: "Ce que tout appariement respecte"),
        over: Words(situation.edition.name.description),
        trail: [
          Link(
            Words(en: "Teams by matching", fr: "Équipes par appariement"),
            "/editions/\(input.edition)/matching")
        ]
      ) {
        Block.table(
          Table(
            Words(en: "Your decisions", fr: "Vos décisions"),
            columns: [
              Column(en: "Volunteer", fr: "Volontaire"), Column(en: "Role", fr: "Rôle"),
              Column(en: "Decision", fr: "Décision"), Column(en: "Why", fr: "Pourquoi"),
              Column(en: "To do", fr: "À faire"),
            ],
            rows: all.map { lock in
              let seat = situation.seat(lock.role)
              return TableRow([
                .optional(situation.volunteer(lock.volunteer)) { .text($0.contact.name) },
                .optional(seat) { .text("\($0.role.title) – \($0.brief.title)") },
                .tag(lock.kind.words, .info), .text(lock.reason),
                .button(
                  Form(
                    "matching.unlock", fixed: ["lock": .string(lock.id.description)],
                    button: Words(en: "Lift this", fr: "Lever cette contrainte"),
                    then: .here(Words(en: "Lifted.", fr: "C’est levé.")))),
              ])
            },
            empty: Words(
              en: "None: open somebody in a run to keep or exclude them.",
              fr: "Aucune : ouvrez une personne dans un appariement pour la garder ou l’écarter.")))
      }
    }
  }
}
