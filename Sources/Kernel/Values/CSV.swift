/// Comma-separated values, RFC 4180, as people have them: also with semicolons, tabs, a byte-order
/// mark, and Windows-1252 where it is not UTF-8 (what spreadsheets save in France).
public struct CSV: Sendable, Equatable {
  /// One record, and the line of the file it begins on, from 1.
  public struct Line: Sendable, Equatable {
    public let number: Int
    public let cells: [String]
  }

  public let header: [String]
  /// The line of the file the header is on, from 1.
  public let headerLine: Int
  public let lines: [Line]

  /// Reads a file. Throws a `Problem` that names the line where quoting breaks or nothing is there.
  public init(parsing bytes: [UInt8]) throws {
    var records = try CSV.records(of: CSV.text(of: bytes))
    records.removeAll { $0.cells.allSatisfy { $0.isEmpty } }
    guard let first = records.first else {
      throw Problem.invalid("line 1", en: "the file is empty", fr: "le fichier est vide")
    }
    header = first.cells
    headerLine = first.number
    lines = Array(records.dropFirst())
  }

  static func text(of bytes: [UInt8]) throws -> String {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: mark) {
      guard let text = String(validating: bytes[3...], as: UTF8.self) else {
        throw unreadable("UTF-8")
      }
      return text
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      // Spreadsheets call this “Unicode text”.
      let low = bytes[0] == 0xFF ? 0 : 1
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
        UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + 1 - low]) << 8
      }
      guard let text = String(validating: units, as: UTF16.self) else {
        throw unreadable("UTF-16")
      }
      return text
    }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return String(String.UnicodeScalarView(bytes.map(windows1252)))
  }

  private static func unreadable(_ encoding: String) -> Problem {
    .invalid(
      "line 1", en: "the file begins as \(encoding) but is not \(encoding) throughout",
      fr: "le fichier commence en \(encoding) mais n’est pas entièrement en \(encoding)")
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
  /// is what occurs most, outside quotes, in the first line that is not blank.
  private static func separator(of scalars: [Unicode.Scalar]) -> (Unicode.Scalar, Int) {
    let candidates: [Unicode.Scalar] = [",", ";", "\t"]
    let naming: [Unicode.Scalar] = ["s", "e", "p", "="]
    if scalars.starts(with: naming), scalars.count > 5, candidates.contains(scalars[4]) {
      let rest = scalars[5...].prefix { $0 == "\r" || $0 == "\n" }
      if let end = rest.indices.first(where: { endsLine(scalars, $0) }) {
        return (scalars[4], end + 1)
      }
    }
    var counts: [Unicode.Scalar: Int] = [:]
    var quoted = false
    var blank = true
    for (index, scalar) in scalars.enumerated() {
      if scalar == "\"" { quoted.toggle() }
      if !quoted && endsLine(scalars, index) {
        if !blank { break }
      } else if scalar != "\r" {
        blank = false
        if !quoted && candidates.contains(scalar) { counts[scalar, default: 0] += 1 }
      }
    }
    return (candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ",", 0)
  }

  private static func trimmed(_ text: String) -> String {
    var view = Substring(text)
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }

  /// Writes a table. A cell that a spreadsheet would take for a formula is made plain text.
  public static func render(header: [String], rows: [[String]]) -> String {
    ([header] + rows).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  // By scalars: a carriage return and a line feed are one character, which is no line feed.
  private static func cell(_ value: String) -> String {
    let risky = value.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } ?? false
    let safe = risky && Double(value) == nil ? "'" + value : value
    guard safe.unicodeScalars.contains(where: { ",;\"\t\n\r".unicodeScalars.contains($0) }) else {
      return safe
    }
    var quoted = "\"".unicodeScalars
    for scalar in safe.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    return String(quoted) + "\""
  }
}

/// The characters Windows-1252 has where ISO 8859-1 has control characters.
private func windows1252(_ byte: UInt8) -> Unicode.Scalar {
  let high: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
    0x152,
    0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122,
    0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
  ]
  guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
  return Unicode.Scalar(high[Int(byte) - 0x80]) ?? "?"
}
