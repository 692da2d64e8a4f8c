internal import Kernel
internal import ProgrammesAPI

struct EditionRow: Versioned {
  static let table = "programmes_edition"
  static let noun = Words(en: "edition", fr: "édition")

  let id: EditionID
  var version: Int
  let programme: ProgrammeID
  var name: Name
  var theme: Paragraph
  var territory: Name
  var zone: Zone
  var format: Format
  var starts: Day
  var ends: Day
  var state: EditionState

  var contract: Edition {
    Edition(
      id: id, programme: programme, name: name, theme: theme, territory: territory, zone: zone,
      format: format, starts: starts, ends: ends, state: state)
  }
}

extension ProgrammesModule {
  @UseCases var aboutEditions: [Endpoint] {
    planEdition
    listEditions
    showEdition
    openEdition
    changeFormat
    listUnfinished
    closeEdition
    correctEdition
    reopenEdition
  }

  struct Plan: Codable, Sendable {
    let programme: ProgrammeID
    let name: Name
    let theme: Paragraph
    let territory: Name
    let zone: Zone?
    let format: Format
    let starts: Day
    let ends: Day
  }
  struct Close: Codable, Sendable {
    let edition: EditionID
    let despite: Paragraph?
  }
  struct Correct: Codable, Sendable {
    let edition: EditionID
    let version: Int?
    let name: Name
    let theme: Paragraph
    let territory: Name
    let starts: Day
    let ends: Day
  }
  struct Change: Codable, Sendable {
    let edition: EditionID
    let version: Int?
    let format: Format
  }

  var planEdition: UseCase<Plan, EditionRow> {
    .command(
      ProgrammesUseCases.planEdition, .post, "/editions", by: .staff,
      Words(en: "Plan an edition of a programme", fr: "Prévoir une édition d’un programme")
    ) { (input: Plan, transaction) in
      guard try transaction.find(ProgrammeRow.self, input.programme) != nil else {
        throw Problem.notFound(Words(en: "programme", fr: "programme"), input.programme)
      }
      guard input.starts <= input.ends else { throw ProgrammesError.endsBeforeStart }
      let row = EditionRow(
        id: transaction.newID(), version: 1, programme: input.programme, name: input.name,
        theme: input.theme, territory: input.territory, zone: input.zone ?? host.clock.zone,
        format: input.format, starts: input.starts, ends: input.ends, state: .planned)
      try transaction.insert(row)
      return row
    }
  }

  var listEditions: UseCase<Nothing, [EditionRow]> {
    .query(
      ProgrammesUseCases.editions, "/editions", by: .everyone,
      Words(en: "List the editions", fr: "Lister les éditions")
    ) { (_: Nothing, transaction) in
      try transaction.select(EditionRow.self, "ORDER BY starts, name")
        .alphabetical { [$0.starts.description, $0.name.description] }
    }
  }

  var showEdition: UseCase<OneEdition, EditionRow> {
    .query(
      "programmes.edition", "/editions/{edition}", by: .everyone,
      Words(en: "Show an edition", fr: "Montrer une édition")
    ) { (input: OneEdition, transaction) in try transaction.get(EditionRow.self, input.edition) }
  }

  var openEdition: UseCase<OneEdition, EditionRow> {
    .command(
      "programmes.open-edition", .post, "/editions/{edition}/opening", by: .staff,
      Words(en: "Open a planned edition", fr: "Ouvrir une édition prévue"),
      problems: ["programmes/wrong-state"]
    ) { (input: OneEdition, transaction) in
      let row = try move(input.edition, from: .planned, to: .open, in: transaction)
      try transaction.emit(EditionOpened(id: row.id))
      return row
    }
  }

  var listUnfinished: UseCase<OneEdition, [Unfinished]> {
    .query(
      "programmes.unfinished", "/editions/{edition}/unfinished", by: .staff,
      Words(
        en: "List what is still open in an edition",
        fr: "Lister ce qui reste ouvert dans une édition")
    ) { (input: OneEdition, transaction) in
      try transaction.unfinished(in: try transaction.get(EditionRow.self, input.edition).id)
    }
  }

  var closeEdition: UseCase<Close, EditionRow> {
    .command(
      "programmes.close-edition", .post, "/editions/{edition}/closure", by: .staff,
      Words(
        en: "Close an open edition; what is still open in it needs a reason to be left so",
        fr: "Clore une édition ouverte ; laisser quelque chose ouvert demande un motif"),
      problems: ["programmes/wrong-state", "programmes/unfinished"]
    ) { (input: Close, transaction) in
      let row = try move(input.edition, from: .open, to: .closed, in: transaction)
      let unfinished = try transaction.unfinished(in: row.id)
      guard unfinished.isEmpty || input.despite != nil else {
        throw ProgrammesError.unfinished(unfinished)
      }
      try transaction.emit(EditionClosed(id: row.id, despite: input.despite))
      return row
    }
  }

  var reopenEdition: UseCase<OneEdition, EditionRow> {
    .command(
      "programmes.reopen-edition", .post, "/editions/{edition}/reopening", by: .staff,
      Words(en: "Reopen an edition closed too early", fr: "Rouvrir une édition close trop tôt"),
      problems: ["programmes/wrong-state"]
    ) { (input: OneEdition, transaction) in
      let row = try move(input.edition, from: .closed, to: .open, in: transaction)
      try transaction.emit(EditionOpened(id: row.id))
      return row
    }
  }

  var correctEdition: UseCase<Correct, EditionRow> {
    .command(
      "programmes.correct-edition", .put, "/editions/{edition}", by: .staff,
      Words(
        en: "Correct an edition's name, theme, territory and dates",
        fr: "Corriger le nom, le thème, le territoire et les dates d’une édition")
    ) { (input: Correct, transaction) in
      var row = try transaction.get(EditionRow.self, input.edition)
      try row.expect(version: input.version)
      guard input.starts <= input.ends else { throw ProgrammesError.endsBeforeStart }
      row.name = input.name
      row.theme = input.theme
      row.territory = input.territory
      row.starts = input.starts
      row.ends = input.ends
      try transaction.update(&row)
      return row
    }
  }

  var changeFormat: UseCase<Change, EditionRow> {
    .command(
      "programmes.change-format", .put, "/editions/{edition}/format", by: .staff,
      Words(
        en: "Move an edition between on site, remote and hybrid; what was announced is re-issued",
        fr: "Passer une édition sur site, à distance ou hybride ; les annonces sont réémises"),
      problems: ["programmes/same-format", "programmes/wrong-state"]
    ) { (input: Change, transaction) in
      var row = try transaction.get(EditionRow.self, input.edition)
      try row.expect(version: input.version)
      guard row.state != .closed else { throw ProgrammesError.wrongState(row.state) }
      guard row.format != input.format else { throw ProgrammesError.sameFormat(row.format) }
      row.format = input.format
      try transaction.update(&row)
      try transaction.emit(FormatChanged(id: row.id, format: row.format))
      return row
    }
  }
}

private func move(
  _ id: EditionID, from: EditionState, to: EditionState, in transaction: Transaction
) throws -> EditionRow {
  var row = try transaction.get(EditionRow.self, id)
  guard row.state == from else { throw ProgrammesError.wrongState(row.state) }
  row.state = to
  try transaction.update(&row)
  return row
}
