internal import ApplicationsAPI
internal import Kernel
internal import Pages

// One part of the form at a time, saved as one goes; then all of it once more, before it is handed in.
extension ApplicationsModule {
  private struct OneSection: Codable, Sendable {
    let application: ApplicationID
    let section: Whole<1, 100>
  }

  var applicationSectionPage: PortalPage {
    PortalPage(
      "applications.section", "/applications/{application}/sections/{section}",
      by: .staff(and: .member),
      Words(en: "A part of an application", fr: "Une partie d’une candidature")
    ) { (input: OneSection, transaction) in
      let row = try ApplicationsPolicy.application(input.application, in: transaction)
      let call = try transaction.get(CallRow.self, row.callId)
      let sections = call.sections
      let number = input.section.value
      guard number <= sections.count else {
        throw Problem.notFound(Words(en: "part", fr: "partie"), number)
      }
      let section = sections[number - 1]
      let answers = try row.answers.value
      let page = "/applications/\(row.id)"
      return PageContent(
        title: section.title, over: Words(call.title.description),
        lead: Words(
          en: "Part \(number) of \(sections.count)", fr: "Partie \(number) sur \(sections.count)"),
        trail: [Link(Words(en: "The application", fr: "La candidature"), page)]
      ) {
        if row.state == .draft {
          form(section, of: row, answers, next: number < sections.count ? number + 1 : nil)
        } else {
          Block.notice(
            .info,
            Words(
              en: "It is handed in: its answers no longer change.",
              fr: "Elle est déposée : ses réponses ne changent plus."))
          Block.facts(
            section.questions.map { Fact($0.label, $0.shown(answers[$0.key.description])) })
        }
      }
    }
  }

  private func form(
    _ section: FormSection, of row: ApplicationRow, _ answers: [String: JSON], next: Int?
  ) -> Block {
    let page = "/applications/\(row.id)"
    var values: [String: JSON] = [:]
    for question in section.questions {
      if let answer = answers[question.key.description] {
        values["answers.\(question.key)"] = answer
      }
    }
    return .form(
      "applications.save-answers",
      section.questions.map { question in
        var field = question.field
        if question.required {
          field.hint = Words(
            en: "Asked for. You can save without it and come back.",
            fr: "Demandé. Vous pouvez enregistrer sans et revenir.")
        }
        return field
      },
      fixed: ["application": .string(row.id.description)], values: values,
      button: next == nil
        ? Words(en: "Save, then check", fr: "Enregistrer et vérifier")
        : Words(en: "Save, next part", fr: "Enregistrer, partie suivante"),
      then: .page(
        next.map { "\(page)/sections/\($0)" } ?? "\(page)/check",
        Words(
          en: "Saved. It is not handed in yet.", fr: "Enregistré. Ce n’est pas encore déposé.")),
      cancel: Link(Words(en: "All parts", fr: "Toutes les parties"), page), merging: "answers")
  }

  var applicationCheckPage: PortalPage {
    PortalPage(
      "applications.check", "/applications/{application}/check", by: .staff(and: .member),
      Words(en: "Check an application", fr: "Vérifier une candidature")
    ) { (input: OneApplication, transaction) in
      let row = try ApplicationsPolicy.application(input.application, in: transaction)
      let call = try transaction.get(CallRow.self, row.callId)
      let organisation = try transaction.get(OrganisationRow.self, row.organisationId)
      let answers = try row.answers.value
      let missing = try row.missing(of: call.questions)
      let obstacles = call.obstacles(for: organisation)
      let page = "/applications/\(row.id)"
      let role = try ApplicationsPolicy.membership(in: organisation.id, transaction)?.role
      return PageContent(
        title: Words(en: "Check your answers", fr: "Vérifiez vos réponses"),
        over: Words("\(organisation.name), \(call.title)"),
        trail: [Link(Words(en: "The application", fr: "La candidature"), page)]
      ) {
        if !missing.isEmpty {
          Block.notice(
            .warning, Words(en: "Answers are missing", fr: "Des réponses manquent"),
            links: missing.map { question in
              let at =
                call.sections.firstIndex { $0.questions.contains { $0.key == question.key } } ?? 0
              return Link(question.label, "\(page)/sections/\(at + 1)")
            })
        }
        if !obstacles.isEmpty {
          Block.notice(
            .bad,
            Words(
              en: "The organisation does not meet the conditions of this call",
              fr: "L’organisation ne remplit pas les conditions de cet appel"),
            Words(
              en: obstacles.map(\.message.en).joined(separator: "; "),
              fr: obstacles.map(\.message.fr).joined(separator: " ; ")),
            links: [
              Link(
                Words(en: "Correct the organisation", fr: "Corriger la fiche de l’organisation"),
                "/organisations/\(organisation.id)")
            ])
        }
        call.shown(answers, changing: row.state == .draft ? page : nil)
        if row.state == .draft, missing.isEmpty, obstacles.isEmpty {
          if transaction.actor.isStaff || role == .lead {
            Block.form(
              "applications.submit", [], fixed: ["application": .string(row.id.description)],
              button: Words(en: "Submit the application", fr: "Déposer la candidature"),
              tone: .good,
              confirming: Confirmation(
                Words(en: "Submit the application?", fr: "Déposer la candidature ?"),
                Words(
                  en:
                    "It is handed in as you see it, and its answers no longer change. You get a receipt by letter.",
                  fr:
                    "Elle est déposée telle que vous la voyez, et ses réponses ne changent plus. Un accusé de réception vous est envoyé."
                ),
                button: Words(en: "Yes, submit", fr: "Oui, déposer")),
              then: .page(
                page + "/receipt",
                Words(en: "Your application is handed in.", fr: "Votre candidature est déposée.")))
          } else {
            Block.notice(
              .info,
              Words(
                en: "Everything is there. Whoever leads your organisation here submits it.",
                fr: "Tout y est. La personne responsable de votre organisation la dépose."))
          }
        }
      }
    }
  }

  var receiptPage: PortalPage {
    PortalPage(
      "applications.receipt", "/applications/{application}/receipt", by: .staff(and: .member),
      Words(en: "Receipt of an application", fr: "Accusé de réception")
    ) { (input: OneApplication, transaction) in
      let row = try ApplicationsPolicy.application(input.application, in: transaction)
      guard let moment = row.submittedAt else {
        throw Problem.notFound(Words(en: "receipt", fr: "accusé de réception"), row.id)
      }
      let call = try transaction.get(CallRow.self, row.callId)
      let organisation = try transaction.get(OrganisationRow.self, row.organisationId)
      let answers = try row.answers.value
      return PageContent(
        title: Words(en: "Receipt of your application", fr: "Accusé de réception"),
        over: Words(call.title.description),
        trail: [Link(Words(en: "The application", fr: "La candidature"), "/applications/\(row.id)")]
      ) {
        Block.notice(
          .good, Words(en: "We have your application", fr: "Votre candidature est bien arrivée"),
          Words(
            en: "Several people read it. You are written to with the decision and its reasons.",
            fr: "Plusieurs personnes la lisent. Vous recevrez la décision et ses raisons."))
        Block.facts(
          Fact(en: "Organisation", fr: "Organisation", .text(organisation.name)),
          Fact(en: "Handed in", fr: "Déposée le", .moment(moment, call.zone)),
          Fact(en: "Reference", fr: "Référence", .text(row.id)))
        call.shown(answers)
      }
    }
  }
}
