/// Comma-separated values, RFC 4180, as people have them: also with semicolons, tabs, a byte-order
/// mark, and Windows-1252 where it is not UTF-8 (what spreadsheets save in France).
public struct CSV: Sendable, Equatable {
  /// One record, and the line of the file it begins on, from 1.
  public struct Line: Sendable, Equatable {
    public let number: Int
    public let cells: [String]
  }

  public let header: [String]
  public let lines: [Line]

  /// Reads a file. Throws a `Problem` that names the line where quoting breaks or nothing is there.
  public init(parsing bytes: [UInt8]) throws {
    let text = CSV.text(of: bytes)
    var records = try CSV.records(of: text)
    records.removeAll { $0.cells.allSatisfy { $0.isEmpty } }
    guard let first = records.first else {
      throw Problem.invalid("line 1", en: "the file is empty", fr: "le fichier est vide")
    }
    header = first.cells
    lines = Array(records.dropFirst())
  }

  static func text(of bytes: [UInt8]) -> String {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
    if let text = String(validating: body, as: UTF8.self) { return text }
    return String(String.UnicodeScalarView(body.map(windows1252)))
  }

  private static func records(of text: String) throws -> [Line] {
    let scalars = Array(text.unicodeScalars)
    let separator = separator(of: scalars)
    var records: [Line] = []
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var quoted = false
    var line = 1
    var start = 1
    var index = 0
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
          if scalar == "\n" { line += 1 }
          cell.append(scalar)
        }
      } else if scalar == "\"" && cell.allSatisfy({ $0 == " " }) {
        quoted = true
        cell = String.UnicodeScalarView()
      } else if scalar == separator {
        closeCell()
      } else if scalar == "\n" {
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
        "line \(start)", en: "a quotation mark opened here is never closed",
        fr: "un guillemet ouvert ici n’est jamais fermé")
    }
    if !cell.isEmpty || !cells.isEmpty { closeRecord() }
    return records
  }

  /// The separator that occurs most in the first line.
  private static func separator(of scalars: [Unicode.Scalar]) -> Unicode.Scalar {
    let first = scalars.prefix { $0 != "\n" }
    func count(_ scalar: Unicode.Scalar) -> Int { first.count { $0 == scalar } }
    let candidates: [Unicode.Scalar] = [",", ";", "\t"]
    return candidates.max { count($0) < count($1) } ?? ","
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

  private static func cell(_ value: String) -> String {
    let risky = value.first.map { "=+-@\t\r".contains($0) } ?? false
    let safe = risky && Double(value) == nil ? "'" + value : value
    guard safe.contains(where: { ",;\"\n\r".contains($0) }) else { return safe }
    return "\""
      + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
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
