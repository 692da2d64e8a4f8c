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

  private(set) var people: [Person] = []
  /// Faults with the line they are on.
  private(set) var faults: [(line: Int, problem: FieldProblem)] = []
  /// Headings that say nothing to Parvis, and whose cells are not kept.
  private(set) var ignored: [String] = []
  private var headings: [String] = []
  private var positions: [RosterColumn: Int] = [:]

  init(reading bytes: [UInt8]) throws {
    let file: CSV
    do {
      file = try CSV(parsing: bytes)
    } catch let problem as Problem {
      throw PartnersError.badRoster(problem.fields)
    }
    headings = file.header
    readHeader(on: file.headerLine)
    guard faults.isEmpty else { return }
    guard !file.lines.isEmpty else {
      note(
        file.headerLine + 1, nil, en: "there is nobody on the roster",
        fr: "la liste ne contient personne")
      return
    }
    people.reserveCapacity(file.lines.count)
    var lines: [EmailAddress: Int] = [:]
    for line in file.lines {
      guard let person = person(on: line) else { continue }
      if let first = lines[person.email] {
        note(
          line.number, .email, en: "“\(person.email)” is on line \(first) already",
          fr: "« \(person.email) » figure déjà à la ligne \(first)")
      } else {
        lines[person.email] = line.number
        people.append(person)
      }
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

  private mutating func readHeader(on line: Int) {
    for (position, heading) in headings.enumerated() {
      let name = folded(heading)
      guard let column = RosterColumn.allCases.first(where: { $0.headings.contains(name) }) else {
        if !heading.isEmpty { ignored.append(heading) }
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

  private func cell(_ column: RosterColumn, of line: CSV.Line) -> String {
    guard let position = positions[column], position < line.cells.count else { return "" }
    return line.cells[position]
  }

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
    let first = cell(.firstName, of: line)
    let last = cell(.name, of: line)
    let whole = first.isEmpty || last.isEmpty ? last : first + " " + last
    let name = read(whole, .name, line, Name.expectation) { Name($0) }
    let email = read(cell(.email, of: line), .email, line, EmailAddress.expectation) {
      EmailAddress($0)
    }
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
    let kept =
      service.isEmpty ? nil : read(service, .service, line, Name.expectation) { Name($0) }
    guard faults.count == before, let name, let email, let language, let regime else { return nil }
    return Person(
      line: line.number, name: name, email: email, language: language, regime: regime,
      service: positions[.service] == nil ? .none : .some(kept))
  }

  private mutating func read<Value>(
    _ text: String, _ column: RosterColumn, _ line: CSV.Line, _ expectation: Words,
    _ parse: (String) -> Value?
  ) -> Value? {
    if let value = parse(text) { return value }
    if text.isEmpty {
      note(line.number, column, en: "is missing", fr: "manque")
    } else {
      let shown = text.prefix(80)
      note(
        line.number, column, en: "“\(shown)” is not \(expectation.en)",
        fr: "« \(shown) » n’est pas \(expectation.fr)")
    }
    return nil
  }
}
