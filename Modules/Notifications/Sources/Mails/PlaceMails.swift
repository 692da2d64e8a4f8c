internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

extension NotificationsModule {
  var placeMails: [Mail] {
    [
      placeOffered, placeReminder, placeConfirmed, placeDeclined, placeLapsed, placeWithdrawn,
      volunteerWaiting,
    ]
  }

  private var placeOffered: Mail {
    mail(
      "place-offered", Words(en: "offer of a place", fr: "proposition de place"),
      on: PlaceOffered.self, .necessary,
      occasion: { offer in
        "\(offer.place)/\(offer.confirmBy)" + (offer.againAt.map { "/\($0)" } ?? "")
      }
    ) { event, directory in
      let seat = try await directory.seat(event.role, of: event.brief)
      let until = Wording.lastDay(before: event.confirmBy, in: seat.edition.zone)
      let days = Wording.list(seat.dates)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "Answer by \(until.en): a mission for you, \(seat.brief.title)",
          fr: "Réponse jusqu’au \(until.fr) : une mission pour vous, \(seat.brief.title)"),
        body: Words(
          en: """
            We propose you a place in the team that works with \(seat.organisation.name) on \
            “\(seat.brief.title)”. Your role: \(seat.role). What the team leaves behind: \
            \(seat.brief.deliverable).

            The team starts together on:
            \(days.en)

            Please confirm or decline by \(until.en), that day included. Declining is fine, and \
            frees the place for somebody else; without an answer it is offered to the next person.
            """,
          fr: """
            Nous vous proposons une place dans l’équipe qui travaille avec \
            \(seat.organisation.name) sur « \(seat.brief.title) ». Votre rôle : \(seat.role). Ce \
            que l’équipe laissera : \(seat.brief.deliverable).

            L’équipe se lance ensemble :
            \(days.fr)

            Merci de confirmer ou de refuser jusqu’au \(until.fr) inclus. Vous pouvez refuser sans \
            souci, la place ira à quelqu’un d’autre ; sans réponse, elle est proposée à la personne \
            suivante.
            """),
        door: .asking(
          "/places/\(event.place)", until: event.confirmBy, en: "Confirm or decline",
          fr: "Confirmer ou refuser"))
    }
  }

  private var placeReminder: Mail {
    mail(
      "place-reminder", Words(en: "reminder of an offer", fr: "rappel d’une proposition"),
      on: OfferReminded.self, .necessary, occasion: { "\($0.place)" }, again: .daily
    ) { event, directory in
      let seat = try await directory.seat(event.role, of: event.brief)
      let until = Wording.lastDay(before: event.confirmBy, in: seat.edition.zone)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "We are waiting for your answer, until \(until.en): \(seat.brief.title)",
          fr: "Nous attendons votre réponse, jusqu’au \(until.fr) : \(seat.brief.title)"),
        body: Words(
          en: """
            A place is kept for you in the team that works with \(seat.organisation.name) on \
            “\(seat.brief.title)” (\(seat.role)), and you have not answered yet.

            Please confirm or decline by \(until.en), that day included. Declining is fine: it lets \
            somebody else come in in time.
            """,
          fr: """
            Une place vous est réservée dans l’équipe qui travaille avec \(seat.organisation.name) \
            sur « \(seat.brief.title) » (\(seat.role)), et vous n’avez pas encore répondu.

            Merci de confirmer ou de refuser jusqu’au \(until.fr) inclus. Refuser ne pose pas de \
            problème : quelqu’un d’autre pourra venir à temps.
            """),
        door: .asking(
          "/places/\(event.place)", until: event.confirmBy, en: "Confirm or decline",
          fr: "Confirmer ou refuser"))
    }
  }

  private var placeConfirmed: Mail {
    mail(
      "place-confirmed", Words(en: "confirmation of a place", fr: "confirmation de place"),
      on: PlaceConfirmed.self, .necessary, occasion: { "\($0.place)" }
    ) { event, directory in
      let seat = try await directory.seat(event.role, of: event.brief)
      let days = Wording.list(seat.dates)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "You are in the team: \(seat.brief.title)",
          fr: "Vous êtes dans l’équipe : \(seat.brief.title)"),
        body: Words(
          en: """
            Thank you: your place as \(seat.role) in “\(seat.brief.title)” with \
            \(seat.organisation.name) is confirmed.

            Keep these dates free:
            \(days.en)

            If something comes in between, tell us early: somebody can then take your place.
            """,
          fr: """
            Merci : votre place (\(seat.role)) dans « \(seat.brief.title) » avec \
            \(seat.organisation.name) est confirmée.

            Gardez ces dates libres :
            \(days.fr)

            En cas d’empêchement, dites-le-nous tôt : quelqu’un pourra prendre votre place.
            """), door: .to("/places/\(event.place)", en: "See your place", fr: "Voir votre place"))
    }
  }

  private var placeDeclined: Mail {
    mail(
      "place-declined", Words(en: "refusal of a place", fr: "refus de place"),
      on: PlaceDeclined.self, occasion: { "\($0.place)" }
    ) { event, directory in
      let seat = try await directory.seat(event.role, of: event.brief)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "We have noted your answer – \(seat.brief.title)",
          fr: "Votre réponse est notée – \(seat.brief.title)"),
        body: Words(
          en: """
            We have noted that you do not take the place in “\(seat.brief.title)”. Thank you for \
            answering: the place goes to somebody else.
            """,
          fr: """
            Nous avons noté que vous ne prenez pas la place dans « \(seat.brief.title) ». Merci de \
            votre réponse : la place ira à quelqu’un d’autre.
            """),
        door: .to("/places/\(event.place)", en: "See what you answered", fr: "Voir votre réponse"))
    }
  }

  private var placeLapsed: Mail {
    mail(
      "place-lapsed", Words(en: "end of an offer", fr: "fin d’une proposition"),
      on: PlaceLapsed.self, .necessary, occasion: { "\($0.place)" }
    ) { event, directory in
      let seat = try await directory.seat(event.role, of: event.brief)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "The offer has ended – \(seat.brief.title)",
          fr: "La proposition a pris fin – \(seat.brief.title)"),
        body: Words(
          en: """
            We had kept a place for you in “\(seat.brief.title)” and have not heard from you in \
            time, so it is now offered to somebody else. No harm done: if you would still like to \
            take part, answer this message.
            """,
          fr: """
            Nous vous gardions une place dans « \(seat.brief.title) » et n’avons pas eu de réponse \
            à temps ; elle est maintenant proposée à quelqu’un d’autre. Ce n’est pas grave : si \
            vous souhaitez encore participer, répondez à ce message.
            """), door: .to("/places/\(event.place)", en: "See the place", fr: "Voir la place"))
    }
  }

  private var placeWithdrawn: Mail {
    mail(
      "place-withdrawn", Words(en: "departure from a team", fr: "départ d’une équipe"),
      on: PlaceWithdrawn.self, .necessary, occasion: { "\($0.place)" }
    ) { event, directory in
      let seat = try await directory.seat(event.role, of: event.brief)
      let note =
        event.handover == nil
        ? Words("")
        : Words(
          en: " Your note is kept for the person who follows you.",
          fr: " Votre note est gardée pour la personne qui vous suit.")
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "We have noted that you leave the team – \(seat.brief.title)",
          fr: "Votre départ de l’équipe est noté – \(seat.brief.title)"),
        body: Words(
          en: """
            We have noted that you leave the team of “\(seat.brief.title)”. Thank you for what \
            you gave to it.\(note.en)

            The hours you logged stay yours.
            """,
          fr: """
            Nous avons noté que vous quittez l’équipe de « \(seat.brief.title) ». Merci de ce que \
            vous y avez apporté.\(note.fr)

            Les heures que vous avez notées restent les vôtres.
            """), door: .to("/places/\(event.place)", en: "See the place", fr: "Voir la place"))
    }
  }

  private var volunteerWaiting: Mail {
    mail(
      "volunteer-waiting", Words(en: "no place for now", fr: "pas de place pour l’instant"),
      on: VolunteerWaiting.self, .necessary, occasion: { "\($0.run)/\($0.volunteer)" }
    ) { event, directory in
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "No mission for you yet – \(edition.name)",
          fr: "Pas encore de mission pour vous – \(edition.name)"),
        body: Words(
          en: """
            The teams of \(Wording.edition(edition).en) are made, and there is no place for you \
            for now. This says nothing about your worth. What we saw when we looked for one:

            \(event.reason.en)

            You stay on the waiting list: when a place that suits you becomes free, we write to \
            you. One more skill or half-day in your profile may be enough. Thank you for your \
            patience.
            """,
          fr: """
            Les équipes de \(Wording.edition(edition).fr) sont formées, et il n’y a pas de place \
            pour vous pour l’instant. Cela ne dit rien de votre valeur. Ce que nous avons vu en \
            en cherchant une :

            \(event.reason.fr)

            Vous restez sur la liste d’attente : quand une place qui vous convient se libère, nous \
            vous écrivons. Une compétence ou une demi-journée de plus dans votre profil peut \
            suffire. Merci de votre patience.
            """),
        door: .asking(
          "/volunteers/\(event.volunteer)/profile", days: 30, en: "Add to my profile",
          fr: "Compléter mon profil"))
    }
  }
}
