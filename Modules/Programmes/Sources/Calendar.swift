internal import Kernel
internal import ProgrammesAPI

struct HalfDayRow: Record {
  static let table = "programmes_half_day"
  let id: HalfDayID
  let editionId: EditionID
  let key: Key
  let day: Day
  let part: HalfDay.Part

  var contract: HalfDay { HalfDay(id: id, key: key, day: day, part: part) }
}

extension ProgrammesModule {
  @UseCases var aboutCalendar: [Endpoint] {
    setCalendar
    showCalendar
  }

  struct SetCalendar: Codable, Sendable {
    struct Entry: Codable, Sendable {
      let key: Key
      let day: Day
      let part: HalfDay.Part
    }
    let edition: EditionID
    let halfDays: [Entry]
  }

  var setCalendar: UseCase<SetCalendar, [HalfDay]> {
    .command(
      ProgrammesUseCases.setCalendar, .put, "/editions/{edition}/calendar", by: .staff,
      Words(
        en: "Set the kick-off half-days of an edition", fr: "Fixer les demi-journées de lancement"),
      problems: ["programmes/wrong-state", "programmes/half-days-in-use"]
    ) { (input: SetCalendar, transaction) in
      let edition = try transaction.get(EditionRow.self, input.edition)
      guard edition.state != .closed else { throw ProgrammesError.wrongState(edition.state) }
      try refuseImpossible(input.halfDays.map { ($0.key, $0.day) }, in: edition)
      let known = try transaction.select(HalfDayRow.self, "WHERE edition_id = \(edition.id)")
      if edition.state == .open {
        try refuseMoves(of: known, in: input.halfDays.map { ($0.key, $0.day, $0.part) })
      }
      // A half-day keeps its id when it keeps its key: others refer to it.
      for row in known where !input.halfDays.contains(where: { $0.key == row.key }) {
        try transaction.delete(HalfDayRow.self, row.id)
      }
      for entry in input.halfDays {
        let old = known.first { $0.key == entry.key }
        let row = HalfDayRow(
          id: old?.id ?? transaction.newID(), editionId: edition.id, key: entry.key, day: entry.day,
          part: entry.part)
        if old == nil { try transaction.insert(row) } else { try transaction.update(row) }
      }
      return try calendar(of: edition.id, in: transaction)
    }
  }

  var showCalendar: UseCase<OneEdition, [HalfDay]> {
    .query(
      "programmes.calendar", "/editions/{edition}/calendar", by: .everyone,
      Words(en: "Show the kick-off half-days of an edition", fr: "Montrer les demi-journées")
    ) { (input: OneEdition, transaction) in
      try calendar(of: transaction.get(EditionRow.self, input.edition).id, in: transaction)
    }
  }
}

/// Once the edition is open, people have said when they are free: a yes to Tuesday must not become a
/// yes to Friday. Half-days may still be added.
private func refuseMoves(
  of known: [HalfDayRow], in entries: [(key: Key, day: Day, part: HalfDay.Part)]
) throws {
  let moved = known.filter { row in
    !entries.contains { $0.key == row.key && $0.day == row.day && $0.part == row.part }
  }
  guard moved.isEmpty else { throw ProgrammesError.halfDaysInUse(moved.map(\.key)) }
}

private func refuseImpossible(_ entries: [(Key, Day)], in edition: EditionRow) throws {
  var faults: [FieldProblem] = []
  var seen: Set<Key> = []
  for (index, (key, day)) in entries.enumerated() {
    if !seen.insert(key).inserted {
      faults.append(
        FieldProblem("halfDays[\(index)].key", en: "is used twice", fr: "est utilisée deux fois"))
    }
    if day < edition.starts || day > edition.ends {
      faults.append(
        FieldProblem(
          "halfDays[\(index)].day",
          en: "is outside the edition (\(edition.starts) to \(edition.ends))",
          fr: "est hors de l’édition (du \(edition.starts) au \(edition.ends))"))
    }
  }
  guard faults.isEmpty else { throw Problem.invalidInput(faults) }
}

func calendar(of edition: EditionID, in connection: any Connection) throws -> [HalfDay] {
  try connection.select(
    HalfDayRow.self, "WHERE edition_id = \(edition) ORDER BY day, part DESC, key"
  ).map(\.contract)
}
