internal import AccompanimentAPI
public import Kernel

extension AccompanimentModule {
  public var figures: [Figure] { [needs, publishedMissions, seats, attendance, peerExchanges] }

  private var needs: Figure {
    Figure(
      "accompaniment.needs", title: Words(en: "Needs confirmed", fr: "Besoins confirmés"),
      by: Words(en: "mission type", fr: "type de mission"),
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT MIN(id) AS id, mission_type_name, COUNT(*) AS needs FROM accompaniment_need
          WHERE edition_id = \(edition) AND state = 'confirmed' GROUP BY mission_type_name
          """
        ).decoded(as: ConfirmedNeeds.self).map {
          FigureTally(group: $0.missionTypeName, rows: $0.needs)
        }
      }
    ) { edition, connection in
      let names = try organisationNames(of: edition, in: connection)
      return try connection.select(
        NeedRow.self, "WHERE edition_id = \(edition) AND state = 'confirmed'"
      ).map { need in (need, names[need.journey] ?? "") }
        .sorted {
          ($0.0.missionTypeName.en, $0.1, $0.0.position)
            < ($1.0.missionTypeName.en, $1.1, $1.0.position)
        }
        .map { need, name in FigureRow(name, group: need.missionTypeName, source: need.id) }
    }
  }

  private var publishedMissions: Figure {
    Figure(
      "accompaniment.briefs",
      title: Words(en: "Mission briefs published", fr: "Cahiers des charges publiés"),
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT COUNT(*) AS n FROM accompaniment_brief
          WHERE edition_id = \(edition) AND state = 'published'
          """
        ).map { (nil, $0) }.tallied(sum: nil)
      }
    ) { edition, connection in
      try publishedByName(of: edition, in: connection).map {
        FigureRow("\($0.organisationName): \($0.title)", source: $0.id)
      }
    }
  }

  private var seats: Figure {
    Figure(
      "accompaniment.seats", title: Words(en: "Seats in the teams", fr: "Places dans les équipes"),
      aggregate: .sum,
      tallies: { edition, connection in
        // Roles are one column, so their seats are added up here.
        let seats = try connection.select(
          BriefSeats.self, "WHERE edition_id = \(edition) AND state = 'published'"
        ).flatMap { $0.roles.map { Int64($0.seats.value) } }
        return [FigureTally(group: nil, values: seats)]
      }
    ) { edition, connection in
      try publishedByName(of: edition, in: connection).flatMap { brief in
        brief.roles.map {
          FigureRow(
            "\(brief.organisationName): \(brief.title), \($0.title)",
            value: Int64($0.seats.value), source: $0.id)
        }
      }
    }
  }

  private var attendance: Figure {
    Figure(
      "accompaniment.attendance",
      title: Words(en: "Organisations present at workshops", fr: "Présences aux ateliers"),
      by: Words(en: "workshop", fr: "atelier"),
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT w.title, COUNT(*) AS n FROM accompaniment_invitation i
          JOIN accompaniment_workshop w ON w.id = i.workshop
          WHERE i.edition_id = \(edition) AND i.present = 1 GROUP BY w.title
          """
        ).map { (Words(try $0.get("title", as: String.self)), $0) }.tallied(sum: nil)
      }
    ) { edition, connection in
      try connection.rows(
        """
        SELECT i.id, j.organisation_name AS name, w.title
        FROM accompaniment_invitation i
        JOIN accompaniment_workshop w ON w.id = i.workshop
        JOIN accompaniment_journey j ON j.id = i.journey
        WHERE i.edition_id = \(edition) AND i.present = 1
        ORDER BY w.day, w.title, j.organisation_name, i.id
        """
      ).map {
        FigureRow(
          try $0.get("name", as: String.self), group: try $0.get("title", as: String.self),
          source: try $0.get("id", as: String.self))
      }
    }
  }

  private var peerExchanges: Figure {
    Figure(
      "accompaniment.peer-exchanges",
      title: Words(en: "Exchanges between peers", fr: "Échanges entre pairs")
    ) { edition, connection in
      try connection.select(
        WorkshopRow.self,
        "WHERE edition_id = \(edition) AND kind = 'peer-exchange' ORDER BY day, title, id"
      ).map { FigureRow("\($0.title) (\($0.day))", source: $0.id) }
    }
  }
}

private func organisationNames(
  of edition: EditionID, in connection: any Connection
) throws -> [JourneyID: String] {
  let journeys = try connection.select(JourneyRow.self, "WHERE edition_id = \(edition)")
  return Dictionary(
    journeys.map { ($0.id, $0.organisationName.description) },
    uniquingKeysWith: { first, _ in first })
}

/// How many needs there are of a type.
private struct ConfirmedNeeds: Record {
  static let table = NeedRow.table

  let id: NeedID
  let missionTypeName: Words
  let needs: Int
}

/// What the report says of a brief.
private struct ReportedBrief: Record {
  static let table = BriefRow.table
  static let columns: StaticString = "id, organisation_name, title, roles"

  let id: BriefID
  let organisationName: Name
  let title: Name
  let roles: [BriefRole]
}

/// How many seats a brief has.
private struct BriefSeats: Record {
  static let table = BriefRow.table
  static let columns: StaticString = "id, roles"

  let id: BriefID
  let roles: [Role]

  struct Role: Codable, Sendable {
    let seats: Whole<1, 10>
  }
}

private func publishedByName(
  of edition: EditionID, in connection: any Connection
) throws -> [ReportedBrief] {
  try connection.select(
    ReportedBrief.self,
    """
    WHERE edition_id = \(edition) AND state = 'published'
    ORDER BY organisation_name, title, position
    """
  ).alphabetical { [$0.organisationName.description, $0.title.description] }
}
