internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MatchingAPI
internal import Pages
internal import ProgrammesAPI

// The offer as the volunteer reads it: what, with whom, when; then yes or no.
extension MatchingModule {
  /// What other modules know of a place.
  private struct Around: Sendable {
    let brief: Brief?
    let organisation: Name?
    let edition: Edition
    let halfDays: [HalfDay]
  }

  var placePage: PortalPage {
    PortalPage(
      "matching.place", "/places/{place}", by: .staff(and: .volunteer),
      Words(en: "A place in a team", fr: "Une place dans une équipe"), byLetter: true,
      asking: { (input: OnePlace, context) in
        let row = try await host.read { try $0.find(PlaceRow.self, input.place) }
        guard let row, MatchingPolicy.maySee(row, context.actor) else {
          throw Problem.notFound(PlaceRow.noun, input.place)
        }
        let brief = try? await accompaniment.brief(row.brief)
        var organisation: Name?
        if let brief { organisation = try await applications.organisation(brief.organisation).name }
        return Around(
          brief: brief, organisation: organisation,
          edition: try await programmes.edition(row.editionId),
          halfDays: try await programmes.halfDays(of: row.editionId))
      }
    ) { (input: OnePlace, around, transaction) in
      let place = try transaction.get(PlaceRow.self, input.place)
      guard MatchingPolicy.maySee(place, transaction.actor) else {
        throw Problem.notFound(PlaceRow.noun, input.place)
      }
      let zone = around.edition.zone
      let days = around.halfDays.filter { place.halfDays.contains($0.id) }
      return try PageContent(
        title: Words(place.briefTitle.description),
        over: around.organisation.map { Words($0.description) },
        lead: Words(en: "As \(place.roleTitle)", fr: "Rôle : \(place.roleTitle)")
      ) {
        standing(of: place, in: zone, at: transaction.now)
        Block.section(Words(en: "The mission", fr: "La mission")) {
          if let brief = around.brief {
            Block.prose(brief.context)
            Block.facts(
              Fact(en: "It leaves behind", fr: "Ce qu’elle laisse", .text(brief.deliverable)),
              Fact(en: "Where", fr: "Où", .words(brief.format.words)))
          }
          Block.facts([
            Fact(
              en: "Kick-off", fr: "Lancement",
              days.isEmpty
                ? .none
                : .list(
                  days.map {
                    .words(
                      en: "\($0.day.words.en), \($0.part.words.en)",
                      fr: "\($0.day.words.fr), \($0.part.words.fr)")
                  }))
          ])
        }
        Block.section(Words(en: "Why you", fr: "Pourquoi vous")) {
          Block.paragraph(place.reason)
        }
        answers(to: place, at: transaction.now)
        askingAgain(place, in: zone, transaction)
        try swapping(place, in: zone, transaction)
      }
    }
  }

  /// How the place stands, in a sentence.
  private func standing(of place: PlaceRow, in zone: Zone, at now: Instant) -> [Block] {
    let last = zone.day(of: place.confirmBy.advanced(bySeconds: -1))
    switch place.state {
    case .offered where now < place.confirmBy:
      return [
        .notice(
          .info, Words(en: "This place is offered to you", fr: "Cette place vous est proposée"),
          Words(
            en: "Please answer by \(last.words.en), that day included.",
            fr: "Merci de répondre jusqu’au \(last.words.fr) inclus."))
      ]
    case .offered, .lapsed:
      return [
        .notice(
          .warning, Words(en: "The time to answer is over", fr: "Le délai de réponse est passé"),
          Words(
            en:
              "The place goes to the next person. Tell the programme manager if you still want to take part.",
            fr:
              "La place va à la personne suivante. Dites-le à l’équipe du programme si vous souhaitez encore participer."
          ))
      ]
    case .confirmed:
      return [.notice(.good, Words(en: "You have this place", fr: "Vous avez cette place"))]
    case .declined:
      return [
        .notice(.plain, Words(en: "You declined this place", fr: "Vous avez décliné cette place"))
      ]
    case .withdrawn:
      return [
        .notice(.plain, Words(en: "You gave this place up", fr: "Vous avez libéré cette place"))
      ]
    }
  }

  private func answers(to place: PlaceRow, at now: Instant) -> [Block] {
    let id: [String: JSON] = ["place": .string(place.id.description)]
    switch place.state {
    case .offered where now < place.confirmBy:
      return [
        .form(
          "matching.confirm", [], fixed: id,
          button: Words(en: "I take this place", fr: "J’accepte cette place"), tone: .good,
          then: .here(
            Words(
              en:
                "You have the place. The team and the association will hear from you at the kick-off.",
              fr: "La place est à vous. Rendez-vous au lancement avec l’équipe et l’association."))),
        .details(
          Words(en: "I cannot take it", fr: "Je ne peux pas l’accepter"),
          [
            .form(
              "matching.decline", ["reason"], fixed: id, version: place.version,
              button: Words(en: "Decline the place", fr: "Décliner la place"), tone: .warning,
              then: .here(
                Words(
                  en: "Thank you for saying so. The next person is asked now.",
                  fr: "Merci de l’avoir dit. La personne suivante est sollicitée.")))
          ]),
      ]
    case .confirmed:
      return [
        .details(
          Words(en: "I have to give the place up", fr: "Je dois libérer cette place"),
          [
            .form(
              "matching.withdraw", ["reason", "handover"], fixed: id, version: place.version,
              button: Words(en: "Give the place up", fr: "Libérer la place"), tone: .bad,
              confirming: Confirmation(
                Words(en: "Give the place up?", fr: "Libérer la place ?"),
                Words(
                  en:
                    "It is offered to somebody else at once, and the team is told. You cannot take it back by yourself.",
                  fr:
                    "Elle est aussitôt proposée à quelqu’un d’autre, et l’équipe est prévenue. Vous ne pourrez pas la reprendre seul."
                ),
                button: Words(en: "Yes, give it up", fr: "Oui, la libérer")),
              then: .here(
                Words(en: "The place is free again.", fr: "La place est de nouveau libre.")))
          ])
      ]
    case .offered, .declined, .lapsed, .withdrawn: return []
    }
  }
}

extension Format {
  fileprivate var words: Words {
    switch self {
    case .onSite: Words(en: "on site", fr: "sur place")
    case .remote: Words(en: "remotely", fr: "à distance")
    case .hybrid:
      Words(en: "partly on site, partly remotely", fr: "en partie sur place, en partie à distance")
    }
  }
}

extension HalfDay.Part {
  fileprivate var words: Words {
    switch self {
    case .morning: Words(en: "morning", fr: "matin")
    case .afternoon: Words(en: "afternoon", fr: "après-midi")
    }
  }
}
