internal import ApplicationsAPI
internal import Kernel
internal import ProgrammesAPI

extension NotificationsModule {
  var applicationMails: [Mail] {
    [
      organisationWelcome, organisationKnown, applicationReceipt, reviewRequest, decision,
      placeTaken,
      placeGivenUp,
    ]
  }

  /// Proves the address of an organisation that came by itself, and leads on to what it came for.
  private var organisationWelcome: Mail {
    mail(
      "organisation-welcome",
      Words(en: "welcome to an organisation", fr: "bienvenue à une association"),
      on: OrganisationRegistered.self, .necessary, occasion: { "\($0.organisation)" }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      return Letter(
        to: event.byItself ? organisation.readers : [],
        subject: Words(
          en: "\(organisation.name) is registered – this way to your application",
          fr: "\(organisation.name) est inscrite – la suite de votre candidature"),
        body: Words(
          en: """
            \(organisation.name) was registered with your address. The button below shows that the \
            address is yours, and leads on to the application.

            Was it not you? Then leave it: without this letter nobody can go on in your name.
            """,
          fr: """
            \(organisation.name) a été inscrite avec votre adresse. Le bouton ci-dessous montre que \
            cette adresse est la vôtre, et mène à la suite de la candidature.

            Ce n’était pas vous ? Laissez cette lettre : sans elle, personne ne peut continuer à votre place.
            """),
        door: event.application.map {
          .asking(
            "/applications/\($0)", days: 14, en: "Write the application",
            fr: "Rédiger la candidature")
        } ?? .to("/calls", en: "See the calls", fr: "Voir les appels"))
    }
  }

  /// The only one who is told that an organisation is here already: who reads letters at an address of its.
  private var organisationKnown: Mail {
    mail(
      "organisation-known",
      Words(en: "registered already", fr: "association déjà inscrite"),
      on: OrganisationRegisteredAgain.self, .necessary,
      occasion: { "\($0.organisation)/\($0.member)" }, again: .daily
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      let theirs = try await directory.member(event.member, of: organisation)
      return Letter(
        to: theirs.map { [Reader($0, .member(of: organisation.id))] } ?? [],
        subject: Words(
          en: "\(organisation.name) is registered already – this way in",
          fr: "\(organisation.name) est déjà inscrite – par ici"),
        body: Words(
          en: """
            Somebody, likely you, has just registered \(organisation.name) with your address. It is \
            registered already, and you are one of its members: nothing was made a second time.

            The button below leads to it; there you find its applications, and the calls. Was it not \
            you? Then leave this letter: nothing was changed, and nobody was told that you are here.
            """,
          fr: """
            Quelqu’un, sans doute vous, vient d’inscrire \(organisation.name) avec votre adresse. Elle \
            est déjà inscrite, et vous en êtes membre : rien n’a été créé une seconde fois.

            Le bouton ci-dessous y mène ; vous y trouvez ses candidatures, et les appels. Ce n’était pas \
            vous ? Laissez cette lettre : rien n’a changé, et personne n’a su que vous êtes ici.
            """),
        door: .to("/organisation", en: "See our organisation", fr: "Voir notre organisation"))
    }
  }

  private var applicationReceipt: Mail {
    mail(
      "application-receipt", Words(en: "receipt of an application", fr: "accusé de réception"),
      on: ApplicationSubmitted.self, .necessary, occasion: { "\($0.application)" }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: organisation.readers,
        subject: Words(
          en: "We have your application – \(organisation.name)",
          fr: "Votre candidature est bien arrivée – \(organisation.name)"),
        body: Words(
          en: """
            Thank you: the application of \(organisation.name) to \(Wording.edition(edition).en) \
            is complete and has reached us. There is nothing more for you to do.

            Its answers no longer change from now on. Several people will read it, and we will \
            write to you with the decision and the reasons for it, whatever it is.
            """,
          fr: """
            Merci : la candidature \(Wording.de(organisation.name)) à \(Wording.edition(edition).fr) est \
            complète et nous est bien parvenue. Vous n’avez plus rien à faire.

            Ses réponses ne changent plus désormais. Plusieurs personnes vont la lire, et nous \
            vous écrirons la décision et ses raisons, quelle qu’elle soit.
            """),
        door: .to(
          "/applications/\(event.application)", en: "Read what you handed in",
          fr: "Relire ce que vous avez déposé"))
    }
  }

  /// One mail however many applications somebody is given at once.
  private var reviewRequest: Mail {
    mail(
      "review-request", Words(en: "request to review", fr: "demande d’évaluation"),
      on: ReviewAssigned.self, .necessary,
      occasion: { "\($0.edition?.description ?? "")/\($0.reviewer)" }, again: .daily
    ) { event, directory in
      let reviewer = try await directory.reviewer(event.reviewer)
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: [Reader(reviewer, .reviewer(event.reviewer))],
        subject: Words(
          en: "Applications await your reading – \(edition.name)",
          fr: "Des candidatures attendent votre lecture – \(edition.name)"),
        body: Words(
          en: """
            Thank you for reading applications to \(Wording.edition(edition).en). Those you were \
            given are in your list of reviews; score each on every criterion, with a comment when \
            it helps.

            If you know one of the organisations too well to judge it freely, declare it in your \
            list: somebody else will read that application, and nobody will ask you why.
            """,
          fr: """
            Merci de lire des candidatures à \(Wording.edition(edition).fr). Celles qui vous sont \
            confiées sont dans votre liste d’évaluations ; notez chacune sur tous les critères, \
            avec un commentaire quand il est utile.

            Si vous connaissez trop bien une des organisations pour en juger librement, \
            signalez-le dans votre liste : quelqu’un d’autre lira cette candidature, et personne \
            ne vous en demandera la raison.
            """), door: .asking("/reviews", days: 30, en: "Read and score", fr: "Lire et noter"))
    }
  }

  private var decision: Mail {
    mail(
      "decision", Words(en: "decision on an application", fr: "décision sur une candidature"),
      on: ApplicationDecided.self, .necessary,
      occasion: { "\($0.application)/\($0.decision.rawValue)" }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      let edition = try await directory.edition(event.edition)
      let page = "/applications/\(event.application)"
      let door = Door.to(page, en: "See your application", fr: "Voir votre candidature")
      return switch event.decision {
      case .laureate:
        chosen(
          organisation, edition, until: event.confirmBy,
          door: .asking(
            page, until: event.confirmBy, en: "Confirm or give up the place",
            fr: "Confirmer ou laisser la place"))
      case .waitingList: onWaitingList(organisation, edition, because: event.reason, door: door)
      case .refused: refused(organisation, edition, because: event.reason, door: door)
      }
    }
  }

  private var placeTaken: Mail {
    mail(
      "laureate-confirmed", Words(en: "laureate's confirmation", fr: "confirmation d’un lauréat"),
      on: LaureateConfirmed.self, occasion: { "\($0.application)" }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: organisation.readers,
        subject: Words(
          en: "Your place is confirmed – \(edition.name)",
          fr: "Votre place est confirmée – \(edition.name)"),
        body: Words(
          en: """
            \(organisation.name) has its place in \(Wording.edition(edition).en). We are glad to \
            go this way with you.
            """,
          fr: """
            \(organisation.name) a sa place dans \(Wording.edition(edition).fr). Nous sommes \
            heureux de faire ce chemin avec vous.
            """),
        door: .to(
          "/applications/\(event.application)", en: "See your application",
          fr: "Voir votre candidature"))
    }
  }

  private var placeGivenUp: Mail {
    mail(
      "laureate-declined", Words(en: "laureate's withdrawal", fr: "désistement d’un lauréat"),
      on: LaureateDeclined.self, .necessary, occasion: { "\($0.application)" }
    ) { event, directory in
      let organisation = try await directory.organisation(event.organisation)
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: organisation.readers,
        subject: Words(
          en: "We have noted your answer – \(edition.name)",
          fr: "Votre réponse est notée – \(edition.name)"),
        body: Words(
          en: """
            We have noted that \(organisation.name) does not take its place in \
            \(Wording.edition(edition).en). Thank you for telling us: another organisation will have it.

            Your application does not count against you; you are welcome at the next call.
            """,
          fr: """
            Nous avons noté que \(organisation.name) ne prend pas sa place dans \
            \(Wording.edition(edition).fr). Merci de nous l’avoir dit : une autre organisation en profitera.

            Cela ne vous sera pas compté ; vous serez bienvenus au prochain appel.
            """),
        door: .to(
          "/applications/\(event.application)", en: "See your application",
          fr: "Voir votre candidature"))
    }
  }
}

private func chosen(
  _ organisation: Organisation, _ edition: Edition, until deadline: Instant?, door: Door
) -> Letter {
  let until =
    deadline.map { Wording.lastDay(before: $0, in: edition.zone) }.map {
      Words(
        en: " Please confirm your place by \($0.en), that day included; after it the place goes "
          + "to the next organisation on the waiting list.",
        fr: " Merci de confirmer votre place jusqu’au \($0.fr) inclus ; passé ce jour, elle "
          + "revient à l’organisation suivante sur la liste d’attente.")
    } ?? Words("")
  return Letter(
    to: organisation.readers,
    subject: Words(
      en: "\(organisation.name) is chosen – please confirm",
      fr: "\(organisation.name) est retenue – merci de confirmer"),
    body: Words(
      en: """
        Good news: the jury has chosen \(organisation.name) for \
        \(Wording.edition(edition).en).\(until.en)

        If you can no longer take part, tell us too: another organisation will be glad.
        """,
      fr: """
        Bonne nouvelle : le jury a retenu \(organisation.name) pour \
        \(Wording.edition(edition).fr).\(until.fr)

        Si vous ne pouvez plus participer, dites-le-nous aussi : une autre organisation en sera \
        heureuse.
        """), door: door)
}

private func onWaitingList(
  _ organisation: Organisation, _ edition: Edition, because reason: Words?, door: Door
) -> Letter {
  Letter(
    to: organisation.readers,
    subject: Words(
      en: "\(organisation.name) is on the waiting list",
      fr: "\(organisation.name) est sur la liste d’attente"),
    body: Words(
      en: """
        The jury liked the application of \(organisation.name) to \
        \(Wording.edition(edition).en), but there were fewer places than good applications: you are on the \
        waiting list.\(reason.map { "\n\n\($0.en)" } ?? "")

        If a place becomes free we write to you at once. There is nothing for you to do.
        """,
      fr: """
        La candidature \(Wording.de(organisation.name)) à \(Wording.edition(edition).fr) a plu au jury, \
        mais il y avait moins de places que de bonnes candidatures : vous êtes sur la liste \
        d’attente.\(reason.map { "\n\n\($0.fr)" } ?? "")

        Si une place se libère, nous vous écrivons aussitôt. Vous n’avez rien à faire.
        """), door: door)
}

private func refused(
  _ organisation: Organisation, _ edition: Edition, because reason: Words?, door: Door
) -> Letter {
  Letter(
    to: organisation.readers,
    subject: Words(
      en: "Our answer to \(organisation.name)", fr: "Notre réponse à \(organisation.name)"),
    body: Words(
      en: """
        Thank you for the work you put into your application to \(Wording.edition(edition).en). \
        The jury could not keep it this time.\(reason.map { "\n\nWhy: \($0.en)" } ?? "")

        This says nothing about the worth of what \(organisation.name) does. Answer this message \
        if you would like to talk about it, and apply again if you wish: your answers are kept.
        """,
      fr: """
        Merci du travail que vous avez mis dans votre candidature à \
        \(Wording.edition(edition).fr). Le jury n’a pas pu la retenir cette fois.\
        \(reason.map { "\n\nPourquoi : \($0.fr)" } ?? "")

        Cela ne dit rien de la valeur de ce que fait \(organisation.name). Répondez à ce message \
        si vous souhaitez en parler, et représentez-vous si vous le voulez : vos réponses sont \
        gardées.
        """), door: door)
}
