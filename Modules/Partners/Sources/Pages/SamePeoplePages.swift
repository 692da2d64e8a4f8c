internal import Kernel
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// Whom two registered, and who is likely one person: for staff to settle.
extension PartnersModule {
  var claimsPage: PortalPage {
    PortalPage(
      "partners.claims", "/editions/{edition}/claims", by: .staff,
      Words(en: "Registered by two", fr: "Inscrits deux fois"),
      asking: { (input: OfEdition, _) in try await programmes.edition(input.edition) }
    ) { (input: OfEdition, edition, transaction) in
      let claims = try transaction.select(
        VolunteerRow.self,
        """
        WHERE edition_id = \(edition.id) AND claim_of IS NOT NULL AND withdrawn_at IS NULL
        ORDER BY sequence
        """
      ).map { try claim($0, in: transaction) }
      return PageContent(
        title: Words(en: "Registered by two", fr: "Inscrits deux fois"),
        over: Words(edition.name.description),
        trail: [Link(Words(en: "Partners", fr: "Partenaires"), "/editions/\(edition.id)/partners")]
      ) {
        if claims.isEmpty {
          Block.paragraph(en: "Nothing to settle.", fr: "Rien à trancher.")
        }
        for claim in claims {
          let by = claim.partnerName?.description ?? "—"
          Block.section(Words(claim.name.description)) {
            Block.facts(
              Fact(
                en: "Registered as", fr: "Déjà inscrit comme",
                .optional(claim.registeredName) { .text($0) }),
              Fact(en: "Address", fr: "Adresse", .email(claim.email)),
              Fact(en: "Now listed by", fr: "Maintenant annoncé par", .text(by)))
            for move in [true, false] {
              Block.form(
                "partners.settle-claim", [],
                fixed: ["claim": .string(claim.claim.description), "move": .bool(move)],
                button: move
                  ? Words(en: "They come for \(by)", fr: "Relève de \(by)")
                  : Words(en: "They stay as they are", fr: "Reste comme inscrit"),
                then: .here(Words(en: "Settled.", fr: "C’est tranché.")))
            }
          }
        }
      }
    }
  }

  var duplicatesPage: PortalPage {
    PortalPage(
      "partners.duplicates", "/editions/{edition}/duplicates", by: .staff,
      Words(en: "Likely the same", fr: "Sans doute les mêmes"),
      asking: { (input: OfEdition, _) in try await programmes.edition(input.edition) }
    ) { (input: OfEdition, edition, transaction) in
      let people = try likelyVolunteers(of: edition.id, in: transaction)
      let partners = try likelyPartners(in: transaction)
      let merges = try undoableMerges(in: transaction)
      return try PageContent(
        title: Words(en: "Likely the same", fr: "Sans doute les mêmes"),
        over: Words(edition.name.description),
        trail: [Link(Words(en: "Partners", fr: "Partenaires"), "/editions/\(edition.id)/partners")]
      ) {
        if people.isEmpty, partners.isEmpty {
          Block.paragraph(en: "Nothing looks alike.", fr: "Rien ne se ressemble.")
        }
        for group in people {
          Block.section(Words(group[0].name.description)) {
            Block.table(
              Table(
                Words(en: "Likely one person", fr: "Sans doute une seule personne"),
                columns: [
                  Column(en: "Name", fr: "Nom"), Column(en: "Address", fr: "Adresse"),
                  Column(en: "State", fr: "État"),
                ],
                rows: group.map {
                  TableRow(
                    [.text($0.name), .email($0.email), .tag($0.state.words, $0.state.tone)],
                    page: "/volunteers/\($0.id)/profile")
                }, empty: Words("")))
            for other in group.dropFirst() {
              Block.form(
                "partners.merge-volunteers", [],
                fixed: [
                  "volunteer": .string(group[0].id.description),
                  "other": .string(other.id.description),
                ],
                button: Words(
                  en: "One person: keep \(group[0].email)",
                  fr: "Une personne : garder \(group[0].email)"),
                tone: .bad,
                confirming: Confirmation(
                  Words(en: "Make one of them?", fr: "N’en faire qu’une ?"),
                  Words(
                    en: "\(other.email) becomes \(group[0].email). It can be undone for some days.",
                    fr:
                      "\(other.email) devient \(group[0].email). Réversible pendant quelques jours."
                  ),
                  button: Words(en: "Yes, one person", fr: "Oui, une personne")),
                then: .here(Words(en: "They are one now.", fr: "C’est une seule personne.")))
            }
            Block.form(
              "partners.tell-apart", [],
              fixed: ["volunteers": .array(group.map { .string($0.id.description) })],
              button: Words(en: "Different people", fr: "Personnes différentes"),
              then: .here(Words(en: "Noted.", fr: "C’est noté.")))
          }
        }
        for group in partners {
          Block.section(Words(group[0].name.description)) {
            Block.facts(
              group.map { Fact(Words($0.name.description), .optional($0.siren) { .text($0) }) })
            for other in group.dropFirst() {
              Block.form(
                "partners.merge", [],
                fixed: [
                  "partner": .string(group[0].id.description),
                  "other": .string(other.id.description),
                ], button: Words(en: "One partner", fr: "Un seul partenaire"), tone: .bad,
                confirming: Confirmation(
                  Words(en: "Make one of them?", fr: "N’en faire qu’un ?"),
                  Words(
                    en: "\(other.name) becomes \(group[0].name).",
                    fr: "\(other.name) devient \(group[0].name)."),
                  button: Words(en: "Yes, one partner", fr: "Oui, un seul")),
                then: .here(Words(en: "They are one now.", fr: "C’est un seul partenaire.")))
            }
            Block.form(
              "partners.tell-apart", [],
              fixed: ["partners": .array(group.map { .string($0.id.description) })],
              button: Words(en: "Different partners", fr: "Partenaires différents"),
              then: .here(Words(en: "Noted.", fr: "C’est noté.")))
          }
        }
        if !merges.isEmpty {
          try Block.section(Words(en: "Made one lately", fr: "Réunis récemment")) {
            for merge in merges { try undoing(merge, in: transaction) }
          }
        }
      }
    }
  }

  /// Who came since is asked about in place.
  private func undoing(_ merge: MergeRow, in transaction: Transaction) throws -> Block {
    let name = merge.goneName?.description ?? "—"
    var values: [String: JSON] = [:]
    var fields: [FormField] = []
    if let moved = merge.partners {
      let since = try SincePartnerMerge(moved, in: transaction)
      let kept = try transaction.get(PartnerRow.self, moved.kept).name
      let choices = [
        FormChoice(moved.kept, name: kept), FormChoice(moved.gone.id, name: moved.gone.name),
      ]
      for (kind, id, name) in since.contacts.map({ ("contact", "\($0.id)", $0.name) })
        + since.volunteers.map({ ("volunteer", "\($0.id)", $0.name) })
      {
        let line = "destinations[\(fields.count)]"
        values["\(line).\(kind)"] = .string(id)
        fields.append(
          FormField(
            line + ".partner", label: Words(name.description), as: .radios, choices: choices,
            required: true))
      }
    }
    return .form(
      Form(
        "partners.undo-merge",
        fields: fields.isEmpty
          ? []
          : [
            FieldGroup(
              Words(en: "Who came since: whose are they?", fr: "Venus depuis : à qui sont-ils ?"),
              fields)
          ],
        fixed: ["merge": .string(merge.id.description)], values: values,
        button: Words(en: "Bring \(name) back", fr: "Rétablir \(name)"),
        confirming: Confirmation(
          Words(en: "Take the merge back?", fr: "Défaire la fusion ?"),
          Words(
            en: "What was moved goes back, as far as it is still there.",
            fr: "Ce qui avait suivi repart, autant que c’est encore là."),
          button: Words(en: "Yes, two again", fr: "Oui, séparer")),
        then: .here(Words(en: "They are two again.", fr: "Ils sont de nouveau deux."))))
  }
}
