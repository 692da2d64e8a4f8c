internal import Kernel
internal import Pages

// The calendars somebody follows, for their own page.
extension NotificationsModule {
  func calendarBlocks(
    of actor: Actor, below portal: String?, in connection: any Connection
  ) throws -> [Block] {
    guard actor.role == .volunteer || actor.role == .member else { return [] }
    let rows = try connection.calendars(of: actor.grant)
    return [
      Block.section(Words(en: "My sessions in my calendar", fr: "Mes séances dans mon agenda")) {
        Block.paragraph(
          en:
            "Your calendar program follows an address and shows your sessions as they stand. Whoever has the address can read it: take it back if it got out.",
          fr:
            "Votre agenda suit une adresse et montre vos séances à jour. Quiconque a l’adresse peut la lire : retirez-la si elle s’est ébruitée."
        )
        for row in rows {
          Block.facts([
            Fact(
              en: "Address", fr: "Adresse", .text("\(portal ?? "")\(CalendarLine(row).path)")),
            Fact(en: "Since", fr: "Depuis le", .moment(row.createdAt, zone)),
          ])
          Block.form(
            "notifications.revoke-calendar", [],
            fixed: ["calendar": .string(row.id.description)],
            button: Words(en: "Take it back", fr: "La retirer"), tone: .bad,
            then: .here(Words(en: "Nobody reads it any more.", fr: "Plus personne ne la lit.")))
        }
        Block.form(
          "notifications.create-calendar", [],
          button: Words(en: "Make an address", fr: "Créer une adresse"),
          then: .here(
            Words(
              en: "Copy the address into your calendar program.",
              fr: "Copiez l’adresse dans votre agenda.")))
      }
    ]
  }
}
