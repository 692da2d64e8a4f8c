internal import Kernel
internal import PartnersAPI

/// A roster as its file says it, before anybody looks whether it fits what is stored.
struct Roster: Sendable {
  struct Person: Sendable {
    /// The line of the file, for what is found wrong later.
    let line: Int
    let name: Name
    let email: EmailAddress
    let language: Language
    let regime: Regime
    /// Absent when the file has no such column: then what is known stays.
    let service: Name??
  }
  /// A line that names nobody: a title above the table, a total below it.
  struct Skipped: Codable, Sendable, Equatable {
    let line: Int
    let text: String
  }

  private(set) var people: [Person] = []
  /// Faults with the line they are on.
  private(set) var faults: [(line: Int, problem: FieldProblem)] = []
  /// Headings that say nothing to Parvis, and whose cells are not kept.
  private(set) var ignored: [String] = []
  private(set) var skipped: [Skipped] = []
  private var headings: [String] = []
  private var positions: [RosterColumn: Int] = [:]
  private let mapping: [String: RosterColumn]

  /// Reads a file. `mapping` says what headings mean beyond those that are known, by their folded form.
  /// Throws `PartnersError.badRoster` where it is no table at all; other faults are noted.
  init(reading bytes: [UInt8], mapping: [String: RosterColumn] = [:]) throws {
    self.mapping = mapping
    let records: [CSV.Line]
    do {
      records = try CSV.records(parsing: bytes)
    } catch let problem as Problem {
      throw PartnersError.badRoster(problem.fields)
    }
    guard let top = heading(of: records) else {
      throw PartnersError.badRoster([
        FieldProblem("line 1", en: "the file is empty", fr: "le fichier est vide")
      ])
    }
    skipped = records[..<top].map(Self.skipping)
    headings = records[top].cells
    let lines = records[(top + 1)...]
    readHeader(on: records[top].number, above: lines)
    guard faults.isEmpty else { return }
    readPeople(lines)
    if people.isEmpty && faults.isEmpty {
      note(
        records[top].number + 1, nil, en: "there is nobody on the roster",
        fr: "la liste ne contient personne")
    }
  }

  /// Notes a fault under the heading that the file itself uses.
  mutating func note(_ line: Int, _ column: RosterColumn?, en: String, fr: String) {
    var place = "line \(line)"
    if let column {
      place += ", " + (positions[column].map { headings[$0] } ?? column.spelling.en)
    }
    faults.append((line, FieldProblem(place, en: en, fr: fr)))
  }

  /// Where the headings are: the first line of the beginning that has two of them, or the first line.
  private func heading(of records: [CSV.Line]) -> Int? {
    let found = records.prefix(30).firstIndex { line in
      Set(line.cells.compactMap(column)).count > 1
    }
    return found ?? records.indices.first
  }

  private func column(of heading: String) -> RosterColumn? {
    let heading = RosterHeading(heading)
    return mapping[heading.folded] ?? heading.column
  }

  private mutating func readHeader(on line: Int, above lines: ArraySlice<CSV.Line>) {
    for (position, heading) in headings.enumerated() {
      guard let column = column(of: heading), column != .ignored else {
        note(unknown: heading, at: position, on: line, above: lines)
        continue
      }
      if let other = positions[column] {
        note(
          line, column, en: "“\(heading)” says the same as “\(headings[other])”",
          fr: "« \(heading) » dit la même chose que « \(headings[other]) »")
      } else {
        positions[column] = position
      }
    }
    for column in RosterColumn.allCases where column.isRequired && positions[column] == nil {
      note(
        line, column,
        en:
          "the column is missing; its heading is “\(column.spelling.en)” or “\(column.spelling.fr)”",
        fr:
          "la colonne manque ; son titre est « \(column.spelling.fr) » ou « \(column.spelling.en) »"
      )
    }
  }

  /// What looks like half a name or an address is asked about; the rest is named in the answer.
  private mutating func note(
    unknown heading: String, at position: Int, on line: Int, above lines: ArraySlice<CSV.Line>
  ) {
    let cells = lines.prefix(50).compactMap {
      position < $0.cells.count && !$0.cells[position].isEmpty ? $0.cells[position] : nil
    }
    let parsed = RosterHeading(heading)
    let addresses = cells.filter { $0.contains("@") }.count
    guard mapping[parsed.folded] == nil,
      parsed.looksPersonal || !cells.isEmpty && addresses * 2 >= cells.count
    else {
      if !heading.isEmpty { ignored.append(heading) }
      return
    }
    let choices = RosterColumn.allCases.map(\.rawValue).joined(separator: ", ")
    faults.append(
      (
        line,
        FieldProblem(
          "line \(line), \(heading.isEmpty ? "column \(position + 1)" : heading)",
          en:
            "looks like part of a name or an address, and is not known; say in “columns” what it is: \(choices)",
          fr:
            "ressemble à une partie de nom ou à une adresse, et n’est pas connu ; dites dans « columns » ce que c’est : \(choices)"
        )
      ))
  }

  private mutating func readPeople(_ lines: ArraySlice<CSV.Line>) {
    people.reserveCapacity(lines.count)
    var known: [EmailAddress: Int] = [:]
    for line in lines {
      if isRosterTotal(line.cells) || line.cells == headings {
        skipped.append(Self.skipping(line))
        continue
      }
      guard let person = person(on: line) else { continue }
      if let first = known[person.email] {
        note(
          line.number, .email, en: "“\(person.email)” is on line \(first) already",
          fr: "« \(person.email) » figure déjà à la ligne \(first)")
      } else {
        known[person.email] = line.number
        people.append(person)
      }
    }
  }

  private static func skipping(_ line: CSV.Line) -> Skipped {
    let text = line.cells.filter { !$0.isEmpty }.joined(separator: " ")
    return Skipped(line: line.number, text: String(text.prefix(80)))
  }

  private func cell(_ column: RosterColumn, of line: CSV.Line) -> String {
    guard let position = positions[column], position < line.cells.count else { return "" }
    return line.cells[position]
  }
}

extension Roster {
  /// The person on a line, or nil with everything that is wrong noted.
  private mutating func person(on line: CSV.Line) -> Person? {
    let before = faults.count
    if line.cells.dropFirst(headings.count).contains(where: { !$0.isEmpty }) {
      note(
        line.number, nil,
        en:
          "has \(line.cells.count) cells under \(headings.count) headings; put quotes around a cell that contains the separator",
        fr:
          "a \(line.cells.count) cellules pour \(headings.count) titres ; mettez entre guillemets une cellule qui contient le séparateur"
      )
      return nil
    }
    let name = read(wholeName(on: line), .name, line) { Name($0) }
    let email = read(cell(.email, of: line), .email, line) { EmailAddress($0) }
    let language = read(
      cell(.language, of: line), .language, line,
      Words(en: "a language: fr or en", fr: "une langue : fr ou en"), rosterLanguage)
    let regime = read(
      cell(.regime, of: line), .regime, line,
      Words(
        en: "a regime: patronage service, patronage secondment, own time or job seeker",
        fr:
          "un régime : mécénat prestation, mécénat prêt, temps personnel ou demandeur d’emploi"),
      rosterRegime)
    let service = cell(.service, of: line)
    let kept = service.isEmpty ? nil : read(service, .service, line) { Name($0) }
    guard faults.count == before, let name, let email, let language, let regime else { return nil }
    return Person(
      line: line.number, name: name, email: email, language: language, regime: regime,
      service: positions[.service] == nil ? .none : .some(kept))
  }

  /// First and last name, where the one column does not hold both already.
  private func wholeName(on line: CSV.Line) -> String {
    let first = cell(.firstName, of: line)
    let last = cell(.name, of: line)
    if first.isEmpty || last.isEmpty { return last }
    let parts = Set(Folded(first).words)
    let words = Folded(last).words
    return parts.count < words.count && parts.isSubset(of: words) ? last : first + " " + last
  }

  private mutating func read<Value: SingleTextValue>(
    _ text: String, _ column: RosterColumn, _ line: CSV.Line, _ parse: (String) -> Value?
  ) -> Value? {
    read(text, column, line, Value.expectation, fault: Value.fault(in: text), parse)
  }

  private mutating func read<Value>(
    _ text: String, _ column: RosterColumn, _ line: CSV.Line, _ expectation: Words,
    fault: Words? = nil, _ parse: (String) -> Value?
  ) -> Value? {
    let garbled = column == .name ? Garbled.fault(inName: text) : Garbled.fault(in: text)
    if garbled == nil, let value = parse(text) { return value }
    if text.isEmpty {
      note(line.number, column, en: "is missing", fr: "manque")
    } else {
      let shown = text.prefix(80)
      let words =
        garbled ?? fault
        ?? Words(en: "is not \(expectation.en)", fr: "n’est pas \(expectation.fr)")
      note(line.number, column, en: "“\(shown)” \(words.en)", fr: "« \(shown) » \(words.fr)")
    }
    return nil
  }
}
