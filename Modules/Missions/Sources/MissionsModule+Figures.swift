public import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

// What a reader of the report may open. No row is labelled with a person's name: next to a regime,
// or to the employment agency, it would say who is out of work.
extension MissionsModule {
  public var figures: [Figure] {
    [
      missionsByState, people, peopleByRegime, hours, hoursByRegime, hoursByPartner,
      acceptedDeliverables, organisationSatisfaction, volunteerSatisfaction, replacements, presence,
    ]
  }

  private var missionsByState: Figure {
    Figure(
      "missions.missions", title: Words(en: "Missions", fr: "Missions"),
      by: Words(en: "State", fr: "État"),
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT state, CASE WHEN cancelled_at IS NULL THEN 0 ELSE 1 END AS cancelled,
            COUNT(*) AS n
          FROM missions_mission WHERE edition_id = \(edition) GROUP BY 1, 2
          """
        ).map { row in
          (try group(MissionState(rawValue: row.get("state")), row.get("cancelled")), row)
        }.tallied(sum: nil)
      }
    ) { edition, connection in
      try connection.select(
        MissionRow.self, "WHERE edition_id = \(edition) ORDER BY title, organisation_name"
      ).alphabetical { [$0.title.description, $0.organisationName.description] }
        .map {
          FigureRow(
            "\($0.title) (\($0.organisationName))",
            group: group($0.state, $0.cancelledAt != nil), source: $0.id)
        }
    }
  }

  private var people: Figure {
    Figure(
      "missions.people", title: Words(en: "People in teams", fr: "Personnes dans les équipes"),
      by: Words(en: "Partner", fr: "Partenaire"), of: .people,
      tallies: { edition, connection in
        try counted("partner_name", of: edition, in: connection).map { row in
          (sender(try row.get(ifPresent: "what")), row)
        }.tallied(sum: nil).regrouped(connection.past(.people, in: edition).senders)
      }
    ) { edition, connection in
      unlinkable(
        try participants(of: edition, in: connection).map {
          FigureRow(
            $0.title.description, group: sender($0.member.partnerName), source: $0.member.id)
        }.regrouped(connection.past(.people, in: edition).senders))
    }
  }

  private var peopleByRegime: Figure {
    Figure(
      "missions.people-by-regime",
      title: Words(en: "People in teams, by regime", fr: "Personnes dans les équipes, par régime"),
      by: Words(en: "Regime", fr: "Régime"), of: .people,
      tallies: { edition, connection in
        try counted("regime", of: edition, in: connection).map { row in
          (try label(ofRegime: row.get("what")), row)
        }.tallied(sum: nil).regrouped(connection.past(.people, in: edition).regimes)
      }
    ) { edition, connection in
      unlinkable(
        try participants(of: edition, in: connection).map {
          FigureRow($0.title.description, group: $0.member.regime.label, source: $0.member.id)
        }.regrouped(connection.past(.people, in: edition).regimes))
    }
  }

  private var hours: Figure {
    Figure(
      "missions.hours", title: Words(en: "Hours given", fr: "Heures données"), unit: .hours,
      aggregate: .sum,
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT COUNT(*) AS n, COALESCE(SUM(minutes), 0) AS minutes FROM missions_hours
          WHERE edition_id = \(edition) AND state = 'validated'
          """
        ).map { (nil, $0) }.tallied(sum: "minutes")
      }
    ) { edition, connection in try ledger(of: edition, in: connection) { _ in nil } }
  }

  private var hoursByRegime: Figure {
    Figure(
      "missions.hours-by-regime",
      title: Words(en: "Hours given, by regime", fr: "Heures données, par régime"), unit: .hours,
      aggregate: .sum, by: Words(en: "Regime", fr: "Régime"), of: .people,
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT regime, COUNT(*) AS n, SUM(minutes) AS minutes FROM missions_hours
          WHERE edition_id = \(edition) AND state = 'validated' GROUP BY regime
          """
        ).map { (try label(ofRegime: $0.get("regime")), $0) }.tallied(sum: "minutes")
          .regroupedSums(connection.past(.hours, in: edition).regimes)
      }
    ) { edition, connection in
      unlinkable(
        try ledger(of: edition, in: connection) { $0.regime.label }
          .regroupedSums(connection.past(.hours, in: edition).regimes))
    }
  }

  private var hoursByPartner: Figure {
    Figure(
      "missions.hours-by-partner",
      title: Words(en: "Hours given, by partner", fr: "Heures données, par partenaire"),
      unit: .hours, aggregate: .sum, by: Words(en: "Partner", fr: "Partenaire"), of: .people,
      tallies: { edition, connection in
        let names = try connection.partnerNames(in: edition)
        return try connection.rows(
          """
          SELECT partner, partner_name, COUNT(*) AS n, SUM(minutes) AS minutes
          FROM missions_hours WHERE edition_id = \(edition) AND state = 'validated'
          GROUP BY regime, partner, partner_name
          """
        ).map { row in
          let partner: PartnerID? = try row.get(ifPresent: "partner")
          return (
            sender(try partner.flatMap { names[$0] } ?? row.get(ifPresent: "partner_name")), row
          )
        }.tallied(sum: "minutes").regroupedSums(connection.past(.hours, in: edition).senders)
      }
    ) { edition, connection in
      // One row for one partner, under the name it has now, whatever the entries were validated under.
      let names = try connection.partnerNames(in: edition)
      return unlinkable(
        try ledger(of: edition, in: connection) { row in
          sender(row.partner.flatMap { names[$0] } ?? row.partnerName)
        }.regroupedSums(connection.past(.hours, in: edition).senders))
    }
  }

  private var acceptedDeliverables: Figure {
    Figure(
      "missions.deliverables",
      title: Words(en: "Deliverables accepted", fr: "Livrables acceptés"),
      by: Words(en: "Organisation", fr: "Association"),
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT m.organisation_name, COUNT(*) AS n FROM missions_deliverable d
          JOIN missions_mission m ON m.id = d.mission
          WHERE d.edition_id = \(edition) AND d.state = 'accepted' GROUP BY m.organisation_name
          """
        ).map { (Words(try $0.get("organisation_name", as: String.self)), $0) }.tallied(sum: nil)
      }
    ) { edition, connection in
      try connection.rows(
        """
        SELECT d.id, d.title, m.organisation_name FROM missions_deliverable d
        JOIN missions_mission m ON m.id = d.mission
        WHERE d.edition_id = \(edition) AND d.state = 'accepted'
        ORDER BY m.organisation_name, d.title, d.submitted_at
        """
      ).map { row in
        let organisation: String = try row.get("organisation_name")
        return FigureRow(
          try row.get("title"), group: Words(organisation),
          source: try row.get("id", as: String.self))
      }
    }
  }

  private var organisationSatisfaction: Figure {
    Figure(
      "missions.satisfaction-organisations",
      title: Words(en: "Satisfaction of organisations", fr: "Satisfaction des associations"),
      unit: .score, aggregate: .mean,
      tallies: { edition, connection in
        try satisfactionTallies(.organisation, of: edition, in: connection)
      }
    ) { edition, connection in try satisfaction(.organisation, of: edition, in: connection) }
  }

  private var volunteerSatisfaction: Figure {
    Figure(
      "missions.satisfaction-volunteers",
      title: Words(en: "Satisfaction of volunteers", fr: "Satisfaction des volontaires"),
      unit: .score, aggregate: .mean,
      tallies: { edition, connection in
        try satisfactionTallies(.volunteer, of: edition, in: connection)
      }
    ) { edition, connection in try satisfaction(.volunteer, of: edition, in: connection) }
  }

  private var replacements: Figure {
    Figure(
      "missions.replacements",
      title: Words(
        en: "People who took over from somebody", fr: "Personnes qui ont pris le relais"),
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT COUNT(*) AS n FROM missions_member
          WHERE edition_id = \(edition) AND replaces IS NOT NULL
          """
        ).map { (nil, $0) }.tallied(sum: nil)
      }
    ) { edition, connection in
      try connection.rows(
        """
        SELECT p.id, p.role_title, m.title FROM missions_member p
        JOIN missions_mission m ON m.id = p.mission
        WHERE p.edition_id = \(edition) AND p.replaces IS NOT NULL
        ORDER BY m.title, p.role_title, p.joined_at, p.name
        """
      ).map { row in
        let title: String = try row.get("title")
        let role: String = try row.get("role_title")
        return FigureRow("\(title): \(role)", source: try row.get("id", as: String.self))
      }
    }
  }

  private var presence: Figure {
    Figure(
      "missions.presence",
      title: Words(en: "Presences at kick-off sessions", fr: "Présences au lancement"),
      by: Words(en: "Half-day", fr: "Demi-journée"),
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT s.day, s.part, CAST(SUM(p.people) AS BIGINT) AS n FROM (
            SELECT session, COUNT(*) AS people FROM missions_presence
            WHERE edition_id = \(edition) GROUP BY session) AS p
          JOIN missions_session s ON s.id = p.session WHERE s.kind = 'kick-off'
          GROUP BY s.day, s.part
          """
        ).map { row in
          let part = HalfDay.Part(rawValue: try row.get("part")) ?? .morning
          return (part.words(on: try row.get("day")), row)
        }.tallied(sum: nil)
      }
    ) { edition, connection in
      try connection.rows(
        """
        SELECT p.id, s.day, s.part, m.title FROM missions_presence p
        JOIN missions_session s ON s.id = p.session JOIN missions_mission m ON m.id = s.mission
        WHERE p.edition_id = \(edition) AND s.kind = 'kick-off'
        ORDER BY s.starts_at, m.title, p.id
        """
      ).map { row in
        let part = HalfDay.Part(rawValue: try row.get("part")) ?? .morning
        return FigureRow(
          try row.get("title"), group: part.words(on: try row.get("day")),
          source: try row.get("id", as: String.self))
      }
    }
  }
}

/// How many of those who were in a team, each counted once with the first mission they joined, have each
/// value of a column.
private func counted(
  _ column: StaticString, of edition: EditionID, in connection: any Connection
) throws -> [Row] {
  let first: SQL = """
    FROM (SELECT partner_name, regime, ROW_NUMBER() OVER (
        PARTITION BY volunteer ORDER BY joined_at, id) AS place FROM missions_member WHERE edition_id = \(edition)) AS joined
    WHERE place = 1
    """
  let what = SQL(stringLiteral: column)
  return try connection.rows(
    "SELECT \(part: what) AS what, COUNT(*) AS n \(part: first) GROUP BY \(part: what)")
}

private func satisfactionTallies(
  _ side: EvaluationSide, of edition: EditionID, in connection: any Connection
) throws -> [FigureTally] {
  try connection.rows(
    """
    SELECT COUNT(*) AS n, COALESCE(SUM(satisfaction), 0) * 100 AS points
    FROM missions_evaluation WHERE edition_id = \(edition) AND side = \(side.rawValue)
    """
  ).map { (nil, $0) }.tallied(sum: "points")
}

private func group(_ state: MissionState?, _ isCancelled: Bool) -> Words? {
  isCancelled ? Words(en: "Cancelled", fr: "Annulée") : state?.words
}

private func label(ofRegime text: String) -> Words { Regime(rawValue: text)?.label ?? Words(text) }

/// What the report says of a mission where it speaks of its people.
private struct Titled: Record {
  static let table = MissionRow.table
  static let columns: StaticString = "id, title"

  let id: MissionID
  let title: Name
}

/// What the report says of somebody in a team.
private struct Participant: Record {
  static let table = MemberRow.table
  static let columns: StaticString = "id, mission, volunteer, partner_name, regime"

  let id: MemberRow.ID
  let mission: MissionID
  let volunteer: VolunteerID
  let partnerName: Name?
  let regime: Regime
}

/// What the report says of an entry of hours.
private struct GivenHours: Record {
  static let table = HoursRow.table
  static let columns: StaticString =
    "id, mission, volunteer, regime, partner, partner_name, minutes"

  let id: HoursEntryID
  let mission: MissionID
  let volunteer: VolunteerID
  let regime: Regime
  let partner: PartnerID?
  let partnerName: Name?
  let minutes: Int
}

/// Everybody who was in a team, once, with the first mission they joined.
private func participants(
  of edition: EditionID, in connection: any Connection
) throws -> [(member: Participant, title: Name)] {
  let titles = Dictionary(
    uniqueKeysWithValues: try connection.select(Titled.self, "WHERE edition_id = \(edition)")
      .map { ($0.id, $0.title) })
  var seen: Set<VolunteerID> = []
  return try connection.select(
    Participant.self,
    """
    WHERE edition_id = \(edition)
    ORDER BY joined_at, id
    """
  ).compactMap { member in
    guard seen.insert(member.volunteer).inserted, let title = titles[member.mission] else {
      return nil
    }
    return (member, title)
  }
}

/// The validated hours of an edition.
private func ledger(
  of edition: EditionID, in connection: any Connection, by group: (GivenHours) -> Words?
) throws -> [FigureRow] {
  let titles = Dictionary(
    uniqueKeysWithValues: try connection.select(Titled.self, "WHERE edition_id = \(edition)")
      .map { ($0.id, $0.title.description) })
  return try connection.select(
    GivenHours.self,
    """
    WHERE edition_id = \(edition) AND state = 'validated'
    ORDER BY day, name, logged_at, minutes
    """
  ).map { row in
    FigureRow(
      titles[row.mission] ?? "", value: Int64(row.minutes), group: group(row), source: row.id,
      person: row.volunteer)
  }
}

/// Rows in an order that says nothing about whose they are: a reader who knows who worked on a day,
/// or who compares two pages line by line, must not read off who is out of work.
private func unlinkable(_ rows: [FigureRow]) -> [FigureRow] {
  rows.sorted {
    ($0.group?.en ?? "", $0.label, $0.value, $0.source) < (
      $1.group?.en ?? "", $1.label, $1.value, $1.source
    )
  }
}

private func satisfaction(
  _ side: EvaluationSide, of edition: EditionID, in connection: any Connection
) throws -> [FigureRow] {
  try connection.rows(
    """
    SELECT e.id, e.satisfaction, m.title, m.organisation_name FROM missions_evaluation e
    JOIN missions_mission m ON m.id = e.mission
    WHERE e.edition_id = \(edition) AND e.side = \(side.rawValue)
    ORDER BY m.organisation_name, m.title, e.given_at, e.satisfaction
    """
  ).map { row in
    let title: String = try row.get("title")
    let organisation: String = try row.get("organisation_name")
    return FigureRow(
      "\(title) (\(organisation))", value: try row.get("satisfaction", as: Int64.self) * 100,
      source: try row.get("id", as: String.self))
  }
}

func sender(_ partner: Name?) -> Words {
  partner.map { Words($0.description) } ?? Words(en: "No partner", fr: "Sans partenaire")
}

extension MissionState {
  fileprivate var words: Words {
    switch self {
    case .forming: Words(en: "Forming", fr: "En formation")
    case .running: Words(en: "Running", fr: "En cours")
    case .closed: Words(en: "Closed", fr: "Close")
    }
  }
}

extension HalfDay.Part {
  fileprivate func words(on day: Day) -> Words {
    switch self {
    case .morning: Words(en: "\(day), morning", fr: "\(day), matin")
    case .afternoon: Words(en: "\(day), afternoon", fr: "\(day), après-midi")
    }
  }
}
