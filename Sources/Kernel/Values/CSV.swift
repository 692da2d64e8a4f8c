/// Comma-separated values, RFC 4180, as people have them: also with semicolons or tabs, with a byte-order
/// mark or without, and in the encodings `TextEncoding` tells.
public struct CSV: Sendable, Equatable {
  /// One record, and the line of the file it begins on, from 1.
  public struct Line: Sendable, Equatable {
    /// From 1; a quoted cell may make a record span several.
    public let number: Int
    /// Without surrounding space; as many as the line has, whatever the header has.
    public let cells: [String]

    public init(number: Int, cells: [String]) {
      self.number = number
      self.cells = cells
    }
  }

  /// Without surrounding space.
  public let header: [String]
  /// The line of the file the header is on, from 1.
  public let headerLine: Int
  /// Those that are not blank, behind the header.
  public let lines: [Line]

  /// Reads a file whose first line that is not blank is the header. Throws a `Problem` that names the
  /// line where quoting breaks or nothing is there.
  public init(parsing bytes: [UInt8]) throws {
    let records = try CSV.records(parsing: bytes)
    guard let first = records.first else {
      throw Problem.invalid("line 1", en: "the file is empty", fr: "le fichier est vide")
    }
    header = first.cells
    headerLine = first.number
    lines = Array(records.dropFirst())
  }

  /// Every line of a file that is not blank, for who looks for the header themselves. Throws a `Problem`
  /// that names the line where quoting breaks, or says that the file is no table of text.
  public static func records(parsing bytes: [UInt8]) throws -> [Line] {
    if let kind = FileKind(of: bytes) { throw kind.problem }
    return try records(of: TextEncoding.text(of: bytes)).filter { line in
      !line.cells.allSatisfy { $0.isEmpty }
    }
  }

  private static func records(of text: String) throws -> [Line] {
    let scalars = Array(text.unicodeScalars)
    let (separator, beginning) = separator(of: scalars)
    var records: [Line] = []
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var quoted = false
    // Where the quoted cell at hand opened.
    var opened = 1
    var line = beginning > 0 ? 2 : 1
    var start = line
    var index = beginning
    func closeCell() {
      cells.append(trimmed(String(cell)))
      cell = String.UnicodeScalarView()
    }
    func closeRecord() {
      closeCell()
      records.append(Line(number: start, cells: cells))
      cells = []
    }
    while index < scalars.count {
      let scalar = scalars[index]
      if quoted {
        if scalar == "\"" {
          if index + 1 < scalars.count, scalars[index + 1] == "\"" {
            cell.append(scalar)
            index += 1
          } else {
            quoted = false
          }
        } else {
          if endsLine(scalars, index) { line += 1 }
          cell.append(scalar)
        }
      } else if scalar == "\"" && cell.allSatisfy({ $0 == " " }) {
        quoted = true
        opened = line
        cell = String.UnicodeScalarView()
      } else if scalar == separator {
        closeCell()
      } else if endsLine(scalars, index) {
        closeRecord()
        line += 1
        start = line
      } else if scalar != "\r" {
        cell.append(scalar)
      }
      index += 1
    }
    guard !quoted else {
      throw Problem.invalid(
        "line \(opened)", en: "a quotation mark opened here is never closed",
        fr: "un guillemet ouvert ici n’est jamais fermé")
    }
    if !cell.isEmpty || !cells.isEmpty { closeRecord() }
    return records
  }

  /// LF, CRLF, or CR alone as old Macintosh programs write; a CRLF ends at its LF.
  private static func endsLine(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    scalars[index] == "\n"
      || scalars[index] == "\r" && (index + 1 == scalars.count || scalars[index + 1] != "\n")
  }

  /// The separator, and where the table begins. Excel may name it in a first line `sep=;`; else it
  /// is what occurs equally often, outside quotes, in most of the first lines; then what occurs most in
  /// the first of them.
  private static func separator(of scalars: [Unicode.Scalar]) -> (Unicode.Scalar, Int) {
    let candidates: [Unicode.Scalar] = [",", ";", "\t"]
    let naming: [Unicode.Scalar] = ["s", "e", "p", "="]
    if scalars.starts(with: naming), scalars.count > 5, candidates.contains(scalars[4]) {
      let rest = scalars[5...].prefix { $0 == "\r" || $0 == "\n" }
      if let end = rest.indices.first(where: { endsLine(scalars, $0) }) {
        return (scalars[4], end + 1)
      }
    }
    let counts = separators(candidates, in: scalars)
    let first = counts.first ?? [:]
    func support(_ candidate: Unicode.Scalar) -> (Int, Int) {
      let found = counts.compactMap { $0[candidate] }
      let lines = Dictionary(grouping: found) { $0 }.mapValues(\.count).values.max() ?? 0
      return (lines, first[candidate, default: 0])
    }
    return (candidates.max { support($0) < support($1) } ?? ",", 0)
  }

  /// How often each of the candidates stands outside quotes, for each of the first twenty lines that are
  /// not blank.
  private static func separators(
    _ candidates: [Unicode.Scalar], in scalars: [Unicode.Scalar]
  ) -> [[Unicode.Scalar: Int]] {
    var lines: [[Unicode.Scalar: Int]] = []
    var counts: [Unicode.Scalar: Int] = [:]
    var quoted = false
    var blank = true
    for (index, scalar) in scalars.enumerated() {
      if scalar == "\"" { quoted.toggle() }
      if !quoted && endsLine(scalars, index) {
        if !blank { lines.append(counts) }
        if lines.count == 20 { return lines }
        counts = [:]
        blank = true
      } else if scalar != "\r" {
        blank = false
        if !quoted && candidates.contains(scalar) { counts[scalar, default: 0] += 1 }
      }
    }
    return blank ? lines : lines + [counts]
  }

  private static func trimmed(_ text: String) -> String {
    var view = Substring(text)
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}
