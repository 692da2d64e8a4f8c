internal import Kernel
internal import MissionsAPI
internal import Pages

// A week of hours at once: seven lines, those left empty are not sent.
extension MissionsModule {
  private struct WeekOf: Codable, Sendable {
    let mission: MissionID
    /// Any day of the week.
    let week: Day?
  }

  var weekPage: PortalPage {
    PortalPage(
      "missions.week", "/missions/{mission}/hours/week", by: [.volunteer],
      Words(en: "A week of hours", fr: "Une semaine d’heures"), byLetter: true,
      asking: { (_: WeekOf, context) in try await viewer(of: context) }
    ) { (input: WeekOf, viewer, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      let team = try transaction.team(of: mission.id)
      guard let volunteer = viewer.volunteer, team.contains(where: { $0.volunteer == volunteer })
      else { throw Problem.notFound(MissionRow.noun, input.mission) }
      let today = mission.zone.day(of: transaction.now)
      let monday = (input.week ?? today).monday
      let page = "/missions/\(mission.id)/hours"
      let days = (0..<7).map { monday.advanced(by: $0) }
      let logged = try transaction.select(
        HoursRow.self,
        """
        WHERE mission = \(mission.id) AND volunteer = \(volunteer) AND state <> 'withdrawn'
        AND day >= \(monday) AND day <= \(monday.advanced(by: 6)) ORDER BY day, id
        """)
      return PageContent(
        title: Words(en: "A week of hours", fr: "Une semaine d’heures"),
        over: Words(mission.title.description),
        lead: Words(
          en: "From \(monday.words.en) to \(monday.advanced(by: 6).words.en)",
          fr: "Du \(monday.words.fr) au \(monday.advanced(by: 6).words.fr)"),
        trail: [
          Link(Words(mission.title.description), "/missions/\(mission.id)"),
          Link(Words(en: "Hours", fr: "Heures"), page),
        ]
      ) {
        Block.links(
          Link(
            Words(en: "The week before", fr: "La semaine d’avant"),
            "\(page)/week?week=\(monday.advanced(by: -7))"),
          Link(
            Words(en: "The week after", fr: "La semaine d’après"),
            "\(page)/week?week=\(monday.advanced(by: 7))"))
        if !logged.isEmpty {
          Block.table(
            Table(
              Words(en: "Logged already", fr: "Déjà saisi"),
              columns: [
                Column(en: "Day", fr: "Jour"), Column(en: "Time", fr: "Durée", number: true),
                Column(en: "For", fr: "Pour"), Column(en: "State", fr: "État"),
              ],
              rows: logged.map {
                TableRow([
                  .day($0.day), .minutes($0.minutes), .optional($0.note) { .text($0) },
                  .tag($0.state.words, $0.state.tone),
                ])
              }, empty: Words("")))
        }
        if mission.state == .running {
          form(mission, volunteer.description, days.filter { $0 <= today })
        } else {
          Block.notice(
            .info,
            Words(
              en: "Time is logged while the mission is under way.",
              fr: "Le temps se saisit tant que la mission est en cours."))
        }
      }
    }
  }

  private func form(_ mission: MissionRow, _ volunteer: String, _ days: [Day]) -> [Block] {
    guard !days.isEmpty else {
      return [
        .notice(
          .info, Words(en: "This week is still to come.", fr: "Cette semaine est encore à venir."))
      ]
    }
    var fields: [FormField] = []
    var values: [String: JSON] = [:]
    for (index, day) in days.enumerated() {
      // Kept beside the line's fields: a line without a time is not sent.
      values["days[\(index)].day"] = .string(day.description)
      let name = day.weekday
      fields += [
        FormField(
          "days[\(index)].minutes",
          label: Words(
            en: "\(name.en) \(day.words.en), minutes", fr: "\(name.fr) \(day.words.fr), minutes"),
          required: false),
        FormField(
          "days[\(index)].note",
          label: Words(en: "\(name.en): what for", fr: "\(name.fr) : pour quoi"), as: .lines(1),
          required: false),
      ]
    }
    return [
      .form(
        "missions.log-week",
        intro: Words(
          en:
            "In quarters of an hour: 90 is an hour and a half. Leave a day empty if you did nothing.",
          fr: "Au quart d’heure : 90 pour une heure et demie. Laissez vide un jour sans travail."),
        fields,
        fixed: [
          "mission": .string(mission.id.description), "volunteer": .string(volunteer),
        ], values: values, button: Words(en: "Log the week", fr: "Saisir la semaine"),
        then: .page(
          "/missions/\(mission.id)/hours",
          Words(
            en: "Logged. The association is asked to check it.",
            fr: "C’est saisi. L’association est invitée à valider.")))
    ]
  }
}

extension Day {
  fileprivate var weekday: Words {
    let names = [
      Words(en: "Thursday", fr: "Jeudi"), Words(en: "Friday", fr: "Vendredi"),
      Words(en: "Saturday", fr: "Samedi"), Words(en: "Sunday", fr: "Dimanche"),
      Words(en: "Monday", fr: "Lundi"), Words(en: "Tuesday", fr: "Mardi"),
      Words(en: "Wednesday", fr: "Mercredi"),
    ]
    return names[Int(((number % 7) + 7) % 7)]
  }
}
