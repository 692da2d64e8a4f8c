internal import Kernel
internal import MissionsAPI
internal import Pages

// One question at the end, asked once of each side.
extension MissionsModule {
  var evaluationPage: PortalPage {
    PortalPage(
      "missions.evaluation", "/missions/{mission}/evaluation", by: [.member, .volunteer],
      Words(en: "What the mission was worth", fr: "Ce que la mission a apporté"), byLetter: true,
      asking: { (_: OneMission, context) in try await viewer(of: context) }
    ) { (input: OneMission, viewer, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      let team = try transaction.team(of: mission.id)
      guard MissionsPolicy.maySee(mission, team: team, viewer) else {
        throw Problem.notFound(MissionRow.noun, input.mission)
      }
      let author = viewer.volunteer?.description ?? EvaluationSide.organisation.rawValue
      let isGiven =
        try transaction.count(
          EvaluationRow.self, "WHERE mission = \(mission.id) AND author = \(author)") > 0
      return PageContent(
        title: Words(
          en: "What was the mission worth to you?", fr: "Que vous a apporté la mission ?"),
        over: Words(mission.title.description),
        trail: [Link(Words(mission.title.description), "/missions/\(mission.id)")]
      ) {
        if isGiven {
          Block.notice(
            .good,
            Words(en: "Thank you: your answer is in.", fr: "Merci : votre réponse est enregistrée.")
          )
        } else {
          Block.form(
            "missions.evaluate",
            [
              FormField(
                "satisfaction",
                hint: Words(
                  en: "From 1, not at all, to 5, very much.",
                  fr: "De 1, pas du tout, à 5, beaucoup.")),
              FormField("comment", as: .lines(5)),
            ], fixed: ["mission": .string(mission.id.description)],
            button: Words(en: "Send my answer", fr: "Envoyer ma réponse"),
            then: .here(Words(en: "Thank you.", fr: "Merci.")))
        }
      }
    }
  }
}
