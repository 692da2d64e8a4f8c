internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// Why somebody has the place they have, or none; why a seat is empty; and the two ways to insist.
extension MatchingModule {
  var whyVolunteerPage: PortalPage {
    PortalPage(
      "matching.why-volunteer", "/runs/{run}/volunteers/{volunteer}", by: .staff,
      Words(en: "Why somebody is placed so", fr: "Pourquoi ce placement"),
      asking: { (input: OneVolunteer, _) in try await evidence(ofFinished: input.run) }
    ) { (input: OneVolunteer, evidence: Evidence?, transaction) in
      let run = try finishedRun(input.run, in: transaction)
      let why = try why(input.volunteer, in: run.id, evidence, transaction)
      let situation = evidence?.situation
      let held = Set(why.placed.map(\.role))
      let locked = try locks(of: run.editionId, in: transaction).filter {
        $0.volunteer == input.volunteer
      }
      return PageContent(
        title: Words(why.volunteerName.description),
        over: Words(en: "Run \(run.number)", fr: "Appariement \(run.number)"), trail: trail(run)
      ) {
        Block.paragraph(why.why)
        Block.facts([
          Fact(
            en: "Placed", fr: "Placement",
            why.placed.isEmpty
              ? .words(en: "no place", fr: "sans place")
              : .list(why.placed.map { .text("\($0.roleTitle) – \($0.briefTitle)") })),
          Fact(
            en: "Roles they could take", fr: "Rôles possibles",
            .optional(why.openRoles) { .number($0) }),
          Fact(
            en: "Without them, the whole would lose",
            fr: "Sans cette personne, l’ensemble perdrait",
            .optional(why.contribution) { .words($0.words) }),
          Fact(
            en: "Best other place, and what it would cost",
            fr: "Meilleure autre place, et son coût",
            .optional(why.alternative) { seat in
              .words(
                en: "\(seat.roleTitle) – \(seat.briefTitle): \(seat.cost?.words.en ?? "?")",
                fr: "\(seat.roleTitle) – \(seat.briefTitle) : \(seat.cost?.words.fr ?? "?")")
            }),
        ])
        if !why.exclusions.isEmpty {
          Block.table(
            Table(
              Words(en: "What kept them out of roles", fr: "Ce qui a écarté de rôles"),
              columns: [
                Column(en: "Rule", fr: "Règle"), Column(en: "Roles", fr: "Rôles", number: true),
              ],
              rows: why.exclusions.map { TableRow([.words($0.rule), .number($0.count)]) },
              empty: Words("")))
        }
        if !why.nearest.isEmpty {
          Block.table(
            Table(
              Words(en: "Nearest roles", fr: "Rôles les plus proches"),
              columns: [
                Column(en: "Role", fr: "Rôle"), Column(en: "Mission", fr: "Mission"),
                Column(en: "What is missing", fr: "Ce qui manque"),
              ],
              rows: why.nearest.map {
                TableRow([.text($0.roleTitle), .text($0.briefTitle), .words($0.missing)])
              }, empty: Words("")))
        }
        Block.links(
          Link(
            Words(en: "What if they were not there?", fr: "Et si cette personne n’était pas là ?"),
            "/runs/\(run.id)/what-if?change=without&volunteer=\(input.volunteer)"))
        insisting(on: input.volunteer, held: held, situation, run)
        lifting(locked, situation)
      }
    }
  }

  /// Keeping somebody in a role, or out of it, in every run to come.
  private func insisting(
    on volunteer: VolunteerID, held: Set<MissionRoleID>, _ situation: MatchingCase?, _ run: RunRow
  ) -> [Block] {
    guard let situation else { return [] }
    let roles = situation.seats.map {
      FormChoice($0.role.id, name: "\($0.role.title) – \($0.brief.title)")
    }
    let fixed: [String: JSON] = [
      "edition": .string(run.editionId.description), "volunteer": .string(volunteer.description),
    ]
    let here: JSON = held.first.map { .string($0.description) } ?? .null
    return [
      .details(
        Words(en: "Keep in a role in every run", fr: "Garder sur un rôle dans tout appariement"),
        [
          .form(
            "matching.pin",
            [FormField("role", as: .select, choices: roles), FormField("reason", as: .lines(2))],
            fixed: fixed, values: ["role": here], button: Words(en: "Keep", fr: "Garder"),
            then: .here(Words(en: "Every run keeps to it.", fr: "Tout appariement le respecte.")))
        ]),
      .details(
        Words(en: "Keep out of a role in every run", fr: "Écarter d’un rôle dans tout appariement"),
        [
          .form(
            "matching.forbid",
            [FormField("role", as: .select, choices: roles), FormField("reason", as: .lines(2))],
            fixed: fixed, values: ["role": here], button: Words(en: "Keep out", fr: "Écarter"),
            then: .here(Words(en: "Every run keeps to it.", fr: "Tout appariement le respecte.")))
        ]),
    ]
  }

  private func lifting(_ locked: [LockRow], _ situation: MatchingCase?) -> [Block] {
    locked.map { lock in
      let seat = situation?.seat(lock.role)
      let name = seat.map { "\($0.role.title) – \($0.brief.title)" } ?? lock.role.description
      return .section(
        Words(en: "\(lock.kind.words.en): \(name)", fr: "\(lock.kind.words.fr) : \(name)")
      ) {
        Block.prose(lock.reason)
        Block.form(
          "matching.unlock", [], fixed: ["lock": .string(lock.id.description)],
          button: Words(en: "Lift this", fr: "Lever cette contrainte"),
          then: .here(Words(en: "Lifted.", fr: "C’est levé.")))
      }
    }
  }

  var whyRolePage: PortalPage {
    PortalPage(
      "matching.why-role", "/runs/{run}/roles/{role}", by: .staff,
      Words(en: "Why a role has whom it has", fr: "Pourquoi ce rôle est ainsi pourvu"),
      asking: { (input: OneRole, _) in try await requiredEvidence(of: input.run) }
    ) { (input: OneRole, evidence: Evidence, transaction) in
      let run = try finishedRun(input.run, in: transaction)
      let why = try evidence.why(input.role)
      return PageContent(
        title: Words(why.roleTitle.description), over: Words(why.briefTitle.description),
        trail: trail(run)
      ) {
        Block.paragraph(why.why)
        Block.facts([
          Fact(en: "Seats", fr: "Places", .number(why.seats)),
          Fact(en: "Empty", fr: "Vides", .number(why.empty)),
          Fact(en: "Who could take it", fr: "Personnes possibles", .number(why.eligible)),
          Fact(
            en: "Cheapest to bring here", fr: "Le moins coûteux à faire venir",
            .optional(why.cheapestMove) { person in
              .words(
                en: "\(person.volunteerName): \(person.cost?.words.en ?? "?")",
                fr: "\(person.volunteerName) : \(person.cost?.words.fr ?? "?")")
            }),
        ])
        Block.people(
          why.holders.map {
            PersonCard($0.volunteerName, page: "/runs/\(run.id)/volunteers/\($0.volunteer)")
          })
        if !why.nearMisses.isEmpty {
          Block.table(
            Table(
              Words(
                en: "One rule alone keeps these free people out",
                fr: "Une seule règle écarte ces personnes libres"),
              columns: [
                Column(en: "Rule", fr: "Règle"),
                Column(en: "People", fr: "Personnes", number: true),
              ],
              rows: why.nearMisses.map { TableRow([.words($0.rule), .number($0.count)]) },
              empty: Words("")))
        }
        Block.links(
          Link(
            Words(en: "What if it had one seat more?", fr: "Et avec une place de plus ?"),
            "/runs/\(run.id)/what-if?change=seat&role=\(input.role)"))
      }
    }
  }

  func trail(_ run: RunRow) -> [Link] {
    [
      Link(
        Words(en: "Teams by matching", fr: "Équipes par appariement"),
        "/editions/\(run.editionId)/matching"),
      Link(Words(en: "Run \(run.number)", fr: "Appariement \(run.number)"), "/runs/\(run.id)"),
    ]
  }
}

extension CostView {
  /// `about 1 seat and 40 points`.
  var words: Words {
    let sure =
      switch certainty {
      case .exact: Words("")
      case .atLeast: Words(en: "at least ", fr: "au moins ")
      case .about: Words(en: "about ", fr: "environ ")
      }
    return Words(
      en: "\(sure.en)\(seats) seats and \(points) points",
      fr: "\(sure.fr)\(seats) places et \(points) points")
  }
}
