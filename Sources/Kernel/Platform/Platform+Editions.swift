private enum SomeEntity {}

extension Platform {
  /// Refuses what reaches beyond the edition a caller is limited to. Whatever a use case does with what it is
  /// given, it is given things of that edition: the edition itself, or a row of it in the path, and no row of
  /// another. What only administrators may do is about the house, not about an edition.
  func keepToEdition(_ actor: Actor, _ endpoint: Endpoint, _ input: JSON) async throws {
    guard let edition = actor.edition else { return }
    let keepsItself = endpoint.keepsToEdition
    guard keepsItself || endpoint.callers != [.administrator], !endpoint.answersWithSecret else {
      throw Problem.beyondEdition
    }
    let path = Set(endpoint.pathFields)
    let named = endpoint.input().identifiers(in: input)
    let editions = try await editions(of: Set(named.map(\.id)))
    var isOfIt = keepsItself
    for (field, id) in named {
      let found = id == edition.description ? edition.description : editions[id]
      guard found == nil ? field != "edition" : found == edition.description else {
        throw Problem.notFound(Words(en: "thing", fr: "élément"), id)
      }
      if found != nil, path.contains(field) || field == "edition" { isOfIt = true }
    }
    guard isOfIt else { throw Problem.beyondEdition }
  }

  /// The edition of each row that belongs to one, whichever table it is in; of an edition itself, where anything
  /// happened in it.
  private func editions(of ids: Set<String>) async throws -> [String: String] {
    let tables = tablesOfEditions
    return try await database.read { connection in
      var found: [String: String] = [:]
      for id in ids {
        var question: SQL =
          "SELECT MAX(edition_id) AS edition_id FROM kernel_event WHERE edition_id = \(id)"
        for table in tables {
          // Names of tables come from migrations; ids are bound.
          question =
            question
            + SQL(
              text: "UNION ALL SELECT edition_id FROM \(table) WHERE id = ?", values: [id.sqlValue])
        }
        for row in try connection.rows(question) {
          if let edition = try row.get(ifPresent: "edition_id", as: String.self) {
            found[id] = edition
          }
        }
      }
      return found
    }
  }

  /// The tables whose rows have an id and belong to an edition, in the order they were made: as the migrations leave them.
  public var tablesOfEditions: [String] {
    var tables: [(name: String, hasEdition: Bool)] = []
    for statement in migrator.migrations.flatMap(\.statements) {
      let words = statement.text.split(whereSeparator: { $0.isWhitespace || $0 == "(" || $0 == "," }
      )
      .map(String.init)
      guard words.count > 2, words[1] == "TABLE" else { continue }
      let name = words[2]
      switch (words[0], words.count > 3 ? words[3] : "") {
      case ("CREATE", "id"): tables.append((name, words.contains("edition_id")))
      case ("DROP", _): tables.removeAll { $0.name == name }
      case ("ALTER", let change):
        guard let index = tables.firstIndex(where: { $0.name == name }) else { continue }
        if change == "RENAME", words[4] == "TO" { tables[index].name = words[5] }
        if change == "ADD", words.contains("edition_id") { tables[index].hasEdition = true }
      default: break
      }
    }
    return tables.filter(\.hasEdition).map(\.name)
  }
}

extension JSONSchema {
  /// The ids in a value, each with the member of the whole that holds it.
  func identifiers(in value: JSON) -> [(field: String, id: String)] {
    properties.flatMap { property in
      (value[property.name].map { property.schema.ids(in: $0) } ?? []).map { (property.name, $0) }
    }
  }

  private func ids(in value: JSON) -> [String] {
    switch (kind, value) {
    case (.string(_, _, "uuid", _), .string(let text)):
      ID<SomeEntity>(text).map { [$0.description] } ?? []
    case (.array(let element, _), .array(let values)): values.flatMap { element.ids(in: $0) }
    case (.map(let element), .object(let members)): members.values.flatMap { element.ids(in: $0) }
    case (.object(let properties), .object(let members)):
      properties.flatMap { property in
        members[property.name].map { property.schema.ids(in: $0) } ?? []
      }
    default: []
    }
  }
}
