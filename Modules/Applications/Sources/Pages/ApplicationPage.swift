internal import ApplicationsAPI
internal import Kernel
internal import Pages

// One's application: what it says, what is missing, where it stands.
extension ApplicationsModule {
  var applicationPage: PortalPage {
    PortalPage(
      "applications.application", "/applications/{application}", by: .staff(and: .member),
      Words(en: "An application", fr: "Une candidature"), byLetter: true
    ) { (input: OneApplication, transaction) in
      let row = try ApplicationsPolicy.application(input.application, in: transaction)
      let call = try transaction.get(CallRow.self, row.callId)
      let organisation = try transaction.get(OrganisationRow.self, row.organisationId)
      let missing = row.missing(of: call)
      return PageContent(
        title: Words(call.title.description), over: Words(organisation.name.description)
      ) {
        standing(of: row, call, missing: missing.count, at: transaction.now)
        switch row.state {
        case .draft: draft(row, call, missing: missing)
        case .laureate: confirmation(row, call, at: transaction.now)
        case .submitted, .withdrawn, .waiting, .refused, .confirmed, .declined, .lapsed: []
        }
        if row.state != .draft {
          Block.section(Words(en: "What was handed in", fr: "Ce qui a été déposé")) {
            Block.facts(
              call.questions.map { question in
                Fact(question.label, shown(row.answers[question.key.description], of: question))
              })
          }
        }
      }
    }
  }

  private func standing(
    of row: ApplicationRow, _ call: CallRow, missing: Int, at now: Instant
  ) -> Block {
    let closes = call.closesOn
    switch row.state {
    case .draft where now < call.zone.end(of: closes):
      return .notice(
        .warning, Words(en: "Not handed in yet", fr: "Pas encore déposée"),
        Words(
          en: missing == 0
            ? "Everything is there. Submit it by \(closes), that day included."
            : "\(missing) answers are missing. Submit it by \(closes), that day included.",
          fr: missing == 0
            ? "Tout y est. Déposez-la jusqu’au \(closes) inclus."
            : "\(missing) réponses manquent. Déposez-la jusqu’au \(closes) inclus."))
    case .draft:
      return .notice(
        .bad, Words(en: "The call has closed", fr: "L’appel est clos"),
        Words(
          en: "This draft was not handed in. What you wrote is kept.",
          fr: "Ce brouillon n’a pas été déposé. Ce que vous avez écrit est conservé."))
    default:
      return .notice(
        row.state == .confirmed || row.state == .laureate ? .good : .info, row.state.title,
        row.reason)
    }
  }

  private func draft(_ row: ApplicationRow, _ call: CallRow, missing: [Question]) -> [Block] {
    let id: [String: JSON] = ["application": .string(row.id.description)]
    var values: [String: JSON] = [:]
    for (key, answer) in row.answers { values["answers.\(key)"] = answer }
    var blocks: [Block] = [
      .form(
        "applications.save-answers",
        call.questions.map { field(for: $0) }, fixed: id, values: values, version: row.version,
        button: Words(en: "Save", fr: "Enregistrer"),
        then: .here(
          Words(
            en: "Saved. It is not handed in yet.", fr: "Enregistré. Ce n’est pas encore déposé.")))
    ]
    if missing.isEmpty {
      blocks.append(
        .form(
          "applications.submit", [], fixed: id,
          button: Words(en: "Submit the application", fr: "Déposer la candidature"), tone: .good,
          confirming: Confirmation(
            Words(en: "Submit the application?", fr: "Déposer la candidature ?"),
            Words(
              en: "What you saved is handed in as it is. You get a receipt by letter.",
              fr:
                "Ce que vous avez enregistré est déposé tel quel. Un accusé de réception vous est envoyé."
            ),
            button: Words(en: "Yes, submit", fr: "Oui, déposer")),
          then: .here(
            Words(en: "Your application is handed in.", fr: "Votre candidature est déposée."))))
    }
    return blocks
  }

  private func field(for question: Question) -> FormField {
    let path = "answers.\(question.key)"
    switch question.kind {
    case .text:
      let maximum = Int(question.maximum ?? 4000)
      return FormField(
        path, label: question.label, as: .lines(maximum > 200 ? 6 : 1), required: false,
        schema: JSONSchema(.string(minimum: nil, maximum: maximum, format: nil, pattern: nil)))
    case .number:
      return FormField(
        path, label: question.label, required: false,
        schema: JSONSchema(.integer(minimum: 0, maximum: question.maximum)))
    case .choice:
      let choices = question.choices ?? []
      return FormField(
        path, label: question.label, as: .radios,
        choices: choices.map { FormChoice($0.key, $0.label) }, required: false,
        schema: JSONSchema(.choice(choices.map(\.key.description))))
    }
  }

  private func shown(_ answer: JSON?, of question: Question) -> PageValue {
    switch answer {
    case nil, .null?: .none
    case .integer(let number)?: .number(number)
    case .string(let text)?:
      question.choices?.first { $0.key.description == text }.map { .words($0.label) } ?? .text(text)
    case .bool, .number, .array, .object: .none
    }
  }

  private func confirmation(_ row: ApplicationRow, _ call: CallRow, at now: Instant) -> [Block] {
    guard row.mayConfirm(at: now, in: call.zone) else { return [] }
    let id: [String: JSON] = ["application": .string(row.id.description)]
    return [
      .form(
        "applications.confirm", [], fixed: id,
        button: Words(en: "We take part", fr: "Nous participons"), tone: .good,
        then: .here(
          Words(
            en: "Confirmed. Your journey begins now.",
            fr: "C’est confirmé. Votre parcours commence."))),
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
        ]),
    ]
  }
}
