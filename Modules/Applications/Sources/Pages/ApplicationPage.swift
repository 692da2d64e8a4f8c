internal import ApplicationsAPI
internal import Kernel
internal import Pages

// One's application: its parts with what is missing, where it stands, and the answer to a decision.
extension ApplicationsModule {
  var applicationPage: PortalPage {
    PortalPage(
      "applications.application", "/applications/{application}", by: .staff(and: .member),
      Words(en: "An application", fr: "Une candidature"), byLetter: true
    ) { (input: OneApplication, transaction) in
      let row = try ApplicationsPolicy.application(input.application, in: transaction)
      let call = try transaction.get(CallRow.self, row.callId)
      let organisation = try transaction.get(OrganisationRow.self, row.organisationId)
      let answers = try row.answers.value
      let missing = try row.missing(of: call.questions)
      return try PageContent(
        title: Words(call.title.description), over: Words(organisation.name.description),
        trail: transaction.actor.isStaff
          ? [Link(Words(call.title.description), "/calls/\(call.id)")]
          : [Link(Words(en: "Our organisation", fr: "Notre organisation"), "/organisation")]
      ) {
        standing(of: row, call, missing: missing.count, at: transaction.now)
        Block.links(
          Link(
            Words(en: "\(organisation.name): its people", fr: "\(organisation.name) : ses membres"),
            "/organisations/\(organisation.id)"))
        switch row.state {
        case .draft: draft(row, call, answers, missing: missing)
        case .laureate: confirmation(row, call, at: transaction.now)
        case .submitted, .withdrawn, .waiting, .refused, .confirmed, .declined, .lapsed: []
        }
        if row.state != .draft {
          if row.submittedAt != nil {
            Block.links(
              Link(
                Words(en: "Receipt, to print or keep", fr: "Accusé de réception, à imprimer"),
                "/applications/\(row.id)/receipt"))
          }
          Block.section(Words(en: "What was handed in", fr: "Ce qui a été déposé")) {
            call.shown(answers)
          }
        }
        ways(back: row, call, at: transaction.now)
        if transaction.actor.isStaff { try desk(row, call, transaction) }
      }
    }
  }

  private func standing(
    of row: ApplicationRow, _ call: CallRow, missing: Int, at now: Instant
  ) -> Block {
    let closes = max(call.closesOn, row.extendedUntil ?? call.closesOn).words
    switch row.state {
    case .draft where (try? row.expectOpen(call, at: now)) != nil:
      return .notice(
        .warning, Words(en: "Not handed in yet", fr: "Pas encore déposée"),
        Words(
          en: missing == 0
            ? "Everything is there. Submit it by \(closes.en), that day included."
            : "Answers that are asked for and missing: \(missing). Submit it by \(closes.en), that day included.",
          fr: missing == 0
            ? "Tout y est. Déposez-la jusqu’au \(closes.fr) inclus."
            : "Réponses demandées qui manquent : \(missing). Déposez-la jusqu’au \(closes.fr) inclus."
        ))
    case .draft:
      return .notice(
        .bad, Words(en: "The call has closed", fr: "L’appel est clos"),
        Words(
          en: "This draft was not handed in. What you wrote is kept.",
          fr: "Ce brouillon n’a pas été déposé. Ce que vous avez écrit est conservé."))
    case .laureate:
      let last = row.confirmBy?.words
      return .notice(
        .good, Words(en: "Your organisation is chosen", fr: "Votre organisation est retenue"),
        last.map {
          Words(
            en: "Please confirm by \($0.en), that day included.",
            fr: "Merci de confirmer jusqu’au \($0.fr) inclus.")
        })
    default:
      return .notice(
        row.state == .confirmed ? .good : .info,
        Words(en: "State: \(row.state.title.en)", fr: "État : \(row.state.title.fr)"), row.reason)
    }
  }

  private func draft(
    _ row: ApplicationRow, _ call: CallRow, _ answers: [String: JSON], missing: [Question]
  ) -> [Block] {
    let page = "/applications/\(row.id)"
    let answered = call.questions.count { answers[$0.key.description] != nil }
    return [
      .progress(
        Progress(
          Words(en: "Questions answered", fr: "Questions répondues"), done: answered,
          of: call.questions.count)),
      .tasks(
        call.sections.enumerated().map { index, section in
          let open = section.questions.filter { question in
            missing.contains { $0.key == question.key }
          }.count
          let given = section.questions.count { answers[$0.key.description] != nil }
          return TaskLine(
            section.title,
            hint: Words(
              en: "\(given) of \(section.questions.count) answered",
              fr: "\(given) réponses sur \(section.questions.count)"),
            state: open == 0
              ? StateTag(Words(en: "complete", fr: "complet"), .good)
              : StateTag(
                given == 0
                  ? Words(en: "to begin", fr: "à commencer")
                  : Words(en: "missing: \(open)", fr: "manque : \(open)"), .warning),
            page: "\(page)/sections/\(index + 1)")
        } + [
          TaskLine(
            Words(en: "Check and submit", fr: "Vérifier et déposer"),
            state: missing.isEmpty
              ? StateTag(Words(en: "ready", fr: "prêt"), .info)
              : StateTag(Words(en: "answers are missing", fr: "des réponses manquent")),
            page: page + "/check")
        ]),
      .paragraph(
        en:
          "Colleagues can write at the same time, each signed in with their own address. Nobody overwrites anybody.",
        fr:
          "Des collègues peuvent écrire en même temps, chacun avec sa propre adresse. Personne n’écrase personne."
      ),
      .links(
        Link(
          Words(en: "Invite a colleague", fr: "Inviter un·e collègue"),
          "/organisations/\(row.organisationId)")),
    ]
  }

  private func confirmation(_ row: ApplicationRow, _ call: CallRow, at now: Instant) -> [Block] {
    guard row.mayConfirm(at: now, in: call.zone) else { return [] }
    return [
      .form(
        "applications.confirm", [], fixed: ["application": .string(row.id.description)],
        button: Words(en: "We take part", fr: "Nous participons"), tone: .good,
        then: .here(
          Words(
            en: "Confirmed. Your journey begins now.",
            fr: "C’est confirmé. Votre parcours commence.")))
    ]
  }

  /// Giving a place up, taking an application back.
  private func ways(back row: ApplicationRow, _ call: CallRow, at now: Instant) -> [Block] {
    let id: [String: JSON] = ["application": .string(row.id.description)]
    switch row.state {
    case .laureate, .confirmed:
      return [
        .details(
          Words(en: "We cannot take part", fr: "Nous ne pouvons pas participer"),
          [
            .form(
              "applications.decline", ["reason"], fixed: id,
              button: Words(en: "Give our place up", fr: "Laisser notre place"), tone: .bad,
              confirming: Confirmation(
                Words(en: "Give your place up?", fr: "Laisser votre place ?"),
                Words(
                  en: "It goes to the next association on the waiting list at once.",
                  fr: "Elle va aussitôt à l’association suivante de la liste d’attente."),
                button: Words(en: "Yes, give it up", fr: "Oui, la laisser")),
              then: .here(Words(en: "Your place is free.", fr: "Votre place est libérée.")))
          ])
      ]
    case .draft, .submitted, .waiting:
      return [
        .details(
          Words(en: "Take the application back", fr: "Retirer la candidature"),
          [
            .form(
              "applications.withdraw", [], fixed: id,
              button: Words(en: "Take it back", fr: "La retirer"), tone: .bad,
              confirming: Confirmation(
                Words(en: "Take the application back?", fr: "Retirer la candidature ?"),
                Words(
                  en: "It is not judged any more. While the call is open you can resume it.",
                  fr:
                    "Elle ne sera plus étudiée. Tant que l’appel est ouvert, vous pourrez la reprendre."
                ),
                button: Words(en: "Yes, take it back", fr: "Oui, la retirer")),
              then: .here(
                Words(en: "The application is taken back.", fr: "La candidature est retirée.")))
          ])
      ]
    case .withdrawn where (try? row.expectOpen(call, at: now)) != nil:
      return [
        .form(
          "applications.draft", [],
          fixed: [
            "call": .string(call.id.description),
            "organisation": .string(row.organisationId.description),
          ], button: Words(en: "Resume the application", fr: "Reprendre la candidature"),
          then: .here(Words(en: "Here it is again.", fr: "La voici de nouveau.")))
      ]
    case .withdrawn, .refused, .declined, .lapsed: return []
    }
  }
}
