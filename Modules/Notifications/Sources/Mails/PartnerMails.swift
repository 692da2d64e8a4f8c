internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension NotificationsModule {
  var partnerMails: [Mail] {
    [
      agreementSigned, volunteerInvitation, profileReminder, profileCompleted, volunteerWithdrew,
      partnerLeft,
      askedToStay,
    ]
  }

  private var agreementSigned: Mail {
    mail(
      "agreement-signed", Words(en: "agreement signed", fr: "convention signée"),
      on: AgreementSigned.self,
      occasion: { "\($0.partner)/\($0.edition?.description ?? "")" }
    ) { event, directory in
      let partner = try await directory.partner(event.partner)
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: partner.readers,
        subject: Words(
          en: "Our agreement is signed – \(partner.name)",
          fr: "Notre convention est signée – \(partner.name)"),
        body: Words(
          en: """
            The agreement between \(partner.name) and us for \(Wording.edition(edition).en) is \
            signed. Thank you.

            Next, send the list of your people who would like to take part, as a CSV file, on your \
            page; each of them is then invited to say what they can do and when.
            """,
          fr: """
            La convention entre \(partner.name) et nous pour \(Wording.edition(edition).fr) est \
            signée. Merci.

            Envoyez maintenant, sur votre page, la liste des personnes qui souhaitent participer, \
            en fichier CSV ; chacune est ensuite invitée à dire ce qu’elle sait faire et quand.
            """),
        door: .to(
          "/partners/\(event.partner)/editions/\(edition.id)", en: "Send the list of your people",
          fr: "Envoyer la liste de vos participants"))
    }
  }

  private var profileReminder: Mail {
    mail(
      "profile-reminder",
      Words(en: "reminder of a profile", fr: "rappel d’un profil à compléter"),
      on: ProfileReminded.self, .normal, occasion: { "\($0.volunteer)" }, again: .daily
    ) { event, directory in
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "Your profile is still missing – \(edition.name)",
          fr: "Il manque encore votre profil – \(edition.name)"),
        body: Words(
          en: """
            You are registered as a volunteer of \(Wording.edition(edition).en), and we do not know \
            yet what you can do and when you are free. A few minutes are enough; without it no team \
            can ask for you.
            """,
          fr: """
            Vous êtes inscrit·e comme volontaire de \(Wording.edition(edition).fr), et nous ne savons \
            pas encore ce que vous savez faire ni quand vous êtes libre. Quelques minutes suffisent ; \
            sans cela, aucune équipe ne peut faire appel à vous.
            """),
        door: .asking(
          "/volunteers/\(event.volunteer)/profile", days: 60, en: "Complete my profile",
          fr: "Compléter mon profil"))
    }
  }

  private var volunteerInvitation: Mail {
    mail(
      "volunteer-invitation",
      Words(en: "invitation of a volunteer", fr: "invitation d’un volontaire"),
      on: VolunteerRegistered.self, .necessary, occasion: { "\($0.volunteer)" }
    ) { event, directory in
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "Welcome – tell us what you can do (\(edition.name))",
          fr: "Bienvenue – dites-nous ce que vous savez faire (\(edition.name))"),
        body: Words(
          en: """
            You are registered as a volunteer of \(Wording.edition(edition).en) in \
            \(edition.territory). Please complete your profile: your skills, the half-days on \
            which you are free, and what you would like to work for. It takes a few minutes, and \
            teams can only be made with complete profiles.

            If you did not expect this message, answer it and we take you off the list.
            """,
          fr: """
            Vous êtes inscrit·e comme volontaire de \(Wording.edition(edition).fr) à \
            \(edition.territory). Merci de compléter votre profil : vos compétences, les \
            demi-journées où vous êtes libre, et ce pour quoi vous aimeriez travailler. Cela \
            prend quelques minutes, et seuls les profils complets peuvent rejoindre une équipe.

            Si vous n’attendiez pas ce message, répondez-y et nous vous retirons de la liste.
            """),
        door: .asking(
          "/volunteers/\(event.volunteer)/profile", days: 60, en: "Complete my profile",
          fr: "Compléter mon profil"))
    }
  }

  private var profileCompleted: Mail {
    mail(
      "profile-completed", Words(en: "profile completed", fr: "profil complété"),
      on: ProfileCompleted.self, occasion: { "\($0.volunteer)" }
    ) { event, directory in
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "Your profile is complete – \(edition.name)",
          fr: "Votre profil est complet – \(edition.name)"),
        body: Words(
          en: """
            Thank you, your profile is complete. We will look for a mission that suits you and \
            write to you with our proposal, or with the reason when there is none. You may change \
            your profile until then.
            """,
          fr: """
            Merci, votre profil est complet. Nous allons chercher une mission qui vous convient et \
            vous écrire notre proposition, ou la raison s’il n’y en a pas. Vous pouvez modifier \
            votre profil jusque-là.
            """),
        door: .asking(
          "/volunteers/\(event.volunteer)/profile", days: 30, en: "See or change my profile",
          fr: "Voir ou modifier mon profil"))
    }
  }

  private var volunteerWithdrew: Mail {
    mail(
      "volunteer-withdrew", Words(en: "withdrawal of a volunteer", fr: "retrait d’un volontaire"),
      on: VolunteerWithdrew.self, .necessary, occasion: { "\($0.volunteer)" }
    ) { event, directory in
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: [Reader(try await directory.contact(of: event.volunteer), .nobody)],
        subject: Words(
          en: "We have noted that you leave – \(edition.name)",
          fr: "Votre départ est noté – \(edition.name)"),
        body: Words(
          en: """
            We have noted that you no longer take part in \(Wording.edition(edition).en). Thank \
            you for telling us, and for having wanted to help. You will be welcome another time.
            """,
          fr: """
            Nous avons noté que vous ne participez plus à \(Wording.edition(edition).fr). Merci de \
            nous l’avoir dit, et d’avoir voulu aider. Vous serez bienvenu·e une autre fois.
            """),
        door: .to("/privacy", en: "What becomes of your data", fr: "Ce que deviennent vos données"))
    }
  }

  private var partnerLeft: Mail {
    mail(
      "partner-left", Words(en: "end of an agreement", fr: "fin d’une convention"),
      on: PartnerLeft.self, .necessary
    ) { event, directory in
      let partner = try await directory.partner(event.partner)
      let edition = try await directory.edition(event.edition)
      return Letter(
        to: partner.readers,
        subject: Words(
          en: "\(partner.name) no longer takes part – \(edition.name)",
          fr: "\(partner.name) ne participe plus – \(edition.name)"),
        body: Words(
          en: """
            \(partner.name) no longer takes part in \(Wording.edition(edition).en): \(event.reason)

            Each of your people decides whether to stay in their own time or to leave; we write \
            to them. The hours they gave so far stay yours in the figures. Thank you for having \
            been with us.
            """,
          fr: """
            \(partner.name) ne participe plus à \(Wording.edition(edition).fr) : \(event.reason)

            Chacune de vos personnes décide de rester sur son temps personnel ou de partir ; nous \
            leur écrivons. Les heures données jusqu’ici restent les vôtres dans les chiffres. \
            Merci d’avoir été des nôtres.
            """),
        door: .to(
          "/partners/\(event.partner)/editions/\(edition.id)", en: "See your people",
          fr: "Voir vos participants"))
    }
  }

  private var askedToStay: Mail {
    mail(
      "asked-to-stay",
      Words(en: "question whether somebody stays", fr: "question : rester ou partir"),
      on: AskedToStay.self, .necessary
    ) { event, directory in
      let partner = try await directory.partner(event.partner)
      let edition = try await directory.edition(event.edition)
      let day = Wording.day(event.answerBy)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "Do you stay in your own time? – \(edition.name)",
          fr: "Restez-vous sur votre temps personnel ? – \(edition.name)"),
        body: Words(
          en: """
            \(partner.name), through which you came, no longer takes part in \
            \(Wording.edition(edition).en). You are welcome to go on in your own time, in your \
            team and with your place; or you leave, and somebody else takes over.

            Please say which by \(day.en), that day included. What you gave so far stays counted.
            """,
          fr: """
            \(partner.name), par qui vous êtes venu·e, ne participe plus à \
            \(Wording.edition(edition).fr). Vous pouvez continuer sur votre temps personnel, \
            dans votre équipe et à votre place ; ou partir, et quelqu’un prendra la suite.

            Merci de le dire jusqu’au \(day.fr) inclus. Ce que vous avez donné reste compté.
            """),
        door: .asking(
          "/volunteers/\(event.volunteer)/profile", until: edition.zone.end(of: event.answerBy),
          en: "Say whether I stay", fr: "Dire si je reste"))
    }
  }
}
