internal import Kernel
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// A list before its people are registered: who would be added, changed, left; what is wrong, line by
// line, to be mended here.
extension PartnersModule {
  private struct OneRoster: Codable, Sendable {
    let roster: KeptRosterID
  }
  private struct Around: Sendable {
    let edition: Edition
    /// The file as it reads, or why it does not.
    let reading: Result<Roster, Problem>
  }

  var keptRosterPage: PortalPage {
    PortalPage(
      "partners.kept-roster", "/kept-rosters/{roster}", by: .staff(and: .partner),
      Words(en: "A list to check", fr: "Une liste à vérifier"),
      asking: { (input: OneRoster, context) in
        let row = try await host.read {
          try keptRoster(input.roster, for: context.actor, in: $0)
        }
        let edition = try await programmes.edition(row.editionId)
        do {
          let roster = try await read(
            [UInt8](row.csv.data), of: row.partner, in: row.editionId, for: context.actor)
          return Around(edition: edition, reading: .success(roster))
        } catch let error as PartnersError {
          return Around(edition: edition, reading: .failure(error.problem))
        }
      }
    ) { (input: OneRoster, around, transaction) in
      let row = try keptRoster(input.roster, for: transaction.actor, in: transaction)
      let partner = try transaction.get(PartnerRow.self, row.partner)
      let lines = (try? CSV.records(parsing: [UInt8](row.csv.data))) ?? []
      let people = "/partners/\(partner.id)/editions/\(around.edition.id)"
      var outcome: RosterOutcome?
      var problem: Problem?
      switch around.reading {
      case .failure(let fault): problem = fault
      case .success(let roster):
        do {
          outcome = try plan(roster, of: partner, in: row.editionId, .ask, transaction).outcome
        } catch let fault as PartnersError { problem = fault.problem }
      }
      return PageContent(
        title: Words(en: "Check the list", fr: "Vérifier la liste"),
        over: Words("\(partner.name), \(around.edition.name)"),
        lead: Words(
          en: "Nobody is registered or written to yet.",
          fr: "Personne n’est encore inscrit ni prévenu."),
        trail: [Link(Words(en: "Our people", fr: "Nos participants"), people)]
      ) {
        if let problem { mending(problem, lines, row) }
        if let outcome { preview(outcome, row, isStaff: transaction.actor.isStaff, people) }
        Block.section(Words(en: "Another file", fr: "Un autre fichier"), id: "again") {
          Block.form(
            "partners.keep-roster",
            [FormField("csv", as: .file(accept: ".csv,text/csv,text/plain"))],
            fixed: [
              "partner": .string(partner.id.description),
              "edition": .string(row.editionId.description),
            ], button: Words(en: "Check this one instead", fr: "Vérifier plutôt celui-ci"),
            then: .page(
              "/kept-rosters/{id}", Words(en: "Here is what it says.", fr: "Voici ce qu’il dit.")))
        }
      }
    }
  }

  /// So many lines are mended on one page; a file with more faults is mended where it comes from.
  private static let mendable = 20

  private func mending(
    _ problem: Problem, _ lines: [CSV.Line], _ row: KeptRosterRow
  ) -> [Block] {
    let byLine = Dictionary(grouping: problem.fields) { lineNumber(of: $0) }
    let head = lines.first { line in byLine[line.number] == nil } ?? lines.first
    let wrong = byLine.keys.compactMap { $0 }.sorted()
    var groups: [FieldGroup] = []
    var values: [String: JSON] = [:]
    var fixed: [String: JSON] = ["roster": .string(row.id.description)]
    for (index, number) in wrong.prefix(Self.mendable).enumerated() {
      guard let line = lines.first(where: { $0.number == number }) else { continue }
      let faults = byLine[number] ?? []
      fixed["lines[\(index)].line"] = .integer(Int64(number))
      let fields = line.cells.enumerated().map { place, cell in
        values["lines[\(index)].cells.c\(place)"] = .string(cell)
        let heading = head?.cells.dropFirst(place).first.flatMap { $0.isEmpty ? nil : $0 }
        return FormField(
          "lines[\(index)].cells.c\(place)",
          label: heading.map {
            Words(en: "\($0), line \(number)", fr: "\($0), ligne \(number)")
          }
            ?? Words(
              en: "Column \(place + 1), line \(number)", fr: "Colonne \(place + 1), ligne \(number)"
            ),
          required: false,
          schema: JSONSchema(.string(minimum: nil, maximum: 1000, format: nil, pattern: nil)))
      }
      groups.append(
        FieldGroup(
          Words(en: "Line \(number)", fr: "Ligne \(number)"),
          hint: Words(
            en: faults.map { said($0, .en) }.joined(separator: "; "),
            fr: faults.map { said($0, .fr) }.joined(separator: " ; ")), fields))
    }
    var blocks: [Block] = [.notice(.bad, problem.title, problem.detail)]
    let elsewhere = problem.fields.filter { lineNumber(of: $0) == nil }
    if !elsewhere.isEmpty {
      blocks.append(.facts(elsewhere.map { Fact(Words($0.field), .words($0.message)) }))
    }
    if wrong.count > Self.mendable {
      blocks.append(
        .paragraph(
          en: "The first \(Self.mendable) of \(wrong.count) lines can be mended here.",
          fr: "Les \(Self.mendable) premières lignes sur \(wrong.count) se corrigent ici."))
    }
    if !groups.isEmpty {
      blocks.append(
        .form(
          Form(
            "partners.mend-roster", fields: groups, fixed: fixed, values: values,
            button: Words(en: "Correct these lines", fr: "Corriger ces lignes"),
            then: .here(Words(en: "Corrected, and read again.", fr: "Corrigé, et relu.")))))
    }
    return blocks
  }

  private func lineNumber(of fault: FieldProblem) -> Int? {
    guard fault.field.hasPrefix("line ") else { return nil }
    return Int(fault.field.dropFirst(5).prefix { $0.isNumber })
  }

  private func said(_ fault: FieldProblem, _ language: Language) -> String {
    let column = fault.field.split(separator: ",", maxSplits: 1).dropFirst().first.map {
      $0.drop { $0 == " " } + (language == .fr ? " : " : ": ")
    }
    return (column.map(String.init) ?? "") + fault.message[language]
  }

  private func preview(
    _ outcome: RosterOutcome, _ row: KeptRosterRow, isStaff: Bool, _ people: String
  ) -> [Block] {
    var blocks: [Block] = [
      .tiles([
        Tile(.number(outcome.imported), Words(en: "would be added", fr: "seraient ajoutées")),
        Tile(.number(outcome.updated), Words(en: "would change", fr: "changeraient")),
        Tile(.number(outcome.unchanged), Words(en: "stay as they are", fr: "ne changent pas")),
        Tile(.number(outcome.absent), Words(en: "not on the list", fr: "absentes de la liste")),
      ])
    ]
    func list(_ title: Words, _ lines: [RosterOutcome.Line]) -> [Block] {
      guard !lines.isEmpty else { return [] }
      return [
        .table(
          Table(
            title,
            columns: [
              Column(en: "Name", fr: "Nom"), Column(en: "Address", fr: "Adresse"),
              Column(en: "Line", fr: "Ligne", number: true),
            ],
            rows: lines.map {
              TableRow([.text($0.name), .email($0.email), .optional($0.line) { .number($0) }])
            }, empty: Words("")))
      ]
    }
    blocks += list(
      Words(en: "Added, and written to", fr: "Ajoutées, et invitées"), outcome.added)
    blocks += list(Words(en: "Changed", fr: "Modifiées"), outcome.changed)
    blocks += list(
      Words(
        en: "Registered, and not on this list: they stay",
        fr: "Inscrites, et absentes de cette liste : elles restent"), outcome.missing)
    if !outcome.alike.isEmpty {
      blocks.append(
        .table(
          Table(
            Words(
              en: "Likely registered under another address",
              fr: "Sans doute déjà inscrites sous une autre adresse"),
            columns: [
              Column(en: "Name", fr: "Nom"), Column(en: "On the list", fr: "Dans la liste"),
              Column(en: "Registered", fr: "Inscrite"),
              Column(en: "Line", fr: "Ligne", number: true),
            ],
            rows: outcome.alike.map {
              TableRow([
                .text($0.name), .email($0.email), .email($0.registeredEmail), .number($0.line),
              ])
            }, empty: Words(""))))
    }
    if !outcome.skippedLines.isEmpty {
      blocks.append(
        .details(
          Words(
            en: "Lines that name nobody: \(outcome.skippedLines.count)",
            fr: "Lignes qui ne nomment personne : \(outcome.skippedLines.count)"),
          outcome.skippedLines.prefix(20).map {
            .paragraph(.text("\($0.line): \($0.text)"))
          }))
    }
    if !outcome.ignoredColumns.isEmpty {
      blocks.append(
        .facts([
          Fact(
            en: "Columns not kept", fr: "Colonnes non conservées",
            .list(outcome.ignoredColumns.map { .text($0) }))
        ]))
    }
    guard outcome.imported + outcome.updated + outcome.undecided > 0 else {
      return blocks + [
        .notice(.info, Words(en: "There is nothing to do.", fr: "Il n’y a rien à faire."))
      ]
    }
    let choices =
      [
        FormChoice(
          "ask", Words(en: "Leave those out for now", fr: "Les laisser de côté pour l’instant")),
        FormChoice(
          "other",
          Words(
            en: "They are other people: add them", fr: "Ce sont d’autres personnes : les ajouter")),
      ]
      + (isStaff
        ? [
          FormChoice(
            "same",
            Words(
              en: "The same people: change their address",
              fr: "Ce sont les mêmes : changer leur adresse"))
        ] : [])
    blocks.append(
      .form(
        "partners.import-kept-roster",
        outcome.alike.isEmpty
          ? []
          : [
            FormField(
              "alike",
              label: Words(
                en: "Those likely registered already", fr: "Celles sans doute déjà inscrites"),
              as: .radios, choices: choices)
          ], fixed: ["roster": .string(row.id.description)],
        values: outcome.alike.isEmpty ? [:] : ["alike": "ask"],
        button: Words(en: "Register these people", fr: "Inscrire ces personnes"), tone: .good,
        then: .page(
          people,
          Words(
            en: "The list is in. It can be taken back below while nobody has done anything.",
            fr:
              "La liste est enregistrée. Elle peut être annulée ci-dessous tant que personne n’a rien fait."
          ))))
    return blocks
  }
}
