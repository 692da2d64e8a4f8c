extension CSV {
  /// A table as a spreadsheet of the language opens it by a double click: UTF-8 with its mark, and in
  /// French with semicolons, since commas are in numbers.
  public static func file(header: [String], rows: [[String]], in language: Language) -> [UInt8] {
    let text = render(header: header, rows: rows, separator: language == .fr ? ";" : ",")
    return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
  }

  /// Writes a table. A cell that a spreadsheet would take for a formula is made plain text.
  public static func render(
    header: [String], rows: [[String]], separator: String = ","
  ) -> String {
    ([header] + rows).map { $0.map { cell($0, separator) }.joined(separator: separator) + "\r\n" }
      .joined()
  }

  // By scalars: a carriage return and a line feed are one character, which is no line feed.
  private static func cell(_ value: String, _ separator: String) -> String {
    if isNumber(value), !value.contains(separator) { return value }
    let safe = isFormula(value) ? "'" + value : value
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

  /// Whether some spreadsheet would work the cell out: spaces, marks and what nobody sees before the sign
  /// are passed over by some, and wide signs count in East Asian ones. A number is none.
  private static func isFormula(_ value: String) -> Bool {
    if value.unicodeScalars.first.map({ "\t\r\n".unicodeScalars.contains($0) }) == true {
      return true
    }
    let visible = withoutInvisible(value).unicodeScalars.drop { $0.properties.isWhitespace }
    guard let first = visible.first, "=+-@＝＋－＠﹢﹣﹦".unicodeScalars.contains(first) else {
      return false
    }
    return !isNumber(String(Substring(visible)))
  }

  /// Digits with a sign or none, and a point or a comma.
  private static func isNumber(_ text: String) -> Bool {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let marks = digits.filter { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }.count
    return text.utf8.count - digits.count <= 1 && marks <= 1 && digits.count > marks
      && digits.allSatisfy { (48...57).contains($0) || $0 == 44 || $0 == 46 }
  }
}
