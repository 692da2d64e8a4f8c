internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import Pages
internal import ProgrammesAPI

// Staff offer an empty seat themselves, and let two people change seats: what it breaks and costs is said
// before.
extension MatchingModule {
  private struct Offering: Codable, Sendable {
    let edition: EditionID
    let role: MissionRoleID?
    let volunteer: VolunteerID?
  }

  var offerPage: PortalPage {
    PortalPage(
      "matching.offer-by-hand", "/editions/{edition}/offers", by: .staff,
      Words(en: "Offer a seat by hand", fr: "Proposer une place à la main"),
      asking: { (input: Offering, _) in try await gather(input.edition) }
    ) { (input: Offering, situation: MatchingCase, transaction) in
      let active = try transaction.select(
        PlaceRow.self,
        """
        WHERE edition_id = \(input.edition) AND state IN ('offered', 'confirmed') ORDER BY number
        """)
      let isPublished =
        try transaction.count(
          RunRow.self, "WHERE edition_id = \(input.edition) AND state = 'published'") > 0
      let held = Dictionary(grouping: active, by: \.role).mapValues(\.count)
      let holders = Set(active.map(\.volunteer))
      let seats = situation.seats.filter { $0.role.seats.value > held[$0.role.id] ?? 0 }
      let free = situation.volunteers.filter { !holders.contains($0.id) }
      return try PageContent(
        title: Words(en: "Offer a seat by hand", fr: "Proposer une place à la main"),
        over: Words(situation.edition.name.description),
        trail: [
          Link(
            Words(en: "Places offered", fr: "Places proposées"),
            "/editions/\(input.edition)/places")
        ]
      ) {
        if !isPublished {
          Block.notice(
            .info,
            Words(en: "No teams are published yet", fr: "Aucune équipe n’est encore publiée"),
            Words(
              en: "Publish a run first; then seats that are free can be offered one by one.",
              fr:
                "Publiez d’abord un appariement ; les places libres se proposent ensuite une à une."
            ))
        } else {
          if let volunteer = input.volunteer, let role = input.role {
            try offer(
              previewOffer(
                PreviewOffer(edition: input.edition, volunteer: volunteer, role: role), situation,
                transaction), in: situation.edition, at: transaction.now)
          }
          Block.table(
            Table(
              Words(en: "Seats that are free", fr: "Places libres"),
              columns: [
                Column(en: "Role", fr: "Rôle"), Column(en: "Mission", fr: "Mission"),
                Column(en: "Free", fr: "Libres", number: true),
              ],
              rows: seats.map { seat in
                TableRow([
                  .text(seat.role.title), .text(seat.brief.title),
                  .number(seat.role.seats.value - (held[seat.role.id] ?? 0)),
                ])
              }, empty: Words(en: "Every seat is taken.", fr: "Toutes les places sont prises."),
              filters: seats.isEmpty
                ? []
                : [
                  Filter(
                    "role", Words(en: "Seat", fr: "Place"),
                    choices: seats.map {
                      FormChoice($0.role.id, name: "\($0.role.title) – \($0.brief.title)")
                    }, value: input.role?.description),
                  Filter(
                    "volunteer", Words(en: "For", fr: "Pour"),
                    choices: free.map { FormChoice($0.id, name: $0.contact.name) }.sorted {
                      $0.words.en < $1.words.en
                    }, value: input.volunteer?.description),
                ]))
        }
      }
    }
  }

  /// What it would mean, then the button that does it.
  private func offer(_ placing: Placing, in edition: Edition, at now: Instant) -> [Block] {
    var blocks: [Block] = [
      .facts([
        Fact(
          en: "Points of affinity", fr: "Points d’affinité", .number(placing.points)),
        Fact(
          en: "Best of those who wait", fr: "Meilleure des personnes en attente",
          .optional(placing.bestName) { name in
            .words(
              en: "\(name), \(placing.best ?? 0) points", fr: "\(name), \(placing.best ?? 0) points"
            )
          }),
      ])
    ]
    for word in placing.forbids {
      blocks.append(.notice(.bad, Words(en: "It cannot be", fr: "C’est impossible"), word))
    }
    for word in placing.breaks {
      blocks.append(
        .notice(.warning, Words(en: "It breaks a rule", fr: "Cela enfreint une règle"), word))
    }
    if placing.forbids.isEmpty {
      blocks.append(
        .form(
          "matching.offer",
          ["confirmBy"]
            + (placing.breaks.isEmpty
              ? [] : [FormField("despite", as: .lines(2), required: true)]),
          fixed: [
            "edition": .string(edition.id.description),
            "volunteer": .string(placing.volunteer.description),
            "role": .string(placing.role.description),
          ],
          values: ["confirmBy": .string(edition.zone.day(of: now).advanced(by: 7).description)],
          button: Words(
            en: "Offer it to \(placing.volunteerName)", fr: "La proposer à \(placing.volunteerName)"
          ),
          tone: .good,
          then: .page(
            "/editions/\(edition.id)/places",
            Words(
              en: "Offered: the letter is on its way.", fr: "C’est proposé : la lettre est partie.")
          )))
    }
    return [
      .section(
        Section(
          Words(
            en: "\(placing.volunteerName): \(placing.roleTitle) – \(placing.briefTitle)",
            fr: "\(placing.volunteerName) : \(placing.roleTitle) – \(placing.briefTitle)"),
          id: "offer", blocks))
    ]
  }

  /// Sending an offer again, with the term it has or a longer one.
  func askingAgain(_ place: PlaceRow, in zone: Zone, _ transaction: Transaction) -> [Block] {
    guard transaction.actor.isStaff, place.state == .offered, place.confirmBy > transaction.now
    else { return [] }
    let id: [String: JSON] = ["place": .string(place.id.description)]
    let later = zone.end(of: zone.day(of: place.confirmBy).advanced(by: 7))
    return [
      .details(
        Words(en: "Ask again", fr: "Solliciter de nouveau"),
        [
          .form(
            "matching.resend-offer", [], fixed: id,
            button: Words(en: "Send the letter again", fr: "Renvoyer la lettre"),
            then: .here(Words(en: "It is sent again.", fr: "Elle est renvoyée."))),
          .form(
            "matching.extend-offer", ["until"], fixed: id,
            values: ["until": .string(later.description)], version: place.version,
            button: Words(
              en: "Give them longer, and send it", fr: "Laisser plus de temps, et renvoyer"),
            then: .here(Words(en: "They have longer.", fr: "C’est prolongé."))),
        ])
    ]
  }

  /// Letting the holder of a place and of another one change seats.
  func swapping(_ place: PlaceRow, in zone: Zone, _ transaction: Transaction) throws -> [Block] {
    guard transaction.actor.isStaff, place.state.isActive else { return [] }
    let others = try transaction.select(
      PlaceRow.self,
      """
      WHERE edition_id = \(place.editionId) AND state IN ('offered', 'confirmed')
      AND role <> \(place.role) AND volunteer <> \(place.volunteer) ORDER BY number
      """)
    guard !others.isEmpty else { return [] }
    let choices = others.map {
      FormChoice($0.id, name: "\($0.volunteerName): \($0.roleTitle) – \($0.briefTitle)")
    }.sorted { $0.words.en < $1.words.en }
    return [
      .details(
        Words(en: "Change seats with somebody", fr: "Échanger avec quelqu’un"),
        [
          .form(
            "matching.swap",
            [
              FormField("other", as: .select, choices: choices), "confirmBy",
              FormField("reason", as: .lines(2)),
              FormField("despite", as: .lines(2), required: false),
            ], fixed: ["place": .string(place.id.description)],
            values: [
              "confirmBy": .string(
                zone.day(of: transaction.now).advanced(by: 7).description)
            ], button: Words(en: "Let them change seats", fr: "Échanger les places"),
            tone: .warning,
            confirming: Confirmation(
              Words(en: "Let them change seats?", fr: "Échanger les places ?"),
              Words(
                en: "Both are asked again by letter, each for the other’s seat.",
                fr:
                  "Les deux sont sollicitées de nouveau par lettre, chacune pour la place de l’autre."
              ),
              button: Words(en: "Yes, ask both", fr: "Oui, solliciter les deux")),
            then: .page(
              "/editions/\(place.editionId)/places",
              Words(en: "Both are asked.", fr: "Les deux sont sollicitées.")))
        ])
    ]
  }
}
