internal import Kernel
internal import MissionsAPI
internal import Pages

// Hours in one line: log, correct, check.
extension MissionsModule {
  private struct HoursOf: Codable, Sendable {
    let mission: MissionID
    let state: HoursState?
  }

  var hoursPage: PortalPage {
    PortalPage(
      "missions.hours", "/missions/{mission}/hours", by: .staff(and: .member, .volunteer),
      Words(en: "Hours", fr: "Heures"), byLetter: true,
      asking: { (_: HoursOf, context) in try await viewer(of: context) }
    ) { (input: HoursOf, viewer, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      let team = try transaction.team(of: mission.id)
      guard
        MissionsPolicy.maySee(mission, team: team, viewer)
          || team.contains(where: { $0.volunteer == viewer.volunteer })
      else { throw Problem.notFound(MissionRow.noun, input.mission) }
      let entries = try transaction.select(
        HoursRow.self, "WHERE mission = \(mission.id) ORDER BY day DESC, name, id"
      ).filter { MissionsPolicy.maySee($0, of: mission, viewer) }
      let shown = entries.filter { input.state == nil || $0.state == input.state }
      let validated = entries.filter { $0.state == .validated }.reduce(0) { $0 + $1.minutes }
      let waiting = entries.filter { $0.state == .waiting }.reduce(0) { $0 + $1.minutes }
      return PageContent(
        title: Words(en: "Hours", fr: "Heures"), over: Words(mission.title.description),
        trail: [Link(Words(mission.title.description), "/missions/\(mission.id)")]
      ) {
        Block.tiles([
          Tile(.minutes(validated), Words(en: "validated", fr: "validées")),
          Tile(.minutes(waiting), Words(en: "waiting", fr: "en attente")),
        ])
        if let volunteer = viewer.volunteer, mission.state == .running {
          Block.section(Words(en: "Log time", fr: "Saisir du temps"), id: "log") {
            Block.form(
              "missions.log-hours", ["day", "minutes", "note"],
              fixed: [
                "mission": .string(mission.id.description),
                "volunteer": .string(volunteer.description),
              ],
              values: [
                "day": .string(mission.zone.day(of: transaction.now).description), "minutes": 60,
              ],
              button: Words(en: "Log it", fr: "Saisir"),
              then: .here(
                Words(
                  en: "Logged. The association is asked to check it.",
                  fr: "C’est saisi. L’association est invitée à valider.")))
          }
        }
        Block.table(
          Table(
            Words(
              en: "Hours logged, the latest first", fr: "Heures saisies, les plus récentes d’abord"),
            columns: [
              Column(en: "Day", fr: "Jour"), Column(en: "Who", fr: "Qui"),
              Column(en: "Time", fr: "Durée", number: true), Column(en: "For", fr: "Pour"),
              Column(en: "State", fr: "État"), Column(en: "To do", fr: "À faire"),
            ],
            rows: shown.map { row($0, viewer) },
            empty: Words(en: "No hours are logged yet.", fr: "Aucune heure n’est encore saisie."),
            filters: [
              Filter(
                "state", Words(en: "State", fr: "État"),
                choices: HoursState.allCases.map { FormChoice($0.rawValue, $0.words) },
                value: input.state?.rawValue)
            ], csv: "hours"))
        let checkable = shown.filter { mayCheck($0, viewer) }
        if checkable.count > 1 {
          Block.form(
            "missions.validate-together", [],
            fixed: ["entries": .array(checkable.prefix(500).map { .string($0.id.description) })],
            button: Words(
              en: "Validate all \(min(500, checkable.count)) that wait",
              fr: "Valider les \(min(500, checkable.count)) en attente"), tone: .good,
            confirming: Confirmation(
              Words(en: "Validate them all?", fr: "Tout valider ?"),
              Words(
                en: "\(minutesText(checkable).en) count from then on.",
                fr: "\(minutesText(checkable).fr) comptent dès lors."),
              button: Words(en: "Yes, all of them", fr: "Oui, tout valider")),
            then: .here(Words(en: "Validated.", fr: "Validé.")))
        }
        for entry in checkable {
          Block.details(
            Words(
              en: "Return \(entry.name), \(entry.day)", fr: "Renvoyer \(entry.name), \(entry.day)"),
            [
              .form(
                "missions.return-hours", ["remark"],
                fixed: ["entry": .string(entry.id.description)], version: entry.version,
                button: Words(en: "Return with this remark", fr: "Renvoyer avec cette remarque"),
                then: .here(Words(en: "Returned.", fr: "Renvoyé.")))
            ])
        }
        for entry in shown where entry.state == .returned && entry.volunteer == viewer.volunteer {
          Block.section(Words(en: "Correct: \(entry.day)", fr: "Corriger : \(entry.day)")) {
            if let remark = entry.remark { Block.notice(.warning, Words(remark.description)) }
            Block.form(
              "missions.correct-hours", ["day", "minutes", "note"],
              fixed: ["entry": .string(entry.id.description)],
              values: [
                "day": .string(entry.day.description), "minutes": .integer(Int64(entry.minutes)),
                "note": entry.note.map { .string($0.description) } ?? .null,
              ], version: entry.version, button: Words(en: "Send again", fr: "Renvoyer"),
              then: .here(Words(en: "Sent again.", fr: "C’est renvoyé.")))
          }
        }
      }
    }
  }

  private func minutesText(_ entries: [HoursRow]) -> Words {
    let minutes = entries.prefix(500).reduce(0) { $0 + $1.minutes }
    return Words(
      en: "\(minutes / 60) h \(minutes % 60) min", fr: "\(minutes / 60) h \(minutes % 60) min")
  }

  private func mayCheck(_ entry: HoursRow, _ viewer: Viewer) -> Bool {
    entry.state == .waiting && viewer.actor.role != .volunteer
      && !MissionsPolicy.isOwn(entry, viewer)
  }

  private func row(_ entry: HoursRow, _ viewer: Viewer) -> TableRow {
    let todo: PageValue =
      mayCheck(entry, viewer)
      ? .button(
        Form(
          "missions.validate-hours", fixed: ["entry": .string(entry.id.description)],
          version: entry.version,
          button: Words(
            en: "Validate \(entry.name), \(entry.day)", fr: "Valider \(entry.name), \(entry.day)"),
          tone: .good, then: .here(Words(en: "Validated.", fr: "Validé."))))
      : .none
    return TableRow([
      .day(entry.day), .text(entry.name), .minutes(entry.minutes),
      .optional(entry.note) { .text($0) }, .tag(entry.state.words, entry.state.tone), todo,
    ])
  }
}

extension HoursState {
  /// What the state is called.
  var words: Words {
    switch self {
    case .waiting: Words(en: "waiting", fr: "en attente")
    case .validated: Words(en: "validated", fr: "validées")
    case .returned: Words(en: "returned", fr: "renvoyées")
    case .withdrawn: Words(en: "withdrawn", fr: "retirées")
    }
  }
  var tone: Tone {
    switch self {
    case .waiting: .info
    case .validated: .good
    case .returned: .warning
    case .withdrawn: .plain
    }
  }
}
