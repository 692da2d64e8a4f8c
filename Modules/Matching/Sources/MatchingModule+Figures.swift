public import Kernel
internal import MatchingAPI
internal import PartnersAPI

extension MatchingModule {
  public var figures: [Figure] {
    [
      Figure(
        "matching.seats-filled",
        title: Words(en: "Seats filled at the end", fr: "Places pourvues à la fin"),
        by: Words(en: "mission", fr: "mission")
      ) { edition, connection in
        try allPlaces(edition, connection).filter { $0.state == .confirmed }.map {
          FigureRow($0.roleTitle.description, group: $0.briefTitle.description, source: $0.id)
        }
      },
      Figure(
        "matching.offers",
        title: Words(en: "Offers, by what became of them", fr: "Offres, selon leur suite"),
        by: Words(en: "outcome", fr: "suite")
      ) { edition, connection in
        try allPlaces(edition, connection).map {
          FigureRow(
            "\($0.briefTitle) – \($0.roleTitle)", group: $0.state.words, source: $0.id)
        }
      },
      Figure(
        "matching.replacements",
        title: Words(en: "Seats offered again", fr: "Places proposées à nouveau"),
        by: Words(en: "outcome", fr: "suite")
      ) { edition, connection in
        try allPlaces(edition, connection).filter { $0.replaces != nil }.map {
          FigureRow(
            "\($0.briefTitle) – \($0.roleTitle)", group: $0.state.words, source: $0.id)
        }
      },
      Figure(
        "matching.days-to-answer",
        title: Words(
          en: "Days from an offer to its answer", fr: "Jours entre l’offre et la réponse"),
        unit: .days, aggregate: .median
      ) { edition, connection in
        try allPlaces(edition, connection).compactMap { place in
          place.answeredAt.map { answered in
            FigureRow(
              "\(place.briefTitle) – \(place.roleTitle)",
              value: (answered.milliseconds - place.offeredAt.milliseconds) / 86_400_000,
              source: place.id)
          }
        }
      },
    ]
  }
}

private func allPlaces(_ edition: EditionID, _ connection: any Connection) throws -> [PlaceRow] {
  try connection.select(
    PlaceRow.self,
    "WHERE edition_id = \(edition) ORDER BY brief_title, role_title, volunteer_name, number")
}
