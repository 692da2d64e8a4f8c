internal import Kernel
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// What a partner and the operator agreed on, and the lists that came of it.
extension PartnersModule {
  /// Imports of lists, each with the way back.
  func imports(_ batches: [RosterBatchRow], _ edition: Edition) -> [Block] {
    guard !batches.isEmpty else { return [] }
    return [
      .table(
        Table(
          Words(en: "Lists imported", fr: "Listes importées"),
          columns: [
            Column(en: "When", fr: "Quand"), Column(en: "Added", fr: "Ajoutées", number: true),
            Column(en: "Changed", fr: "Modifiées", number: true),
            Column(en: "To do", fr: "À faire"),
          ],
          rows: batches.map { batch in
            TableRow([
              .moment(batch.importedAt, edition.zone), .number(batch.imported),
              .number(batch.updated),
              batch.undoneAt != nil
                ? .tag(Words(en: "taken back", fr: "annulée"))
                : .button(
                  Form(
                    "partners.undo-roster", fixed: ["batch": .string(batch.id.description)],
                    button: Words(en: "Take it back", fr: "Annuler cette liste"), tone: .bad,
                    confirming: Confirmation(
                      Words(en: "Take this list back?", fr: "Annuler cette liste ?"),
                      Words(
                        en:
                          "Those it added are taken off, and told if they were written to; those it changed are as before.",
                        fr:
                          "Les personnes ajoutées sont retirées, et prévenues si elles avaient été invitées ; celles modifiées redeviennent comme avant."
                      ),
                      button: Words(en: "Yes, take it back", fr: "Oui, l’annuler")),
                    then: .here(Words(en: "The list is taken back.", fr: "La liste est annulée.")))),
            ])
          }, empty: Words("")))
    ]
  }

  func engagement(
    _ partner: PartnerRow, _ edition: Edition, _ pledge: PledgeRow?, _ agreed: AgreementRow?
  ) -> [Block] {
    guard edition.state != .closed else { return [] }
    return [
      .section(Words(en: "Pledge", fr: "Engagement"), id: "pledge") {
        if let pledge {
          Block.facts(
            Fact(en: "People", fr: "Personnes", .number(pledge.people)),
            Fact(en: "Days", fr: "Jours", .number(pledge.days)))
        }
        Block.details(
          pledge == nil
            ? Words(en: "Make a pledge", fr: "Prendre un engagement")
            : Words(en: "Change the pledge", fr: "Modifier l’engagement"),
          [
            .form(
              "partners.pledge", ["people", "days"],
              fixed: [
                "partner": .string(partner.id.description),
                "edition": .string(edition.id.description),
              ],
              values: pledge.map {
                ["people": .integer(Int64($0.people)), "days": .integer(Int64($0.days))]
              } ?? [:], version: pledge?.version,
              button: Words(en: "Pledge", fr: "S’engager"),
              then: .here(Words(en: "Thank you: noted.", fr: "Merci : c’est noté.")))
          ])
      }
    ]
  }

  func agreementSection(
    _ partner: PartnerRow, _ edition: Edition, _ agreed: AgreementRow?, isStaff: Bool
  ) -> Block {
    let regimes = FormField(
      "regimes", as: .checkboxes,
      choices: Regime.allCases.filter { $0 != .jobSeeker || partner.kind == .employmentAgency }.map
      {
        FormChoice($0.rawValue, JSONSchema.words(of: $0.rawValue))
      })
    return .section(Words(en: "Agreement", fr: "Convention"), id: "agreement") {
      if let agreed {
        Block.facts([
          Fact(en: "Signed on", fr: "Signée le", .day(agreed.signedOn)),
          Fact(en: "Ended on", fr: "Terminée le", .optional(agreed.endedOn) { .day($0) }),
          Fact(
            en: "Regimes", fr: "Régimes",
            .list(agreed.regimes.map { .words(JSONSchema.words(of: $0.rawValue)) })),
          Fact(
            en: "Hourly cost, in cents, as you gave it",
            fr: "Coût horaire, en centimes, tel que donné",
            .optional(agreed.hourlyCostCents) { .number($0) }),
        ])
      } else {
        Block.paragraph(
          en: "No agreement is signed for this edition yet.",
          fr: "Aucune convention n’est encore signée pour cette édition.")
      }
      if isStaff, edition.state != .closed {
        if let agreed, agreed.endedOn == nil {
          Block.details(
            Words(en: "Amend the agreement", fr: "Modifier la convention"),
            [
              .form(
                "partners.amend-agreement", [regimes, "hourlyCostCents"],
                fixed: ["agreement": .string(agreed.id.description)],
                values: [
                  "regimes": .array(agreed.regimes.map { .string($0.rawValue) }),
                  "hourlyCostCents": agreed.hourlyCostCents.map { .integer(Int64($0)) } ?? .null,
                ], version: agreed.version, button: Words(en: "Save", fr: "Enregistrer"),
                then: .here(
                  Words(en: "The agreement is amended.", fr: "La convention est modifiée.")))
            ])
        } else {
          Block.form(
            "partners.sign-agreement", ["signedOn", regimes, "hourlyCostCents"],
            fixed: [
              "partner": .string(partner.id.description),
              "edition": .string(edition.id.description),
            ], button: Words(en: "Record the agreement", fr: "Enregistrer la convention"),
            then: .here(
              Words(
                en: "Recorded; the partner is told.",
                fr: "C’est enregistré ; le partenaire est prévenu.")))
        }
      }
    }
  }

  /// A partner that no longer takes part: each of its people is asked whether they stay.
  func departure(_ partner: PartnerRow, _ edition: Edition, _ today: Day) -> Block {
    .details(
      Words(en: "The partner no longer takes part", fr: "Le partenaire ne participe plus"),
      [
        .form(
          "partners.end-agreement", [FormField("reason", as: .lines(3)), "answerBy"],
          fixed: [
            "partner": .string(partner.id.description),
            "edition": .string(edition.id.description),
          ], values: ["answerBy": .string(today.advanced(by: 14).description)],
          button: Words(en: "End the agreement", fr: "Mettre fin à la convention"), tone: .bad,
          confirming: Confirmation(
            Words(en: "End the agreement?", fr: "Mettre fin à la convention ?"),
            Words(
              en:
                "The partner is told, and each of its people is asked to stay in their own time or leave.",
              fr:
                "Le partenaire est prévenu, et chacune de ses personnes est invitée à rester sur son temps personnel ou à partir."
            ),
            button: Words(en: "Yes, end it", fr: "Oui, y mettre fin")),
          then: .here(
            Words(
              en: "Ended; everybody concerned is told.",
              fr: "C’est fait ; tout le monde est prévenu.")))
      ])
  }
}
