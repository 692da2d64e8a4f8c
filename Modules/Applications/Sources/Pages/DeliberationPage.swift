internal import ApplicationsAPI
internal import Kernel
internal import Pages

// The jury's decisions: staged one by one beside the ranking, then published together.
extension ApplicationsModule {
  private struct DeliberationOf: Codable, Sendable {
    let call: CallID
    let after: PageMark?
  }

  var deliberationPage: PortalPage {
    PortalPage(
      "applications.deliberation", "/calls/{call}/deliberation", by: .staff,
      Words(en: "Deliberation", fr: "Délibération")
    ) { (input: DeliberationOf, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      let submitted: SQL = "state NOT IN ('draft', 'withdrawn') AND state = 'submitted'"
      let ranking = try standings(
        in: call.id, where: submitted, after: input.after, limit: PageSize(50), transaction)
      let toDecide = try transaction.count(
        ApplicationRow.self, "WHERE call_id = \(call.id) AND state = 'submitted'")
      let staged = try staged(for: call.id, in: transaction)
      let byID = Dictionary(staged.map { ($0.id, $0) }) { first, _ in first }
      let isOpen = call.state(at: transaction.now) == .closed
      return try PageContent(
        title: Words(en: "Deliberation", fr: "Délibération"), over: Words(call.title.description),
        lead: Words(
          en: "Nobody is told anything until you publish all decisions together.",
          fr: "Rien n’est annoncé avant que vous publiiez toutes les décisions ensemble."),
        trail: [Link(Words(call.title.description), "/calls/\(call.id)")]
      ) {
        state(of: call, at: transaction.now)
        if call.state != .decided {
          Block.tiles([
            Tile(
              .number(staged.count { $0.decision == .laureate }),
              Words(en: "of \(call.places.value) places", fr: "sur \(call.places.value) places")),
            Tile(
              .number(staged.count { $0.decision == .waitingList }),
              Words(en: "waiting list", fr: "liste d’attente")),
            Tile(
              .number(staged.count { $0.decision == .refused }), Words(en: "refusals", fr: "refus")),
            Tile(
              .number(toDecide - staged.count),
              Words(en: "without a decision", fr: "sans décision")),
          ])
          Block.table(rankingTable(ranking, byID))
          if isOpen {
            Block.section(Words(en: "Decide one by one", fr: "Décider une à une"), id: "decide") {
              for standing in ranking.items { decision(on: standing, byID[standing.application]) }
            }
            try publication(
              of: call, staged, isComplete: staged.count >= toDecide, in: transaction)
          }
        } else {
          try decided(call, transaction)
        }
      }
    }
  }

  private func state(of call: CallRow, at now: Instant) -> [Block] {
    switch call.state(at: now) {
    case .closed: []
    case .open:
      [
        .notice(
          .info,
          Words(
            en: "Applications are taken until \(call.closesOn.words.en). Decisions come after.",
            fr: "Les candidatures arrivent jusqu’au \(call.closesOn.words.fr). On décide après."))
      ]
    case .draft:
      [
        .notice(
          .info, Words(en: "The call is not open yet.", fr: "L’appel n’est pas encore ouvert."))
      ]
    case .decided:
      [
        .notice(
          .good, Words(en: "The decisions are published", fr: "Les décisions sont publiées"))
      ]
    }
  }

  private func rankingTable(
    _ ranking: Page<Standing>, _ staged: [ApplicationID: StagedDecisionRow]
  ) -> Table {
    Table(
      Words(en: "Ranking by weighted score", fr: "Classement par note pondérée"),
      columns: [
        Column(en: "Organisation", fr: "Organisation"),
        Column(en: "Rank", fr: "Rang", number: true),
        Column(en: "Score of 5", fr: "Note sur 5", number: true),
        Column(en: "Reviews", fr: "Relectures", number: true),
        Column(en: "Missing", fr: "Manquent", number: true),
        Column(en: "Prepared", fr: "Préparé"),
      ],
      rows: ranking.items.map { standing in
        TableRow(
          [
            .text(standing.organisationName), .number(standing.rank),
            .optional(standing.score) { .hundredths(Int64($0)) }, .number(standing.reviews),
            .number(standing.reviewsMissing),
            .optional(staged[standing.application]) { .tag($0.tag) },
          ], page: "/applications/\(standing.application)")
      }, empty: Words(en: "Nothing was handed in.", fr: "Rien n’a été déposé."),
      next: ranking.next, csv: "ranking")
  }

  private func decision(on standing: Standing, _ row: StagedDecisionRow?) -> Block {
    var values: [String: JSON] = [:]
    values["decision"] = row.map { .string($0.decision.rawValue) }
    values["reason.fr"] = row?.reason.map { .string($0.fr) }
    values["reason.en"] = row?.reason.map { .string($0.en) }
    values["rank"] = row?.waitingRank.map { .integer(Int64($0)) }
    return .details(
      Words(
        en: "\(standing.rank). \(standing.organisationName)",
        fr: "\(standing.rank). \(standing.organisationName)"),
      [
        .form(
          "applications.stage-decision",
          [
            FormField(
              "decision", as: .radios,
              choices: [Decision.laureate, .waitingList, .refused].map {
                FormChoice($0.rawValue, $0.words)
              }, required: true),
            FormField(
              "rank",
              label: Words(en: "Rank on the waiting list", fr: "Rang sur la liste d’attente"),
              required: false),
            FormField(
              "reason.fr", label: Words(en: "Why, in French", fr: "Pourquoi, en français"),
              hint: Words(
                en: "The applicant reads it. Asked for with a refusal.",
                fr: "La candidate le lira. Demandé avec un refus."), as: .lines(3), required: false),
            FormField(
              "reason.en", label: Words(en: "Why, in English", fr: "Pourquoi, en anglais"),
              as: .lines(3), required: false),
          ], fixed: ["application": .string(standing.application.description)], values: values,
          button: Words(
            en: "Prepare: \(standing.organisationName)",
            fr: "Préparer : \(standing.organisationName)"),
          then: .here(
            Words(
              en: "Prepared. Nobody is told yet.", fr: "C’est préparé. Rien n’est encore annoncé."))
        )
      ])
  }

  /// What will be sent to whom, then the button that does it.
  private func publication(
    of call: CallRow, _ staged: [StagedDecisionRow], isComplete: Bool, in transaction: Transaction
  ) throws -> Block {
    let names = try applicantNames(of: staged.map(\.id), in: transaction)
    func people(_ decision: Decision) -> [PageValue] {
      staged.filter { $0.decision == decision }.compactMap { names[$0.id] }.map { .text($0) }
    }
    let (chosen, waiting, refused) = (people(.laureate), people(.waitingList), people(.refused))
    let told: [Fact] = [
      Fact(Decision.laureate.letter, chosen.isEmpty ? .none : .list(chosen)),
      Fact(Decision.waitingList.letter, waiting.isEmpty ? .none : .list(waiting)),
      Fact(Decision.refused.letter, refused.isEmpty ? .none : .list(refused)),
    ]
    var blocks: [Block] = [.facts(told)]
    if !isComplete {
      blocks.append(
        .notice(
          .info,
          Words(
            en: "Every application needs a decision first.",
            fr: "Chaque candidature demande d’abord une décision.")))
    } else if !staged.isEmpty {
      let question = Confirmation(
        Words(en: "Publish all decisions?", fr: "Publier toutes les décisions ?"),
        Words(
          en: "\(staged.count) organisations get their letter now: "
            + "\(chosen.count) are chosen, \(waiting.count) wait, "
            + "\(refused.count) are refused with the reason you gave.",
          fr: "\(staged.count) organisations reçoivent leur lettre maintenant : "
            + "\(chosen.count) retenues, \(waiting.count) en attente, "
            + "\(refused.count) refusées avec la raison que vous avez donnée."),
        button: Words(en: "Yes, publish", fr: "Oui, publier"))
      blocks.append(
        .form(
          "applications.publish-decisions", ["confirmBy", "personalLine"],
          fixed: ["call": .string(call.id.description)],
          values: [
            "confirmBy": .string(call.zone.day(of: transaction.now).advanced(by: 14).description)
          ], version: call.version,
          button: Words(en: "Publish the decisions", fr: "Publier les décisions"), tone: .bad,
          confirming: question,
          then: .here(
            Words(
              en: "Published: every organisation is told.",
              fr: "C’est publié : chaque organisation est prévenue."))))
    }
    return .section(
      Section(Words(en: "Publish together", fr: "Publier ensemble"), id: "publish", blocks))
  }

  private func decided(_ call: CallRow, _ transaction: Transaction) throws -> [Block] {
    let rows = try withOrganisations(
      transaction.select(
        ApplicationRow.self,
        "WHERE call_id = \(call.id) AND state NOT IN ('draft', 'withdrawn')"), transaction)
    return [
      .table(
        Table(
          Words(
            en: "What was decided, and what came of it", fr: "Ce qui a été décidé, et la suite"),
          columns: [
            Column(en: "Organisation", fr: "Organisation"), Column(en: "State", fr: "État"),
            Column(en: "Confirm by", fr: "À confirmer avant le"),
            Column(en: "Reason", fr: "Raison"),
          ],
          rows: rows.map { row, organisation in
            TableRow(
              [
                .text(organisation.name), .tag(row.state.title),
                row.state == .laureate ? .optional(row.confirmBy) { .day($0) } : .none,
                .optional(row.reason) { .words($0) },
              ], page: "/applications/\(row.id)")
          }, empty: Words(en: "Nothing.", fr: "Rien."), csv: "decisions")),
      .details(
        Words(en: "Close the waiting list", fr: "Clore la liste d’attente"),
        [
          .form(
            "applications.close-waiting-list",
            [
              FormField(
                "reason.fr", label: Words(en: "Why, in French", fr: "Pourquoi, en français"),
                as: .lines(3)),
              FormField(
                "reason.en", label: Words(en: "Why, in English", fr: "Pourquoi, en anglais"),
                as: .lines(3)),
            ], fixed: ["call": .string(call.id.description)],
            button: Words(en: "Close the waiting list", fr: "Clore la liste d’attente"), tone: .bad,
            confirming: Confirmation(
              Words(en: "Close the waiting list?", fr: "Clore la liste d’attente ?"),
              Words(
                en: "Whoever still waits is told that no place came free.",
                fr: "Celles qui attendent encore apprennent qu’aucune place ne s’est libérée."),
              button: Words(en: "Yes, close it", fr: "Oui, la clore")),
            then: .here(Words(en: "They are told.", fr: "Elles sont prévenues.")))
        ]),
    ]
  }
}

extension Decision {
  fileprivate var words: Words {
    switch self {
    case .laureate: Words(en: "Laureate", fr: "Lauréate")
    case .waitingList: Words(en: "Waiting list", fr: "Liste d’attente")
    case .refused: Words(en: "Refused", fr: "Refusée")
    }
  }
  /// The letter it brings.
  fileprivate var letter: Words {
    switch self {
    case .laureate:
      Words(
        en: "“You are chosen, please confirm” to", fr: "« Vous êtes retenue, merci de confirmer » à"
      )
    case .waitingList:
      Words(en: "“You are on the waiting list” to", fr: "« Vous êtes sur la liste d’attente » à")
    case .refused:
      Words(en: "“Not this time, and why” to", fr: "« Pas cette fois, et pourquoi » à")
    }
  }
}

extension StagedDecisionRow {
  fileprivate var tag: StateTag {
    switch decision {
    case .laureate: StateTag(decision.words, .good)
    case .waitingList:
      StateTag(
        waitingRank.map {
          Words(en: "Waiting list, \($0)", fr: "Liste d’attente, \($0)")
        } ?? decision.words, .info)
    case .refused: StateTag(decision.words, .warning)
    }
  }
}
