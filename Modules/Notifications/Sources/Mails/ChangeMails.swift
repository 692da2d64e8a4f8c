internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

extension NotificationsModule {
  /// What is owed to those whom something was promised that does not hold any more.
  var changeMails: [Mail] {
    [
      missionCancelled, sessionCancelled, hoursReversed, applicationReinstated, deadlineExtended,
      volunteerMoved, workshopCancelled,
    ]
  }

  private var missionCancelled: Mail {
    mail(
      "mission-cancelled", Words(en: "mission cancelled", fr: "mission annulée"),
      on: MissionCancelled.self, .necessary
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      let (mission, organisation) = (crew.mission, crew.organisation)
      let dates = try await directory.sessions(of: mission.id).filter {
        $0.state == .cancelled
      }
      var people: [Reader] = []
      for volunteer in event.team { people.append(try await directory.volunteer(volunteer)) }
      return Letter(
        to: people + organisation.readers,
        subject: Words(
          en: "The mission “\(mission.title)” is cancelled",
          fr: "La mission « \(mission.title) » est annulée"),
        body: Words(
          en: """
            “\(mission.title)” with \(organisation.name) will not go on:

            \(event.reason)

            Its sessions do not take place. Whoever was in the team is the first to be offered a \
            place elsewhere, if one is empty; hours that were given stay on record.
            """,
          fr: """
            « \(mission.title) » avec \(organisation.name) s’arrête :

            \(event.reason)

            Ses séances n’ont pas lieu. L’équipe est la première à qui une place libre est proposée \
            ailleurs ; les heures données restent enregistrées.
            """), door: .to("/missions", en: "See your missions", fr: "Voir vos missions"),
        invitations: dates.map { dated($0, of: crew, .cancel) })
    }
  }

  private var sessionCancelled: Mail {
    mail(
      "session-cancelled", Words(en: "session cancelled", fr: "séance annulée"),
      on: SessionCancelled.self, .necessary, occasion: { "\($0.session)/\($0.revision)" }
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      let title = crew.mission.title
      let dates = try await directory.sessions(of: event.mission).filter {
        $0.id == event.session
      }
      let span = Wording.span(from: event.startsAt, to: event.endsAt, in: crew.edition.zone)
      return Letter(
        to: crew.team + crew.organisation.readers,
        subject: Words(
          en: "Session cancelled – \(title)", fr: "Séance annulée – \(title)"),
        body: Words(
          en: """
            The session of “\(title)” does not take place: \(span.en).

            \(event.reason)
            """,
          fr: """
            La séance de « \(title) » n’a pas lieu : \(span.fr).

            \(event.reason)
            """),
        door: .to("/missions/\(event.mission)", en: "See the mission", fr: "Voir la mission"),
        invitations: dates.map { dated($0, of: crew, .cancel) })
    }
  }

  private var workshopCancelled: Mail {
    mail(
      "workshop-cancelled", Words(en: "workshop cancelled", fr: "atelier annulé"),
      on: WorkshopCancelled.self, .necessary, occasion: { "\($0.workshop)" }
    ) { event, directory in
      var readers: [Reader] = []
      for organisation in event.organisations {
        readers += try await directory.organisation(organisation).readers
      }
      return Letter(
        to: readers,
        subject: Words(en: "Cancelled: \(event.title)", fr: "Annulé : \(event.title)"),
        body: Words(
          en: """
            “\(event.title)”, planned for \(Wording.day(event.day).en), does not take place:

            \(event.reason)
            """,
          fr: """
            « \(event.title) », prévu le \(Wording.day(event.day).fr), n’a pas lieu :

            \(event.reason)
            """),
        door: .to("/workshops/\(event.workshop)", en: "See the workshop", fr: "Voir l’atelier"))
    }
  }

  private var hoursReversed: Mail {
    mail(
      "hours-reversed", Words(en: "hours taken back", fr: "heures reprises"),
      on: HoursReversed.self, .necessary, occasion: { "\($0.entry)" }
    ) { event, directory in
      let mission = try await directory.mission(event.mission)
      let time = Wording.duration(minutes: event.minutes)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "Hours taken back – \(mission.title)", fr: "Heures reprises – \(mission.title)"),
        body: Words(
          en: """
            \(time) of \(Wording.day(event.day).en) on “\(mission.title)” were validated by mistake and do not \
            count any more:

            \(event.reason)

            If hours are missing now, log them anew.
            """,
          fr: """
            \(time) du \(Wording.day(event.day).fr) sur « \(mission.title) » ont été validées par erreur et ne \
            comptent plus :

            \(event.reason)

            S’il manque maintenant des heures, saisissez-les à nouveau.
            """),
        door: .asking(
          "/missions/\(event.mission)/hours", days: 30, en: "See your hours", fr: "Voir vos heures")
      )
    }
  }

  private var applicationReinstated: Mail {
    mail(
      "application-reinstated", Words(en: "decision taken back", fr: "décision revue"),
      on: ApplicationReinstated.self, .necessary
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      return Letter(
        to: organisation.readers,
        subject: Words(
          en: "Your application is \(event.state.title.en) – \(organisation.name)",
          fr: "Votre candidature est \(event.state.title.fr) – \(organisation.name)"),
        body: Words(
          en: """
            The application of \(organisation.name) is \(event.state.title.en) again, whatever we \
            wrote before:

            \(event.reason.en)
            """,
          fr: """
            La candidature de l’organisation \(organisation.name) est de nouveau \
            \(event.state.title.fr), quoi que nous ayons écrit auparavant :

            \(event.reason.fr)
            """),
        door: .to(
          "/applications/\(event.application)", en: "See your application",
          fr: "Voir votre candidature"))
    }
  }

  private var deadlineExtended: Mail {
    mail(
      "deadline-extended", Words(en: "more time", fr: "délai prolongé"),
      on: DeadlineExtended.self, .necessary, occasion: { "\($0.application)/\($0.until)" }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      let zone = try await directory.edition(event.edition).zone
      let what =
        event.isConfirmation
        ? Words(en: "confirm its place", fr: "confirmer sa place")
        : Words(en: "submit its application", fr: "déposer sa candidature")
      return Letter(
        to: organisation.readers,
        subject: Words(
          en: "You have more time – \(organisation.name)",
          fr: "Vous avez plus de temps – \(organisation.name)"),
        body: Words(
          en: "\(organisation.name) may \(what.en) until \(event.until), end of day.",
          fr: "\(organisation.name) peut \(what.fr) jusqu’au \(event.until) inclus."),
        door: .asking(
          "/applications/\(event.application)", until: zone.end(of: event.until),
          en: "Open your application", fr: "Ouvrir votre candidature"))
    }
  }

  private var volunteerMoved: Mail {
    mail(
      "volunteer-moved", Words(en: "change of partner", fr: "changement de partenaire"),
      on: VolunteerMoved.self, .necessary
    ) { event, directory in
      let edition = try await directory.edition(event.edition)
      var sender: Name?
      if let partner = event.partner { sender = try await directory.partner(partner).name }
      let whom = Words(
        en: sender.map { "as one of the people of \($0)" } ?? "on your own",
        fr: sender.map { "parmi les personnes de \($0)" } ?? "à titre individuel")
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "You take part for somebody else now – \(edition.name)",
          fr: "Vous participez désormais pour quelqu’un d’autre – \(edition.name)"),
        body: Words(
          en: """
            From \(Wording.day(event.from).en) on, you take part in \(Wording.edition(edition).en) \
            \(whom.en). Your profile and your hours are kept.

            What you let your former partner see, nobody sees for now: say in your profile what \
            you agree to.
            """,
          fr: """
            À partir du \(Wording.day(event.from).fr), vous participez à \(Wording.edition(edition).fr) \
            \(whom.fr). Votre profil et vos heures sont conservés.

            Ce que vous laissiez voir à votre ancien partenaire, personne ne le voit pour \
            l’instant : dites dans votre profil ce que vous acceptez.
            """),
        door: .asking(
          "/volunteers/\(event.volunteer)/profile", days: 30, en: "Say what you agree to",
          fr: "Dire ce que vous acceptez"))
    }
  }
}
