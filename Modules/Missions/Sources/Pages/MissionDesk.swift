internal import Kernel
internal import MissionsAPI
internal import Pages
internal import ProgrammesAPI

extension MissionsModule {
  /// What staff may do with a mission: begin it, add sessions, close or cancel it.
  func desk(_ mission: MissionRow, _ transaction: Transaction) throws -> [Block] {
    let id: [String: JSON] = ["mission": .string(mission.id.description)]
    var blocks: [Block] = []
    switch mission.state {
    case .forming:
      blocks.append(
        .form(
          "missions.start", [], fixed: id, version: mission.version,
          button: Words(en: "Start the mission", fr: "Lancer la mission"), tone: .good,
          confirming: Confirmation(
            Words(en: "Start the mission?", fr: "Lancer la mission ?"),
            Words(
              en: "The team and the organisation are told, with the dates.",
              fr: "L’équipe et l’organisation sont prévenues, avec les dates."),
            button: Words(en: "Yes, start it", fr: "Oui, la lancer")),
          then: .here(Words(en: "The mission is under way.", fr: "La mission a commencé."))))
    case .running:
      let open = try transaction.openItems(of: mission)
      if !open.isEmpty {
        blocks.append(
          .tasks(
            open.map { item in
              TaskLine(
                item.what,
                hint: item.since.map {
                  let day = mission.zone.day(of: $0).words
                  return Words(en: "Since \(day.en)", fr: "Depuis le \(day.fr)")
                },
                state: item.blocksClosing
                  ? StateTag(Words(en: "keeps it from closing", fr: "empêche de clore"), .warning)
                  : StateTag(Words(en: "open", fr: "en suspens")), page: nil)
            }))
      }
      if !open.contains(where: \.blocksClosing) {
        blocks.append(
          .form(
            "missions.close", [], fixed: id, version: mission.version,
            button: Words(en: "Close the mission", fr: "Clore la mission"), tone: .good,
            confirming: Confirmation(
              Words(en: "Close the mission?", fr: "Clore la mission ?"),
              Words(
                en: "Everybody is thanked, and asked what it was worth to them.",
                fr: "Tout le monde est remercié, et invité à dire ce qu’elle a apporté."),
              button: Words(en: "Yes, close it", fr: "Oui, la clore")),
            then: .here(Words(en: "The mission is closed.", fr: "La mission est close."))))
      }
    case .closed:
      blocks.append(
        .details(
          Words(en: "Open it again", fr: "La rouvrir"),
          [
            .form(
              "missions.reopen", [FormField("reason", as: .lines(3))], fixed: id,
              version: mission.version, button: Words(en: "Open it again", fr: "Rouvrir"),
              then: .here(Words(en: "It is open again.", fr: "Elle est rouverte.")))
          ]))
    }
    if mission.state != .closed {
      blocks.append(
        .details(
          Words(en: "Plan a working session", fr: "Prévoir une séance de travail"),
          [
            .form(
              "missions.plan-session",
              [
                "day", FormField("part", as: .radios), FormField("format", as: .radios), "place",
                FormField("overrideReason", as: .lines(2)),
              ], fixed: id,
              button: Words(en: "Plan it and tell everybody", fr: "La prévoir et prévenir"),
              then: .here(
                Words(
                  en: "Planned; the date is in everybody’s letter.",
                  fr: "C’est prévu ; chacun reçoit la date.")))
          ]))
      blocks.append(
        .details(
          Words(en: "Cancel the mission", fr: "Annuler la mission"),
          [
            .form(
              "missions.cancel", [FormField("reason", as: .lines(3))], fixed: id,
              version: mission.version, button: Words(en: "Cancel the mission", fr: "Annuler"),
              tone: .bad,
              confirming: Confirmation(
                Words(en: "Cancel the mission?", fr: "Annuler la mission ?"),
                Words(
                  en:
                    "Team and organisation get the reason; sessions are called off; the team is the first to be placed elsewhere.",
                  fr:
                    "L’équipe et l’organisation reçoivent la raison ; les séances sont annulées ; l’équipe est replacée en priorité."
                ),
                button: Words(en: "Yes, cancel it", fr: "Oui, l’annuler")),
              then: .here(Words(en: "The mission is cancelled.", fr: "La mission est annulée.")))
          ]))
    }
    return [
      .section(
        Section(Words(en: "Running the mission", fr: "Piloter la mission"), id: "desk", blocks))
    ]
  }
}
