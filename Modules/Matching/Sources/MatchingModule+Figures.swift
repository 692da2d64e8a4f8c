public import Kernel
internal import MatchingAPI
internal import PartnersAPI

extension MatchingModule {
  public var figures: [Figure] {
    [
      Figure(
        "matching.seats-filled",
        title: Words(en: "Seats filled at the end", fr: "Places pourvues à la fin"),
        by: Words(en: "mission", fr: "mission"),
        tallies: { edition, connection in
          try connection.rows(
            """
            SELECT brief_title, COUNT(*) AS n FROM matching_place
            WHERE edition_id = \(edition) AND state = 'confirmed' GROUP BY brief_title
            """
          ).map { (Words(try $0.get("brief_title", as: String.self)), $0) }.tallied(sum: nil)
        }
      ) { edition, connection in
        try allPlaces(edition, connection).filter { $0.state == .confirmed }.map {
          FigureRow($0.roleTitle.description, group: $0.briefTitle.description, source: $0.id)
        }
      },
      Figure(
        "matching.offers",
        title: Words(en: "Offers, by what became of them", fr: "Offres, selon leur suite"),
        by: Words(en: "outcome", fr: "suite"),
        tallies: { try outcomes($0, of: "1 = 1", $1) }
      ) { edition, connection in
        try allPlaces(edition, connection).map {
          FigureRow(
            "\($0.briefTitle) – \($0.roleTitle)", group: $0.state.words, source: $0.id)
        }
      },
      Figure(
        "matching.replacements",
        title: Words(en: "Seats offered again", fr: "Places proposées à nouveau"),
        by: Words(en: "outcome", fr: "suite"),
        tallies: { try outcomes($0, of: "replaces IS NOT NULL", $1) }
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
        unit: .days, aggregate: .median,
        tallies: { edition, connection in
          let values = try connection.rows(
            """
            SELECT (answered_at - offered_at) / 86400000 AS days FROM matching_place
            WHERE edition_id = \(edition) AND answered_at IS NOT NULL
            """
          ).map { try $0.get("days", as: Int64.self) }
          return [FigureTally(group: nil, values: values)]
        }
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

private func outcomes(
  _ edition: EditionID, of condition: SQL, _ connection: any Connection
) throws -> [FigureTally] {
  try connection.rows(
    """
    SELECT state, COUNT(*) AS n FROM matching_place
    WHERE edition_id = \(edition) AND \(part: condition) GROUP BY state
    """
  ).map { (PlaceState(rawValue: try $0.get("state"))?.words, $0) }.tallied(sum: nil)
}

/// What the report says of a place.
private struct ReportedPlace: Record {
  static let table = PlaceRow.table
  static let columns: StaticString =
    "id, brief_title, role_title, state, offered_at, answered_at, replaces"

  let id: PlaceID
  let briefTitle: Name
  let roleTitle: Name
  let state: PlaceState
  let offeredAt: Instant
  let answeredAt: Instant?
  let replaces: PlaceID?
}

private func allPlaces(
  _ edition: EditionID, _ connection: any Connection
) throws -> [ReportedPlace] {
  try connection.select(
    ReportedPlace.self,
    "WHERE edition_id = \(edition) ORDER BY brief_title, role_title, volunteer_name, number")
}
