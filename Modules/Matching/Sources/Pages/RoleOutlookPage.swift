internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import Pages
internal import ProgrammesAPI

// Which roles too few people could take, while there is time to change a brief or to look for people.
extension MatchingModule {
  var roleOutlookPage: PortalPage {
    PortalPage(
      "matching.role-outlook", "/editions/{edition}/role-outlook", by: .staff,
      Words(en: "Roles that lack people", fr: "Rôles qui manquent de monde"),
      asking: { (input: OfEdition, _) in
        (try await programmes.edition(input.edition), try await outlook(of: input.edition))
      }
    ) { (input: OfEdition, around: (Edition, [RoleOutlook]), _) in
      let (edition, outlook) = around
      let short = outlook.filter(\.isShort)
      return PageContent(
        title: Words(en: "Roles that lack people", fr: "Rôles qui manquent de monde"),
        over: Words(edition.name.description),
        lead: Words(
          en: "As the volunteers are today, whatever teams are made; drafts of briefs count.",
          fr:
            "Selon les volontaires d’aujourd’hui, quelles que soient les équipes ; les brouillons comptent."
        ),
        trail: [
          Link(
            Words(en: "Teams by matching", fr: "Équipes par appariement"),
            "/editions/\(edition.id)/matching")
        ]
      ) {
        Block.tiles([
          Tile(.number(outlook.count), Words(en: "roles", fr: "rôles")),
          Tile(.number(short.count), Words(en: "lack people", fr: "manquent de monde")),
          Tile(
            .number(short.count { $0.volunteers == 0 }),
            Words(en: "nobody could take", fr: "sans personne")),
        ])
        Block.table(
          Table(
            Words(
              en: "Roles with fewer people than seats",
              fr: "Rôles avec moins de monde que de places"),
            columns: [
              Column(en: "Mission", fr: "Mission"), Column(en: "Role", fr: "Rôle"),
              Column(en: "Seats", fr: "Places", number: true),
              Column(en: "Could take it", fr: "Pourraient le tenir", number: true),
              Column(en: "What keeps the others", fr: "Ce qui retient les autres"),
            ],
            rows: short.map { role in
              TableRow(
                [
                  .text(role.briefTitle), .text(role.roleTitle), .number(role.seats),
                  .number(role.volunteers),
                  .list(
                    role.obstacles.prefix(3).map { obstacle in
                      .words(
                        Words(
                          en:
                            "\(obstacle.volunteers) \(obstacle.why.en) (\(obstacle.alone) for this alone)",
                          fr:
                            "\(obstacle.volunteers) \(obstacle.why.fr) (\(obstacle.alone) pour cela seul)"
                        ))
                    }),
                ], page: "/briefs/\(role.brief)")
            },
            empty: Words(
              en: "Every role has people enough.", fr: "Chaque rôle a assez de monde."),
            csv: "roles"))
      }
    }
  }
}
