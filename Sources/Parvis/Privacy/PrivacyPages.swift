internal import Foundation
internal import Kernel
internal import Pages

// What is kept about somebody, for themselves: on a page, and as a file to take away.
extension PrivacyModule: PortalModule {
  static let people: Set<Role> = [.reviewer, .member, .volunteer, .partner]

  var pages: [PortalPage] { [dataPage, retentionPage] }
  var files: [PortalFile] { [dataFile] }

  private var dataPage: PortalPage {
    PortalPage(
      "privacy.my-data", "/my-data", by: Self.people, Words(en: "My data", fr: "Mes données"),
      inMenu: true
    ) { (_: Nothing, transaction) in
      let found = try ownExport(in: transaction)
      return try PageContent(
        title: Words(en: "My data", fr: "Mes données"),
        lead: Words(
          en: "Everything that is kept about you under this hat.",
          fr: "Tout ce qui est gardé sur vous à ce titre.")
      ) {
        Block.facts([
          Fact(en: "Names", fr: "Noms", .list(found.names.map { .text($0) })),
          Fact(en: "Addresses", fr: "Adresses", .list(found.addresses.map { .text($0) })),
        ])
        Block.table(
          Table(
            Words(en: "What it is kept for", fr: "Pourquoi c’est gardé"),
            columns: [
              Column(en: "For", fr: "Pour"), Column(en: "Entries", fr: "Lignes", number: true),
            ],
            rows: found.records.map { TableRow([.words($0.purpose), .number($0.rows.count)]) },
            empty: Words(en: "Nothing.", fr: "Rien.")))
        Block.files([
          FileLine(
            Words(en: "All of it, to keep or take elsewhere", fr: "Le tout, à garder ou emporter"),
            "/my-data.json", type: "application/json")
        ])
        try restriction(of: transaction.actor.grant, in: transaction)
        Block.section(Words(en: "Something is wrong", fr: "Quelque chose est faux")) {
          Block.paragraph(
            en:
              "What you filled in yourself you correct on its page. For anything else, or to have it erased, ask the operator: an answer comes within a month.",
            fr:
              "Ce que vous avez saisi se corrige sur sa page. Pour le reste, ou pour un effacement, écrivez à l’opérateur : il répond sous un mois."
          )
          Block.links(
            Link(Words(en: "How to reach them", fr: "Comment le joindre"), "/imprint"))
        }
      }
    }
  }

  private var dataFile: PortalFile {
    PortalFile(
      "privacy.my-data-file", "/my-data.json", by: Self.people, asking: { (_: Nothing, _) in }
    ) {
      (_: Nothing, _: Void, transaction) in
      FileContent(
        name: "parvis.json", type: "application/json",
        bytes: Array(try JSON.data(of: ownExport(in: transaction))))
    }
  }
}
