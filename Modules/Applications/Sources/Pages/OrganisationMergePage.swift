internal import ApplicationsAPI
internal import Kernel
internal import Pages

// A merge before it is taken back: what goes back by itself, and what staff say of the rest.
extension ApplicationsModule {
  var organisationMergePage: PortalPage {
    PortalPage(
      "applications.merge", "/organisation-merges/{merge}", by: .staff,
      Words(en: "Take a merge back", fr: "Défaire une fusion")
    ) { (input: OneMerge, transaction) in
      let row = try merge(input.merge, in: transaction)
      let since = try SinceMerge(row, in: transaction)
      let preview = try MergePreview(since, in: transaction)
      let kept = try transaction.organisation(row.kept).name
      let gone = row.moved.gone.name
      let calls = try transaction.find(
        CallRow.self,
        all: since.applications.map(\.callId) + row.moved.aside.map(\.application.callId)
          + transaction.applications(of: row.kept).map(\.callId))
      let rows = Dictionary(
        (try transaction.applications(of: row.kept) + row.moved.aside.map(\.application)).map {
          ($0.id, $0)
        }
      ) { first, _ in first }
      let theirs = preview.applications.compactMap { rows[$0] }.map { row in
        PageValue.optional(calls[row.callId]) { .text($0.title) }
      }
      return PageContent(
        title: Words(
          en: "Make two again: \(gone) and \(kept)", fr: "Séparer de nouveau : \(gone) et \(kept)"),
        lead: Words(
          en: "What \(gone) had before goes back to it, with all that came of it since.",
          fr: "Ce que \(gone) avait avant lui revient, avec tout ce qui en est venu depuis."),
        trail: [Link(Self.duplicatesTitle, "/organisation-duplicates")]
      ) {
        Block.facts([
          Fact(en: "Made one on", fr: "Réunies le", .moment(row.mergedAt, host.clock.zone)),
          Fact(
            en: "Applications of \(gone)", fr: "Candidatures de \(gone)",
            .list(theirs)),
          Fact(
            en: "Members of \(gone)", fr: "Membres de \(gone)",
            .list(preview.members.map { .text($0.name) })),
        ])
        undoing(since, kept: kept) { calls[$0.callId]?.title.description ?? "—" }
      }
    }
  }

  private func undoing(
    _ since: SinceMerge, kept: Name, call: (ApplicationRow) -> String
  ) -> Block {
    let row = since.merge
    let choices = [
      FormChoice(row.kept, name: kept), FormChoice(row.gone, name: row.moved.gone.name),
    ]
    var values: [String: JSON] = [:]
    var fields: [FormField] = []
    func ask(_ what: Words, _ kind: String, _ id: some CustomStringConvertible) {
      let line = "destinations[\(fields.count)]"
      values["\(line).\(kind)"] = .string(id.description)
      fields.append(
        FormField(
          line + ".organisation", label: what, as: .radios, choices: choices, required: true))
    }
    for application in since.applications {
      let day = host.clock.zone.day(of: application.draftedAt)
      ask(
        Words(
          en: "Application to “\(call(application))”, begun on \(day.words.en)",
          fr: "Candidature à « \(call(application)) », commencée le \(day.words.fr)"),
        "application", application.id)
    }
    for member in since.members {
      ask(
        Words(en: "\(member.name), member", fr: "\(member.name), membre"), "member", member.id)
    }
    return .form(
      Form(
        "applications.undo-merge",
        fields: fields.isEmpty
          ? []
          : [
            FieldGroup(
              Words(en: "What came since: whose is it?", fr: "Venu depuis : à qui est-ce ?"),
              hint: Words(
                en: "The journey and the mission of an application go where it goes.",
                fr: "Le parcours et la mission d’une candidature vont où elle va."), fields)
          ],
        fixed: ["merge": .string(row.id.description)], values: values,
        button: Words(en: "Make two again", fr: "Séparer de nouveau"), tone: .bad,
        confirming: Confirmation(
          Words(en: "Take the merge back?", fr: "Défaire la fusion ?"),
          Words(
            en: "Each has its own again; members of one no longer see what is the other’s.",
            fr:
              "Chacune retrouve ce qui est à elle ; les membres de l’une ne voient plus ce qui est à l’autre."
          ),
          button: Words(en: "Yes, two again", fr: "Oui, séparer")),
        then: .page(
          "/organisation-duplicates",
          Words(en: "They are two again.", fr: "Elles sont de nouveau deux."))))
  }
}
