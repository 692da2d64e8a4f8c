internal import ApplicationsAPI
public import Kernel

extension ApplicationsModule {
  public var figures: [Figure] {
    [
      Figure(
        "applications.received",
        title: Words(en: "Applications received", fr: "Candidatures reçues"),
        by: Words(en: "kind of organisation", fr: "type d’organisation")
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
        by: Words(en: "decision", fr: "décision")
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
        unit: .days, aggregate: .median
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
        by: Words(en: "kind of organisation", fr: "type d’organisation")
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
        by: Words(en: "answer", fr: "réponse")
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
        unit: .days, aggregate: .median
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
          en: "Laureates from the waiting list", fr: "Lauréats venus de la liste d’attente")
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

/// What `row` makes of the applications of an edition, by name of the organisation.
private func evidence(
  _ edition: EditionID, _ connection: any Connection,
  row: (ApplicationRow, OrganisationRow, Zone) -> FigureRow?
) throws -> [FigureRow] {
  let zones = Dictionary(
    try connection.select(CallRow.self, "WHERE edition_id = \(edition)").map { ($0.id, $0.zone) }
  ) { first, _ in first }
  return try withOrganisations(
    connection.select(ApplicationRow.self, "WHERE edition_id = \(edition)"), connection
  ).compactMap { row($0, $1, zones[$0.callId] ?? .paris) }
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
