internal import ApplicationsAPI
internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

extension NotificationsModule {
  var missionMails: [Mail] {
    [
      missionStarted(.team), missionStarted(.organisation), sessionScheduled, memberJoined,
      memberJoinedNews, memberLeft, datesTakenBack,
    ] + workMails
  }

  private enum Audience: String {
    case team
    case organisation
  }

  private func missionStarted(_ audience: Audience) -> Mail {
    mail(
      "mission-started-\(audience.rawValue)",
      audience == .team
        ? Words(en: "start of a mission, to the team", fr: "début de mission, à l’équipe")
        : Words(
          en: "start of a mission, to the organisation", fr: "début de mission, à l’organisation"),
      on: MissionStarted.self, .necessary, occasion: { "\($0.mission)" }
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      let team = Wording.list(crew.roles.map { Words($0) })
      let agenda = agenda(of: crew)
      let title = crew.mission.title
      return Letter(
        to: audience == .team ? crew.team : crew.organisation.readers,
        subject: Words(en: "The mission starts: \(title)", fr: "La mission commence : \(title)"),
        body: Words(
          en: """
            “\(title)” with \(crew.organisation.name) starts. The team:
            \(team.en)\(agenda.en)
            """,
          fr: """
            « \(title) » avec \(crew.organisation.name) commence. L’équipe :
            \(team.fr)\(agenda.fr)
            """),
        door: .to("/missions/\(event.mission)", en: "See the mission", fr: "Voir la mission"))
    }
  }

  private var sessionScheduled: Mail {
    mail(
      "session-scheduled", Words(en: "date of a session", fr: "date d’une séance"),
      on: SessionScheduled.self, .necessary, occasion: { "\($0.session)/\($0.revision)" }
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      let when = Wording.span(from: event.startsAt, to: event.endsAt, in: crew.edition.zone)
      let how = Wording.format(event.format)
      let place = Wording.place(event.place)
      let change =
        event.revision > 1
        ? Words(
          en: "This replaces what we wrote before (version \(event.revision)).\n\n",
          fr: "Ceci remplace ce que nous avions écrit (version \(event.revision)).\n\n")
        : Words("")
      return Letter(
        to: crew.team + crew.organisation.readers,
        subject: event.revision > 1
          ? Words(
            en: "Changed: \(when.en) – \(crew.mission.title)",
            fr: "Modifié : \(when.fr) – \(crew.mission.title)")
          : Words(
            en: "Date: \(when.en) – \(crew.mission.title)",
            fr: "Date : \(when.fr) – \(crew.mission.title)"),
        body: Words(
          en: """
            \(change.en)A session of “\(crew.mission.title)” with \(crew.organisation.name):

              When:  \(when.en)
              How:   \(how.en)
              Where: \(place.en)
            """,
          fr: """
            \(change.fr)Une séance de « \(crew.mission.title) » avec \(crew.organisation.name) :

              Quand :   \(when.fr)
              Comment : \(how.fr)
              Où :      \(place.fr)
            """),
        door: .to("/missions/\(event.mission)", en: "See the mission", fr: "Voir la mission"),
        invitations: [
          PlannedInvitation(
            method: .request, uid: event.session.description, sequence: event.revision - 1,
            starts: event.startsAt, ends: event.endsAt,
            summary: Words(
              en: "\(crew.mission.title), with \(crew.organisation.name)",
              fr: "\(crew.mission.title), avec \(crew.organisation.name)"),
            place: place)
        ])
    }
  }

  private var memberJoined: Mail {
    mail(
      "member-joined", Words(en: "welcome to a running team", fr: "accueil dans une équipe"),
      on: MemberJoined.self, .necessary
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      let title = crew.mission.title
      let team = Wording.list(crew.roles.map { Words($0) })
      let note = Wording.quoted(
        Words(
          en: "The person before you left this note:",
          fr: "La personne qui vous a précédé·e a laissé cette note :"), event.handover)
      let agenda = agenda(of: crew)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "Welcome to the team: \(title)", fr: "Bienvenue dans l’équipe : \(title)"),
        body: Words(
          en: """
            You join the team of “\(title)” with \(crew.organisation.name). With you:
            \(team.en)\(note.en)\(agenda.en)
            """,
          fr: """
            Vous rejoignez l’équipe de « \(title) » avec \(crew.organisation.name). Avec vous :
            \(team.fr)\(note.fr)\(agenda.fr)
            """),
        door: .to("/missions/\(event.mission)", en: "See the mission", fr: "Voir la mission"),
        invitations: crew.sessions.map { dated($0, of: crew, .request) })
    }
  }

  private var memberJoinedNews: Mail {
    mail(
      "member-joined-news", Words(en: "news of a new member", fr: "annonce d’une arrivée"),
      on: MemberJoined.self
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      let member = try await directory.contact(of: event.volunteer)
      let title = crew.mission.title
      return Letter(
        to: (crew.team + crew.organisation.readers).filter { $0.contact.email != member.email },
        subject: Words(
          en: "\(member.name) joins the team – \(title)",
          fr: "\(member.name) rejoint l’équipe – \(title)"),
        body: Words(
          en: "\(member.name) joins the team of “\(title)”. Please make them welcome.",
          fr: "\(member.name) rejoint l’équipe de « \(title) ». Faites-lui bon accueil."),
        door: .to("/missions/\(event.mission)", en: "See the team", fr: "Voir l’équipe"))
    }
  }

  private var memberLeft: Mail {
    mail(
      "member-left", Words(en: "news of a departure", fr: "annonce d’un départ"),
      on: MemberLeft.self
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      let member = try await directory.contact(of: event.volunteer)
      let title = crew.mission.title
      return Letter(
        to: (crew.team + crew.organisation.readers).filter { $0.contact.email != member.email },
        subject: Words(
          en: "\(member.name) leaves the team – \(title)",
          fr: "\(member.name) quitte l’équipe – \(title)"),
        body: Words(
          en: """
            \(member.name) leaves the team of “\(title)”. We look for somebody to take over, and \
            tell you when they join.
            """,
          fr: """
            \(member.name) quitte l’équipe de « \(title) ». Nous cherchons quelqu’un pour prendre \
            la suite et vous préviendrons de son arrivée.
            """), door: .to("/missions/\(event.mission)", en: "See the team", fr: "Voir l’équipe"))
    }
  }
}

extension NotificationsModule {
  /// Takes the dates to come out of the calendar of somebody who leaves.
  fileprivate var datesTakenBack: Mail {
    mail(
      "dates-taken-back", Words(en: "dates taken back", fr: "dates annulées"),
      on: MemberLeft.self, .necessary
    ) { event, directory in
      let crew = try await directory.crew(event.mission)
      guard !crew.sessions.isEmpty else {
        return Letter(
          to: [], subject: Words(""), body: Words(""),
          door: .to("/missions", en: "See your missions", fr: "Voir vos missions"))
      }
      let title = crew.mission.title
      let agenda = agenda(of: crew)
      return Letter(
        to: [try await directory.volunteer(event.volunteer)],
        subject: Words(
          en: "These dates no longer concern you: \(title)",
          fr: "Ces dates ne vous concernent plus : \(title)"),
        body: Words(
          en: "You have left the team of “\(title)”: its dates are free again for you.\(agenda.en)",
          fr:
            "Vous avez quitté l’équipe de « \(title) » : ses dates sont libres à nouveau pour vous.\(agenda.fr)"
        ), door: .to("/missions", en: "See your missions", fr: "Voir vos missions"),
        invitations: crew.sessions.map { dated($0, of: crew, .cancel) })
    }
  }
}

/// A session for the calendar of somebody who comes or goes.
func dated(
  _ session: Session, of crew: Crew, _ method: Invitation.Method
) -> PlannedInvitation {
  PlannedInvitation(
    method: method, uid: session.id.description, sequence: session.revision - 1,
    starts: session.startsAt, ends: session.endsAt,
    summary: Words(
      en: "\(crew.mission.title), with \(crew.organisation.name)",
      fr: "\(crew.mission.title), avec \(crew.organisation.name)"),
    place: Wording.place(session.place))
}

/// The sessions to come, where there are any.
private func agenda(of crew: Crew) -> Words {
  guard !crew.sessions.isEmpty else { return Words("") }
  let lines = Wording.list(
    crew.sessions.map { session in
      let when = Wording.span(from: session.startsAt, to: session.endsAt, in: crew.edition.zone)
      let place = Wording.place(session.place)
      return Words(en: "\(when.en): \(place.en)", fr: "\(when.fr) : \(place.fr)")
    })
  return Words(en: "\n\nThe sessions:\n\(lines.en)", fr: "\n\nLes séances :\n\(lines.fr)")
}
