internal import ApplicationsAPI
public import Kernel

extension ApplicationsModule {
  public var figures: [Figure] {
    [
      Figure(
        "applications.received",
        title: Words(en: "Applications received", fr: "Candidatures reçues"),
        by: Words(en: "kind of organisation", fr: "type d’organisation"),
        tallies: {
          try byKind($0, of: "a.submitted_at IS NOT NULL AND a.state <> 'withdrawn'", $1)
        }
      ) { edition, connection in
        try evidence(edition, connection) { row, organisation, _ in
          row.submittedAt == nil || row.state == .withdrawn
            ? nil
            : FigureRow(
              published(row, organisation), group: organisation.kind.title, source: row.id)
        }
      },
      Figure(
        "applications.decisions", title: Words(en: "Decisions", fr: "Décisions"),
        by: Words(en: "decision", fr: "décision"),
        tallies: { edition, connection in
          try connection.rows(
            """
            SELECT decision, COUNT(*) AS n FROM applications_application
            WHERE edition_id = \(edition) AND decision IS NOT NULL GROUP BY decision
            """
          ).map { (Decision(rawValue: try $0.get("decision"))?.title, $0) }.tallied(sum: nil)
        }
      ) { edition, connection in
        try evidence(edition, connection) { row, organisation, _ in
          row.decision.map {
            FigureRow(published(row, organisation), group: $0.title, source: row.id)
          }
        }
      },
      Figure(
        "applications.days-to-decision",
        title: Words(
          en: "Days from application to decision", fr: "Jours entre candidature et décision"),
        unit: .days, aggregate: .median,
        tallies: { try spans($0, from: "submitted_at", to: "decided_at", of: "1 = 1", $1) }
      ) { edition, connection in
        try evidence(edition, connection) { row, organisation, zone in
          days(from: row.submittedAt, to: row.decidedAt, in: zone).map {
            FigureRow(published(row, organisation), value: $0, source: row.id)
          }
        }
      },
      Figure(
        "applications.organisations",
        title: Words(en: "Organisations accompanied", fr: "Organisations accompagnées"),
        by: Words(en: "kind of organisation", fr: "type d’organisation"),
        tallies: { try byKind($0, of: "a.state = 'confirmed'", $1) }
      ) { edition, connection in
        try evidence(edition, connection) { row, organisation, _ in
          row.state == .confirmed
            ? FigureRow(
              organisation.name.description, group: organisation.kind.title, source: row.id)
            : nil
        }
      },
      Figure(
        "applications.laureates-answers",
        title: Words(en: "Answers of laureates", fr: "Réponses des lauréats"),
        by: Words(en: "answer", fr: "réponse"),
        tallies: { edition, connection in
          try connection.rows(
            """
            SELECT state, COUNT(*) AS n FROM applications_application
            WHERE edition_id = \(edition)
              AND state IN ('laureate', 'confirmed', 'declined', 'lapsed') GROUP BY state
            """
          ).map { (ApplicationState(rawValue: try $0.get("state"))?.title, $0) }.tallied(sum: nil)
        }
      ) { edition, connection in
        try evidence(edition, connection) { row, organisation, _ in
          [.laureate, .confirmed, .declined, .lapsed].contains(row.state)
            ? FigureRow(
              organisation.name.description, group: row.state.title, source: row.id) : nil
        }
      },
      Figure(
        "applications.confirmation-days",
        title: Words(
          en: "Days from decision to confirmation", fr: "Jours entre décision et confirmation"),
        unit: .days, aggregate: .median,
        tallies: {
          try spans(
            $0, from: "COALESCE(promoted_at, decided_at)", to: "answered_at",
            of: "state = 'confirmed'", $1)
        }
      ) { edition, connection in
        try evidence(edition, connection) { row, organisation, zone in
          guard row.state == .confirmed else { return nil }
          return days(from: row.promotedAt ?? row.decidedAt, to: row.answeredAt, in: zone).map {
            FigureRow(organisation.name.description, value: $0, source: row.id)
          }
        }
      },
      Figure(
        "applications.replacements",
        title: Words(
          en: "Laureates from the waiting list", fr: "Lauréats venus de la liste d’attente"),
        tallies: { edition, connection in
          try connection.rows(
            """
            SELECT COUNT(*) AS n FROM applications_application
            WHERE edition_id = \(edition) AND state IN ('laureate', 'confirmed')
              AND promoted_at IS NOT NULL
            """
          ).map { (nil, $0) }.tallied(sum: nil)
        }
      ) { edition, connection in
        try evidence(edition, connection) { row, organisation, _ in
          row.promotedAt != nil && [.laureate, .confirmed].contains(row.state)
            ? FigureRow(organisation.name.description, source: row.id) : nil
        }
      },
    ]
  }
}

extension Decision {
  fileprivate var title: Words {
    switch self {
    case .laureate: Words(en: "laureates", fr: "lauréates")
    case .waitingList: Words(en: "on the waiting list", fr: "sur liste d’attente")
    case .refused: Words(en: "not selected", fr: "non retenues")
    }
  }
}

/// How many applications there are from each kind of organisation.
private func byKind(
  _ edition: EditionID, of condition: SQL, _ connection: any Connection
) throws -> [FigureTally] {
  try connection.rows(
    """
    SELECT o.kind, COUNT(*) AS n FROM applications_application a
    JOIN applications_organisation o ON o.id = a.organisation_id
    WHERE a.edition_id = \(edition) AND \(part: condition) GROUP BY o.kind
    """
  ).map { (OrganisationKind(rawValue: try $0.get("kind"))?.title, $0) }.tallied(sum: nil)
}

/// The days from one moment of an application to another, where both are known.
private func spans(
  _ edition: EditionID, from start: SQL, to end: SQL, of condition: SQL,
  _ connection: any Connection
) throws -> [FigureTally] {
  let zones = try zones(edition, connection)
  let values = try connection.rows(
    """
    SELECT call_id, \(part: start) AS first, \(part: end) AS last FROM applications_application
    WHERE edition_id = \(edition) AND \(part: condition)
      AND \(part: start) IS NOT NULL AND \(part: end) IS NOT NULL
    """
  ).compactMap { row -> Int64? in
    guard let zone = zones[try row.get("call_id")] else { return nil }
    return days(from: try row.get("first"), to: try row.get("last"), in: zone)
  }
  return [FigureTally(group: nil, values: values)]
}

/// The zone of each call of an edition, without what else a call holds.
private func zones(_ edition: EditionID, _ connection: any Connection) throws -> [CallID: Zone] {
  Dictionary(
    try connection.rows(
      "SELECT id, zone FROM applications_call WHERE edition_id = \(edition)"
    ).map { (try $0.get("id"), try $0.get("zone")) }
  ) { first, _ in first }
}

/// What `row` makes of the applications of an edition, by name of the organisation.
private func evidence(
  _ edition: EditionID, _ connection: any Connection,
  row: (ApplicationRow, OrganisationRow, Zone) -> FigureRow?
) throws -> [FigureRow] {
  let zones = try zones(edition, connection)
  return try withOrganisations(
    connection.select(ApplicationRow.self, "WHERE edition_id = \(edition)"), connection
  ).compactMap { application, organisation in
    zones[application.callId].flatMap { row(application, organisation, $0) }
  }
}

/// What a reader of the report may know of an applicant: the name of who was chosen, the kind of who
/// was not. Staff find the application by its source.
private func published(_ row: ApplicationRow, _ organisation: OrganisationRow) -> String {
  row.state == .confirmed ? organisation.name.description : organisation.kind.title.fr
}

/// Days by the calendar of the edition; nil until both moments are known.
private func days(from start: Instant?, to end: Instant?, in zone: Zone) -> Int64? {
  guard let start, let end else { return nil }
  return Int64(zone.day(of: start).days(until: zone.day(of: end)))
}
