internal import ApplicationsAPI
internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

extension NotificationsModule {
  /// What a mission's daily work owes.
  var workMails: [Mail] {
    [
      hoursToCheck, hoursValidated, hoursReturned, deliverableSubmitted, deliverableReturned,
      deliverableAccepted, missionClosed,
    ]
  }

  /// One a week and mission, however many log.
  private var hoursToCheck: Mail {
    mail(
      "hours-to-check", Words(en: "hours to check", fr: "heures à vérifier"),
      on: HoursLogged.self, occasion: { "\($0.mission)" }, again: .weekly
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      let title = crew.mission.title
      return Letter(
        to: crew.organisation.readers,
        subject: Words(
          en: "Hours await your check – \(title)", fr: "Des heures à vérifier – \(title)"),
        body: Words(
          en: """
            The team of “\(title)” has logged the hours it gave you. Please validate those that \
            are right, and send the others back with a remark: they count once you have.

            We write about this once a week at most.
            """,
          fr: """
            L’équipe de « \(title) » a noté les heures qu’elle vous a données. Merci de valider \
            celles qui sont justes et de renvoyer les autres avec une remarque : elles comptent \
            une fois validées.

            Nous vous écrivons à ce sujet une fois par semaine au plus.
            """),
        door: .asking(
          "/missions/\(event.mission)/hours", days: 14, en: "Check the hours",
          fr: "Vérifier les heures"))
    }
  }

  private var hoursValidated: Mail {
    mail(
      "hours-validated", Words(en: "hours validated", fr: "heures validées"),
      on: HoursValidated.self, .summary, occasion: { "\($0.entry)" }
    ) { event, directory in
      let mission = try await directory.mission(event.mission)
      let time = Wording.duration(minutes: event.minutes)
      let title = mission.title.description
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Wording.validated(time, title), body: Wording.counted(time, title),
        door: .to("/missions/\(event.mission)/hours", en: "See your hours", fr: "Voir vos heures"),
        tally: Tally(minutes: event.minutes, about: mission.title))
    }
  }

  private var hoursReturned: Mail {
    mail(
      "hours-returned", Words(en: "hours sent back", fr: "heures renvoyées"),
      on: HoursReturned.self, .necessary
    ) { event, directory in
      let mission = try await directory.mission(event.mission)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "A question about your hours – \(mission.title)",
          fr: "Une question sur vos heures – \(mission.title)"),
        body: Words(
          en: """
            An entry of hours you logged on “\(mission.title)” came back with this remark:

            \(event.remark)

            Correct it and hand it in again, or answer this message if the remark is mistaken.
            """,
          fr: """
            Des heures que vous avez notées sur « \(mission.title) » vous reviennent avec cette \
            remarque :

            \(event.remark)

            Corrigez-les et renvoyez-les, ou répondez à ce message si la remarque se trompe.
            """),
        door: .asking(
          "/missions/\(event.mission)/hours", days: 30, en: "Correct the hours",
          fr: "Corriger les heures"))
    }
  }

  private var deliverableSubmitted: Mail {
    mail(
      "deliverable-submitted", Words(en: "deliverable to read", fr: "livrable à lire"),
      on: DeliverableSubmitted.self, .necessary, occasion: { "\($0.deliverable)" }
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      return Letter(
        to: crew.organisation.readers,
        subject: Words(
          en: "Your team hands you: \(event.title)", fr: "Votre équipe vous remet : \(event.title)"),
        body: Words(
          en: """
            The team of “\(crew.mission.title)” hands you “\(event.title)”. Please read it, then \
            accept it or say what is missing.
            """,
          fr: """
            L’équipe de « \(crew.mission.title) » vous remet « \(event.title) ». Merci de le lire, \
            puis de l’accepter ou de dire ce qui manque.
            """),
        door: .asking(
          "/missions/\(event.mission)", days: 30, en: "Read and answer", fr: "Lire et répondre"))
    }
  }

  private var deliverableReturned: Mail {
    mail(
      "deliverable-returned", Words(en: "deliverable to rework", fr: "livrable à reprendre"),
      on: DeliverableReturned.self, .necessary
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      return Letter(
        to: crew.team,
        subject: Words(
          en: "\(crew.organisation.name) asks for changes: \(event.title)",
          fr: "\(crew.organisation.name) demande des changements : \(event.title)"),
        body: Words(
          en: """
            \(crew.organisation.name) has read “\(event.title)” and asks for changes:

            \(event.remark)

            Hand it in again when it is ready.
            """,
          fr: """
            \(crew.organisation.name) a lu « \(event.title) » et demande des changements :

            \(event.remark)

            Remettez-le quand il sera prêt.
            """),
        door: .asking(
          "/missions/\(event.mission)", days: 30, en: "Hand it in again",
          fr: "Le remettre à nouveau"))
    }
  }

  private var deliverableAccepted: Mail {
    mail(
      "deliverable-accepted", Words(en: "deliverable accepted", fr: "livrable accepté"),
      on: DeliverableAccepted.self, occasion: { "\($0.deliverable)" }
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      return Letter(
        to: crew.team,
        subject: Words(en: "Accepted: \(event.title)", fr: "Accepté : \(event.title)"),
        body: Words(
          en: """
            \(crew.organisation.name) has accepted “\(event.title)”. Well done, and thank you: it \
            stays with them.
            """,
          fr: """
            \(crew.organisation.name) a accepté « \(event.title) ». Bravo, et merci : cela leur \
            reste.
            """),
        door: .to("/missions/\(event.mission)", en: "See the mission", fr: "Voir la mission"))
    }
  }

  private var missionClosed: Mail {
    mail(
      "mission-closed", Words(en: "end of a mission", fr: "fin d’une mission"),
      on: MissionClosed.self, occasion: { "\($0.mission)" }
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      let title = crew.mission.title
      return Letter(
        to: crew.team + crew.organisation.readers,
        subject: Words(
          en: "The mission has ended, thank you – \(title)",
          fr: "La mission est terminée, merci – \(title)"),
        body: Words(
          en: """
            “\(title)” with \(crew.organisation.name) has ended. Thank you for the months you gave \
            to it, and for your evaluation; if you have not sent yours, it is still welcome.
            """,
          fr: """
            « \(title) » avec \(crew.organisation.name) est terminée. Merci des mois que vous y \
            avez consacrés, et de votre évaluation ; si vous ne l’avez pas envoyée, elle reste \
            bienvenue.
            """),
        door: .asking(
          "/missions/\(event.mission)/evaluation", days: 30, en: "Say what it was worth",
          fr: "Dire ce qu’elle vous a apporté"))
    }
  }
}
