internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// Workshops and peer exchanges: planned and noted by staff, read by those who are invited.
extension AccompanimentModule {
  private struct OneWorkshop: Codable, Sendable {
    let workshop: WorkshopID
  }
  private struct OfEdition: Codable, Sendable {
    let edition: EditionID
  }

  var workshopsPage: PortalPage {
    PortalPage(
      "accompaniment.workshops", "/editions/{edition}/workshops", by: .staff,
      Words(en: "Workshops and peer exchanges", fr: "Ateliers et échanges entre pairs"),
      asking: { (input: OfEdition, _) in try await programmes.edition(input.edition) }
    ) { (input: OfEdition, edition, transaction) in
      let rows = try transaction.select(
        WorkshopRow.self, "WHERE edition_id = \(edition.id) ORDER BY day, title, id")
      let counts = try transaction.rows(
        """
        SELECT workshop, COUNT(*) AS invited, SUM(CASE WHEN present THEN 1 ELSE 0 END) AS present
        FROM accompaniment_invitation WHERE edition_id = \(edition.id) GROUP BY workshop
        """)
      var invited: [WorkshopID: (Int, Int)] = [:]
      for row in counts {
        invited[try row.get("workshop")] = (
          try row.get("invited"), try row.get(ifPresent: "present") ?? 0
        )
      }
      let journeys = try transaction.select(
        JourneyRow.self,
        "WHERE edition_id = \(edition.id) AND ended_at IS NULL ORDER BY organisation_name, id"
      ).alphabetical { $0.organisationName }
      return PageContent(
        title: Words(en: "Workshops and peer exchanges", fr: "Ateliers et échanges entre pairs"),
        over: Words(edition.name.description),
        trail: [Link(Words(en: "Journeys", fr: "Parcours"), "/editions/\(edition.id)/journeys")]
      ) {
        Block.table(
          Table(
            Words(en: "Workshops of the edition", fr: "Ateliers de l’édition"),
            columns: [
              Column(en: "Title", fr: "Titre"), Column(en: "Day", fr: "Jour"),
              Column(en: "Kind", fr: "Genre"), Column(en: "State", fr: "État"),
              Column(en: "Invited", fr: "Invitées", number: true),
              Column(en: "Came", fr: "Venues", number: true),
            ],
            rows: rows.map { row in
              TableRow(
                [
                  .text(row.title), .day(row.day), .words(row.kind.words),
                  .tag(state(of: row, edition.zone.day(of: transaction.now))),
                  .number(invited[row.id]?.0 ?? 0), .number(invited[row.id]?.1 ?? 0),
                ], page: "/workshops/\(row.id)")
            }, empty: Words(en: "None is planned yet.", fr: "Aucun n’est encore prévu."),
            csv: "workshops"))
        if edition.state != .closed, !journeys.isEmpty {
          Block.section(Words(en: "Plan one", fr: "En prévoir un"), id: "plan") {
            Block.form(
              "accompaniment.plan-workshop",
              [
                "title", FormField("kind", as: .radios), "day",
                FormField(
                  "journeys", label: Words(en: "Whom to invite", fr: "Qui inviter"),
                  as: .checkboxes,
                  choices: journeys.map { FormChoice($0.id, name: $0.organisationName) }),
              ], fixed: ["edition": .string(edition.id.description)],
              values: ["journeys": .array(journeys.map { .string($0.id.description) })],
              button: Words(en: "Plan and invite", fr: "Prévoir et inviter"),
              then: .page(
                "/workshops/{id}",
                Words(
                  en: "Planned; those invited are told.",
                  fr: "C’est prévu ; les invités sont prévenus.")))
          }
        }
      }
    }
  }

  private func state(of row: WorkshopRow, _ today: Day) -> StateTag {
    if row.cancelledAt != nil { return StateTag(Words(en: "cancelled", fr: "annulé"), .bad) }
    return row.day < today
      ? StateTag(Words(en: "held", fr: "tenu"), .good)
      : StateTag(Words(en: "planned", fr: "prévu"), .info)
  }

  var workshopPage: PortalPage {
    PortalPage(
      "accompaniment.workshop", "/workshops/{workshop}", by: .staff(and: .member),
      Words(en: "A workshop", fr: "Un atelier"), byLetter: true,
      asking: { (input: OneWorkshop, context) in
        let policy = try await policy(for: context.actor)
        let row = try await host.read { connection -> WorkshopRow? in
          guard let row = try connection.find(WorkshopRow.self, input.workshop) else { return nil }
          let view = try WorkshopView(row, for: policy, in: connection)
          return policy.actor.isStaff || !view.guests.isEmpty ? row : nil
        }
        guard let row else { throw Problem.notFound(WorkshopRow.noun, input.workshop) }
        return (policy, try await programmes.edition(row.editionId))
      }
    ) { (input: OneWorkshop, around: (AccompanimentPolicy, Edition), transaction) in
      let (policy, edition) = around
      let row = try transaction.get(WorkshopRow.self, input.workshop)
      let view = try WorkshopView(row, for: policy, in: transaction)
      let today = edition.zone.day(of: transaction.now)
      return PageContent(
        title: Words(row.title.description), over: row.kind.words,
        trail: policy.actor.isStaff
          ? [
            Link(
              Words(en: "Workshops", fr: "Ateliers"), "/editions/\(edition.id)/workshops")
          ]
          : view.guests.prefix(1).map {
            Link(Words(en: "Our journey", fr: "Notre parcours"), "/journeys/\($0.journey)")
          }
      ) {
        if row.cancelledAt != nil {
          Block.notice(
            .bad, Words(en: "This does not take place", fr: "Cela n’a pas lieu"),
            row.cancelReason.map { Words($0.description) })
        }
        Block.facts(
          Fact(en: "Day", fr: "Jour", .day(row.day)),
          Fact(en: "State", fr: "État", .tag(state(of: row, today))),
          Fact(en: "Organisations invited", fr: "Organisations invitées", .number(view.invited)))
        Block.people(
          view.guests.map { guest in
            PersonCard(
              guest.organisationName,
              tag: guest.present.map {
                $0
                  ? StateTag(Words(en: "was there", fr: "présente"), .good)
                  : StateTag(Words(en: "was not there", fr: "absente"))
              }, page: "/journeys/\(guest.journey)")
          })
        if policy.actor.isStaff, row.cancelledAt == nil { desk(row, view, today) }
      }
    }
  }

  private func desk(_ row: WorkshopRow, _ view: WorkshopView, _ today: Day) -> [Block] {
    let id: [String: JSON] = ["workshop": .string(row.id.description)]
    if row.day <= today {
      return [
        .section(Words(en: "Who came", fr: "Qui est venu")) {
          Block.form(
            "accompaniment.record-attendance",
            [
              FormField(
                "present", as: .checkboxes,
                choices: view.guests.map { FormChoice($0.journey, name: $0.organisationName) })
            ], fixed: id,
            values: [
              "present": .array(
                view.guests.filter { $0.present ?? false }.map { .string($0.journey.description) })
            ], version: row.version,
            button: Words(en: "Save who came", fr: "Enregistrer les présences"),
            then: .here(Words(en: "Saved.", fr: "Enregistré.")))
        }
      ]
    }
    return [
      .details(
        Words(en: "Cancel it", fr: "L’annuler"),
        [
          .form(
            "accompaniment.cancel-workshop", [FormField("reason", as: .lines(3))], fixed: id,
            version: row.version, button: Words(en: "Cancel it", fr: "Annuler"), tone: .bad,
            confirming: Confirmation(
              Words(en: "Cancel it?", fr: "L’annuler ?"),
              Words(
                en: "Every organisation invited is told, with the reason.",
                fr: "Toutes les organisations invitées sont prévenues, avec la raison."),
              button: Words(en: "Yes, cancel it", fr: "Oui, l’annuler")),
            then: .here(
              Words(
                en: "Cancelled; those invited are told.", fr: "Annulé ; les invités sont prévenus.")
            ))
        ])
    ]
  }
}
