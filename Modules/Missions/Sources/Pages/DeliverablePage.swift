internal import Kernel
internal import MissionsAPI
internal import Pages

// What a team hands in: what it is, its files, the answer.
extension MissionsModule {
  var deliverablePage: PortalPage {
    PortalPage(
      "missions.deliverable", "/deliverables/{deliverable}", by: .staff(and: .member, .volunteer),
      Words(en: "A deliverable", fr: "Un livrable"),
      asking: { (_: OneDeliverable, context) in try await viewer(of: context) }
    ) { (input: OneDeliverable, viewer, transaction) in
      let (row, mission, team) = try transaction.part(
        DeliverableRow.self, input.deliverable, of: \.mission, for: viewer)
      let files = try transaction.files(of: [row.id])
      let isOpen = row.state == .submitted && mission.state == .running
      let mayAdd = isOpen && viewer.actor.role != .member
      return PageContent(
        title: Words(row.title.description), over: Words(mission.organisationName.description),
        trail: [
          Link(Words(mission.title.description), "/missions/\(mission.id)")
        ]
      ) {
        Block.prose(row.summary)
        facts(of: row, mission)
        Block.section(Words(en: "Files", fr: "Fichiers"), id: "files") {
          table(of: files, team: team, mission, mayRemove: mayAdd)
          if mayAdd { adding(to: row) }
        }
        if isOpen, viewer.actor.role != .volunteer {
          Block.section(Words(en: "Your answer", fr: "Votre réponse"), id: "answer") {
            answers(to: row)
          }
        }
      }
    }
  }

  var deliverableFile: PortalFile {
    PortalFile(
      "missions.deliverable-file", "/deliverable-files/{file}",
      by: .staff(and: .member, .volunteer),
      asking: { (_: OneFile, context) in try await viewer(of: context) }
    ) { (input: OneFile, viewer, transaction) in
      FileContent(
        SentFile(
          try transaction.part(FileRow.self, input.file, of: \.mission, for: viewer).row.kept))
    }
  }

  private func table(
    of files: [FileRow], team: [MemberRow], _ mission: MissionRow, mayRemove: Bool
  ) -> Block {
    .table(
      Table(
        Words(en: "Files of the deliverable", fr: "Fichiers du livrable"),
        columns: [
          Column(en: "File", fr: "Fichier"), Column(en: "Kind", fr: "Type"),
          Column(en: "Size (KiB)", fr: "Taille (Kio)", number: true),
          Column(en: "Handed in by", fr: "Remis par"), Column(en: "When", fr: "Quand"),
        ] + (mayRemove ? [Column(en: "To do", fr: "À faire")] : []),
        rows: files.map { file in
          TableRow(
            [
              .link(file.name, "/deliverable-files/\(file.id)"), .words(file.type.words),
              .number(max(1, (file.bytes + 512) / 1024)), whoHandedIn(file, team),
              .moment(file.addedAt, mission.zone),
            ] + (mayRemove ? [.button(removing(file))] : []))
        }, empty: Words(en: "No file yet.", fr: "Aucun fichier pour l’instant.")))
  }

  private func whoHandedIn(_ file: FileRow, _ team: [MemberRow]) -> PageValue {
    guard let volunteer = file.volunteer else {
      return .words(en: "The programme team", fr: "L’équipe du programme")
    }
    return .optional(team.last { $0.volunteer == volunteer }?.name) { .text($0) }
  }

  private func adding(to row: DeliverableRow) -> Block {
    .form(
      "missions.add-file",
      title: Words(en: "Add a file", fr: "Ajouter un fichier"),
      [FormField("file", as: .file(accept: FileType.accept))],
      fixed: ["deliverable": .string(row.id.description)],
      button: Words(en: "Add the file", fr: "Ajouter le fichier"),
      then: .here(Words(en: "The file is there.", fr: "Le fichier est joint.")))
  }

  private func removing(_ file: FileRow) -> Form {
    Form(
      "missions.remove-file", fixed: ["file": .string(file.id.description)],
      button: Words(en: "Take away: \(file.name)", fr: "Retirer : \(file.name)"), tone: .bad,
      confirming: Confirmation(
        Words(en: "Take this file away?", fr: "Retirer ce fichier ?"),
        Words(
          en: "“\(file.name)” is taken away from the deliverable, for everybody.",
          fr: "« \(file.name) » est retiré du livrable, pour tout le monde."),
        button: Words(en: "Take it away", fr: "Le retirer")),
      then: .here(Words(en: "The file is taken away.", fr: "Le fichier est retiré.")))
  }

  /// The deliverables of a mission, on its page.
  func deliverables(
    of mission: MissionRow, _ viewer: Viewer, _ connection: any Connection
  ) throws -> Block {
    let all = try connection.select(
      DeliverableRow.self, "WHERE mission = \(mission.id) ORDER BY submitted_at DESC, title")
    let files = Dictionary(
      grouping: try connection.files(of: all.map(\.id)), by: \.deliverable)
    return .section(Words(en: "Deliverables", fr: "Livrables"), id: "deliverables") {
      for deliverable in all {
        Block.section(Words(deliverable.title.description)) {
          Block.prose(deliverable.summary)
          facts(of: deliverable, mission)
          if let own = files[deliverable.id] {
            Block.files(
              own.map {
                FileLine(
                  Words($0.name.description), "/deliverable-files/\($0.id)", type: $0.name.ending,
                  bytes: $0.bytes)
              })
          }
          Block.links(
            Link(
              Words(
                en: "Files of “\(deliverable.title)”",
                fr: "Fichiers de « \(deliverable.title) »"), "/deliverables/\(deliverable.id)"))
          if deliverable.state == .submitted, viewer.actor.role != .volunteer {
            answers(to: deliverable)
          }
        }
      }
      if mission.state == .running, viewer.actor.role != .member {
        Block.details(
          Words(en: "Hand something in", fr: "Remettre un livrable"), [handingIn(to: mission)])
      }
    }
  }

  private func handingIn(to mission: MissionRow) -> Block {
    .form(
      "missions.submit-deliverable",
      ["title", "summary", "link", FormField("file", as: .file(accept: FileType.accept))],
      fixed: ["mission": .string(mission.id.description)],
      button: Words(en: "Hand it in", fr: "Remettre"),
      then: .page(
        "/deliverables/{id}",
        Words(
          en: "Handed in. The association is asked to accept it; more files can be added here.",
          fr:
            "C’est remis. L’association est invitée à l’accepter ; d’autres fichiers peuvent être ajoutés ici."
        )))
  }

  private func facts(of deliverable: DeliverableRow, _ mission: MissionRow) -> Block {
    .facts([
      Fact(en: "Handed in", fr: "Remis le", .moment(deliverable.submittedAt, mission.zone)),
      Fact(en: "State", fr: "État", .tag(deliverable.state.words, deliverable.state.tone)),
      Fact(en: "Address", fr: "Adresse", .optional(deliverable.link) { .text($0) }),
      Fact(en: "Remark", fr: "Remarque", .optional(deliverable.remark) { .text($0) }),
    ])
  }

  private func answers(to deliverable: DeliverableRow) -> [Block] {
    let id: [String: JSON] = ["deliverable": .string(deliverable.id.description)]
    return [
      .form(
        "missions.accept-deliverable", [], fixed: id, version: deliverable.version,
        button: Words(en: "Accept it", fr: "L’accepter"), tone: .good,
        then: .here(
          Words(en: "Accepted; the team is told.", fr: "Accepté ; l’équipe est prévenue."))),
      .details(
        Words(en: "Ask for changes", fr: "Demander des changements"),
        [
          .form(
            "missions.return-deliverable", ["remark"], fixed: id, version: deliverable.version,
            button: Words(en: "Return it with this remark", fr: "Le renvoyer avec cette remarque"),
            then: .here(
              Words(en: "Returned; the team is told.", fr: "Renvoyé ; l’équipe est prévenue.")))
        ]),
    ]
  }
}
