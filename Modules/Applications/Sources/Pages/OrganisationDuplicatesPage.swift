internal import ApplicationsAPI
internal import Kernel
internal import Pages

// Which organisations are likely one: for staff to make one of them, or to say that they are two.
extension ApplicationsModule {
  static let duplicatesTitle = Words(
    en: "Organisations that are likely the same", fr: "Organisations sans doute identiques")

  var organisationDuplicatesPage: PortalPage {
    PortalPage(
      "applications.duplicates", "/organisation-duplicates", by: .staff, Self.duplicatesTitle
    ) { (_: Nothing, transaction) in
      let groups = try likelyGroups(in: transaction)
      let merges = try undoableMerges(in: transaction)
      let names = try transaction.find(OrganisationName.self, all: merges.map(\.kept))
      return PageContent(title: Self.duplicatesTitle) {
        if groups.isEmpty {
          Block.paragraph(en: "Nothing looks alike.", fr: "Rien ne se ressemble.")
        }
        for group in groups { likelySame(group) }
        if !merges.isEmpty {
          Block.section(Words(en: "Made one lately", fr: "Réunies récemment")) {
            Block.links(
              merges.map { merge in
                let kept = names[merge.kept]?.name.description ?? "—"
                return Link(
                  Words(
                    en: "Make two again: \(merge.moved.gone.name) and \(kept)",
                    fr: "Séparer de nouveau : \(merge.moved.gone.name) et \(kept)"),
                  "/organisation-merges/\(merge.id)")
              })
          }
        }
      }
    }
  }

  private func likelySame(_ group: [OrganisationRow]) -> Block {
    Block.section(Words(group[0].name.description)) {
      Block.table(
        Table(
          Words(en: "Likely one organisation", fr: "Sans doute une seule organisation"),
          columns: [
            Column(en: "Name", fr: "Nom"), Column(en: "SIREN or SIRET", fr: "SIREN ou SIRET"),
            Column(en: "RNA", fr: "RNA"), Column(en: "Territory", fr: "Territoire"),
          ],
          rows: group.map { row in
            TableRow(
              [
                .text(row.name),
                .optional(row.siret?.description ?? row.siren?.description) { .words(Words($0)) },
                .optional(row.rna) { .text($0) }, .text(row.territory),
              ], page: "/organisations/\(row.id)")
          }, empty: Words("")))
      for kept in group {
        for other in group where other.id != kept.id {
          Block.form(
            "applications.merge-organisations", [],
            fixed: [
              "organisation": .string(kept.id.description), "other": .string(other.id.description),
            ],
            button: Words(
              en: "One organisation: keep \(kept.name)",
              fr: "Une organisation : garder \(kept.name)"), tone: .bad,
            confirming: Confirmation(
              Words(en: "Make one of them?", fr: "N’en faire qu’une ?"),
              Words(
                en:
                  "People, applications, journeys and missions of \(other.name) become those of \(kept.name). It can be undone for \(MergeRow.daysToUndo) days.",
                fr:
                  "Membres, candidatures, parcours et missions de \(other.name) deviennent ceux de \(kept.name). Réversible \(MergeRow.daysToUndo) jours."
              ),
              button: Words(en: "Yes, one organisation", fr: "Oui, une organisation")),
            then: .here(Words(en: "They are one now.", fr: "C’est une seule organisation.")))
        }
      }
      Block.form(
        "applications.tell-apart", [],
        fixed: ["organisations": .array(group.map { .string($0.id.description) })],
        button: Words(en: "Different organisations", fr: "Organisations différentes"),
        then: .here(Words(en: "Noted.", fr: "C’est noté.")))
    }
  }
}
