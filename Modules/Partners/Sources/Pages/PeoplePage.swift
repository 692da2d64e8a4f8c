internal import Kernel
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// The people a partner sends, by state; for staff, those of the whole edition.
extension PartnersModule {
  private struct SentBy: Codable, Sendable {
    let partner: PartnerID
    let edition: EditionID
    let after: PageMark?
  }
  private struct PeopleListed: Codable, Sendable {
    let edition: EditionID
    let state: VolunteerState?
    let after: PageMark?
  }

  /// How many people a page of the list shows.
  private var pageSize: PageSize? { PageSize(50) }

  var partnerPeoplePage: PortalPage {
    PortalPage(
      "partners.people", "/partners/{partner}/editions/{edition}", by: .staff(and: .partner),
      Words(en: "Your people", fr: "Vos participants"),
      asking: { (input: SentBy, _) in try await programmes.edition(input.edition) }
    ) { (input: SentBy, edition, transaction) in
      let policy = try PartnersPolicy(transaction)
      guard policy.mayActFor(input.partner) else {
        throw Problem.notFound(PartnerRow.noun, input.partner)
      }
      let partner = try transaction.get(PartnerRow.self, input.partner)
      let pledged = try transaction.first(
        PledgeRow.self, "WHERE partner = \(partner.id) AND edition_id = \(edition.id)")
      let people = try transaction.page(
        VolunteerRow.self,
        where:
          "edition_id = \(edition.id) AND partner = \(partner.id) AND \(part: policy.unrestricted)",
        by: "name", "id", after: input.after, limit: pageSize)
      let there = try transaction.count(
        VolunteerRow.self,
        "WHERE edition_id = \(edition.id) AND partner = \(partner.id) AND withdrawn_at IS NULL")
      let agreed = try agreement(of: partner.id, for: edition.id, in: transaction)
      let batches = try transaction.select(
        RosterBatchRow.self,
        """
        WHERE partner = \(partner.id) AND edition_id = \(edition.id)
        ORDER BY imported_at DESC, id
        """)
      let ready = try transaction.count(
        VolunteerRow.self,
        """
        WHERE edition_id = \(edition.id) AND partner = \(partner.id) AND withdrawn_at IS NULL
        AND completed_at IS NOT NULL
        """)
      return PageContent(
        title: Words(en: "Your people", fr: "Vos participants"),
        over: Words("\(partner.name), \(edition.name)"),
        trail: policy.isStaff
          ? [
            Link(Words(en: "Partners", fr: "Partenaires"), "/editions/\(edition.id)/partners"),
            Link(Words(partner.name.description), "/partners/\(partner.id)"),
          ] : [Link(Words(en: "Our editions", fr: "Nos éditions"), "/partner")]
      ) {
        Block.tiles([
          Tile(.optional(pledged) { .number($0.people) }, Words(en: "pledged", fr: "promises")),
          Tile(.number(there), Words(en: "registered", fr: "inscrites")),
          Tile(.number(ready), Words(en: "ready", fr: "prêtes")),
        ])
        if let pledged, pledged.people > 0 {
          Block.progress(
            Progress(
              Words(en: "Pledge kept", fr: "Engagement tenu"), done: min(there, pledged.people),
              of: pledged.people, unit: Words(en: "people", fr: "personnes")))
        }
        if edition.state != .closed {
          Block.section(Words(en: "Send a list", fr: "Envoyer une liste"), id: "roster") {
            Block.paragraph(
              en:
                "A CSV file with name, address and, where you know it, language and regime. You see what it changes before anybody is registered or written to.",
              fr:
                "Un fichier CSV avec le nom, l’adresse et, si vous les connaissez, la langue et le régime. Vous voyez ce qu’il change avant que quiconque soit inscrit ou prévenu."
            )
            Block.form(
              "partners.keep-roster",
              [FormField("csv", as: .file(accept: ".csv,text/csv,text/plain"))],
              fixed: [
                "partner": .string(partner.id.description),
                "edition": .string(edition.id.description),
              ], button: Words(en: "Check the list", fr: "Vérifier la liste"),
              then: .page(
                "/kept-rosters/{id}",
                Words(
                  en: "Nobody is registered yet: check it first.",
                  fr: "Personne n’est encore inscrit : vérifiez d’abord.")))
          }
        }
        Block.table(
          Table(
            Words(en: "People you sent", fr: "Personnes que vous envoyez"), columns: columns,
            rows: people.items.map { line($0, for: policy) },
            empty: Words(en: "Nobody is registered yet.", fr: "Personne n’est encore inscrit."),
            next: people.next, csv: "people"))
        if there > 1, edition.state != .closed {
          Block.links(
            Link(
              Words(en: "Withdraw several people", fr: "Retirer plusieurs personnes"),
              "/editions/\(edition.id)/withdrawals?partner=\(partner.id)"))
        }
        imports(batches, edition)
        engagement(partner, edition, pledged, agreed)
        agreementSection(partner, edition, agreed, isStaff: policy.isStaff)
        if policy.isStaff, edition.state != .closed, there > 0 || agreed?.endedOn == nil {
          departure(partner, edition, edition.zone.day(of: transaction.now))
        }
      }
    }
  }

  var volunteersPage: PortalPage {
    PortalPage(
      "partners.volunteers", "/editions/{edition}/volunteers", by: .staff,
      Words(en: "Volunteers", fr: "Volontaires"),
      asking: { (input: PeopleListed, _) in try await programmes.edition(input.edition) }
    ) { (input: PeopleListed, edition, transaction) in
      let policy = try PartnersPolicy(transaction)
      let state: SQL = input.state.map { "AND \(part: $0.condition)" } ?? ""
      let people = try transaction.page(
        VolunteerRow.self, where: "edition_id = \(edition.id) \(part: state)", by: "name", "id",
        after: input.after, limit: pageSize)
      return PageContent(
        title: Words(en: "Volunteers", fr: "Volontaires"), over: Words(edition.name.description)
      ) {
        if input.state == .registered, !people.items.isEmpty, edition.state != .closed {
          Block.form(
            "partners.remind-profiles", ["personalLine"],
            fixed: ["edition": .string(edition.id.description)],
            button: Words(
              en: "Invite again everybody whose profile is missing",
              fr: "Inviter de nouveau toutes les personnes sans profil"),
            confirming: Confirmation(
              Words(en: "Write to all of them?", fr: "Écrire à toutes ?"),
              Words(
                en: "Each gets one letter a day at most.",
                fr: "Chaque personne reçoit une lettre par jour au plus."),
              button: Words(en: "Yes, invite them again", fr: "Oui, inviter de nouveau")),
            then: .here(Words(en: "They are written to.", fr: "La lettre part.")))
        }
        Block.table(
          Table(
            Words(en: "Volunteers of the edition", fr: "Volontaires de l’édition"),
            columns: columns,
            rows: people.items.map { row in
              TableRow(line(row, for: policy).cells, page: "/volunteers/\(row.id)/profile")
            },
            empty: Words(en: "Nobody is registered yet.", fr: "Personne n’est encore inscrit."),
            filters: [
              Filter(
                "state", Words(en: "State", fr: "État"),
                choices: VolunteerState.allCases.map { FormChoice($0.rawValue, $0.words) },
                value: input.state?.rawValue)
            ], next: people.next, csv: "volunteers"))
        if people.items.count > 1, edition.state != .closed {
          Block.links(
            Link(
              Words(en: "Withdraw several people", fr: "Retirer plusieurs personnes"),
              "/editions/\(edition.id)/withdrawals"))
        }
      }
    }
  }

  private var columns: [Column] {
    [
      Column(en: "Name", fr: "Nom"), Column(en: "Address", fr: "Adresse"),
      Column(en: "State", fr: "État"),
    ]
  }

  private func line(_ row: VolunteerRow, for policy: PartnersPolicy) -> TableRow {
    TableRow([
      .text(row.name), .email(row.email),
      policy.isRestricted(row.id)
        ? .tag(Words(en: "restricted", fr: "limité"), .warning)
        : .tag(row.state.words, row.state.tone),
    ])
  }
}

extension VolunteerState {
  var words: Words {
    switch self {
    case .registered: Words(en: "profile to come", fr: "profil à compléter")
    case .complete: Words(en: "ready", fr: "profil complet")
    case .withdrawn: Words(en: "left", fr: "parti")
    }
  }
  var tone: Tone {
    switch self {
    case .registered: .warning
    case .complete: .good
    case .withdrawn: .plain
    }
  }
}
