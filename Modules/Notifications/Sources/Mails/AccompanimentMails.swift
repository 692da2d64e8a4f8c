internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import ProgrammesAPI

extension NotificationsModule {
  var accompanimentMails: [Mail] {
    [journeyStarted, workshopInvitation, needsConfirmed, briefPublished, followUp]
  }

  private var journeyStarted: Mail {
    mail(
      "journey-started", Words(en: "start of a journey", fr: "début d’un parcours"),
      on: JourneyStarted.self, occasion: { "\($0.journey)" }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      return Letter(
        to: organisation.readers,
        subject: Words(
          en: "Your accompaniment begins – \(organisation.name)",
          fr: "Votre accompagnement commence – \(organisation.name)"),
        body: Words(
          en: """
            The accompaniment of \(organisation.name) begins. Together we will look at your \
            strengths, your difficulties and what you would like to become, and find out which \
            needs a team of volunteers can answer.

            You will also meet the other organisations of the edition: you have much to give one \
            another.
            """,
          fr: """
            L’accompagnement \(Wording.de(organisation.name)) commence. Ensemble, nous regarderons vos \
            forces, vos difficultés et ce que vous aimeriez devenir, et nous trouverons à quels \
            besoins une équipe de volontaires peut répondre.

            Vous rencontrerez aussi les autres organisations de l’édition : vous avez beaucoup à \
            vous apporter.
            """),
        door: .to("/journeys/\(event.journey)", en: "See your journey", fr: "Voir votre parcours"))
    }
  }

  private var workshopInvitation: Mail {
    mail(
      "workshop-invitation", Words(en: "invitation to a workshop", fr: "invitation à un atelier"),
      on: WorkshopPlanned.self, .necessary, occasion: { "\($0.workshop)" }
    ) { event, directory in
      var readers: [Reader] = []
      for id in event.organisations {
        readers += try await directory.organisation(id).readers
      }
      let day = Wording.day(event.day)
      return Letter(
        to: readers,
        subject: Words(
          en: "Invitation: \(event.title), \(day.en)", fr: "Invitation : \(event.title), \(day.fr)"),
        body: Words(
          en: """
            You are invited to “\(event.title)” on \(day.en), with other organisations of the \
            edition.

            If nobody of yours can come, answer this message: we will tell you what was said.
            """,
          fr: """
            Vous êtes invités à « \(event.title) » le \(day.fr), avec d’autres organisations de \
            l’édition.

            Si personne de chez vous ne peut venir, répondez à ce message : nous vous dirons ce \
            qui s’y est dit.
            """),
        door: .to("/workshops/\(event.workshop)", en: "See the workshop", fr: "Voir l’atelier"))
    }
  }

  private var needsConfirmed: Mail {
    mail(
      "needs-confirmed", Words(en: "needs confirmed", fr: "besoins confirmés"),
      on: NeedsConfirmed.self,
      occasion: { event in
        "\(event.journey)/" + event.needs.map(\.description).joined(separator: ",")
      }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      let count = event.needs.count
      return Letter(
        to: organisation.readers,
        subject: Words(
          en: "We agree on your needs – \(organisation.name)",
          fr: "Nous sommes d’accord sur vos besoins – \(organisation.name)"),
        body: Words(
          en: """
            We agree on \(count == 1 ? "a need" : "\(count) needs") of \(organisation.name). \
            Next comes the mission brief: what the team will do, which skills it takes, and what \
            it leaves behind.
            """,
          fr: """
            Nous sommes d’accord sur \(count == 1 ? "un besoin" : "\(count) besoins") \
            \(Wording.de(organisation.name)). Vient maintenant le cahier des charges : ce que fera l’équipe, \
            les compétences qu’il faut, et ce qui en restera.
            """),
        door: .to("/journeys/\(event.journey)", en: "See your needs", fr: "Voir vos besoins"))
    }
  }

  private var briefPublished: Mail {
    mail(
      "brief-published", Words(en: "brief published", fr: "cahier des charges publié"),
      on: BriefPublished.self, occasion: { "\($0.brief)" }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      let brief = try await directory.brief(event.brief)
      let seats = brief.roles.reduce(0) { $0 + $1.seats.value }
      return Letter(
        to: organisation.readers,
        subject: Words(
          en: "Your mission is ready for a team: \(brief.title)",
          fr: "Votre mission est prête pour une équipe : \(brief.title)"),
        body: Words(
          en: """
            The brief “\(brief.title)” is published. It asks for a team of \(seats), and leaves \
            behind: \(brief.deliverable).

            We now look for the best team. You will hear from us when the mission starts.
            """,
          fr: """
            Le cahier des charges « \(brief.title) » est publié. Il demande une équipe de \
            \(seats) et en laissera : \(brief.deliverable).

            Nous cherchons maintenant la meilleure équipe. Vous aurez de nos nouvelles au début \
            de la mission.
            """),
        door: .to("/briefs/\(event.brief)", en: "Read the brief", fr: "Lire le cahier des charges"))
    }
  }

  private var followUp: Mail {
    mail(
      "follow-up", Words(en: "follow-up after months", fr: "suivi après quelques mois"),
      on: FollowUpDue.self, occasion: { "\($0.journey)/\($0.months)" }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      return Letter(
        to: organisation.readers,
        subject: Words(
          en: "\(event.months) months later, what stayed? – \(organisation.name)",
          fr: "\(event.months) mois après, qu’en reste-t-il ? – \(organisation.name)"),
        body: Words(
          en: """
            It is \(event.months) months since your edition ended. What of it is still in use at \
            \(organisation.name), and what is not? A few lines on your journey's page are enough, \
            and what did not last is as useful to us as what did.
            """,
          fr: """
            Voilà \(event.months) mois que votre édition s’est terminée. Qu’est-ce qui sert encore \
            chez \(organisation.name), et qu’est-ce qui ne sert plus ? Quelques lignes sur la \
            page de votre parcours suffisent, et ce qui n’a pas duré nous est aussi utile que le \
            reste.
            """),
        door: .asking(
          "/journeys/\(event.journey)", days: 60, en: "Say what stayed",
          fr: "Dire ce qu’il en reste"))
    }
  }
}
