/// Words a statement for PostgreSQL, sign by sign: what is quoted stays as it is.
struct PostgresWording {
  private let signs: [UInt8]
  private var place = 0
  private var output: [UInt8] = []
  private var parameters = 0
  /// Whether the statement makes or changes a table, and so names types.
  private let isSchema: Bool
  /// What follows the next operand: of `LIKE`.
  private var afterOperand: String?

  init(_ statement: String) {
    signs = Array(statement.utf8)
    let words = statement.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    isSchema =
      words.count > 1 && ["CREATE", "ALTER"].contains(words[0])
      && words[1] == "TABLE"
  }

  func worded() -> Dialect.Worded {
    var wording = self
    wording.run()
    return Dialect.Worded(
      text: String(decoding: wording.output, as: UTF8.self), places: wording.parameters)
  }

  private mutating func run() {
    output.reserveCapacity(signs.count + 32)
    while place < signs.count {
      switch signs[place] {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        copyQuoted()
        endOperand()
      case UInt8(ascii: "?"):
        place += 1
        parameters += 1
        output.append(UInt8(ascii: "$"))
        output += String(parameters).utf8
        endOperand()
      case let sign where isLetter(sign):
        word()
      default:
        output.append(signs[place])
        place += 1
      }
    }
  }

  private mutating func endOperand() {
    if let after = afterOperand { output += after.utf8 }
    afterOperand = nil
  }

  private mutating func copyQuoted() {
    let quote = signs[place]
    repeat {
      output.append(signs[place])
      place += 1
    } while place < signs.count && signs[place] != quote
    if place < signs.count {
      output.append(quote)
      place += 1
    }
  }

  private mutating func word() {
    let start = place
    while place < signs.count, isLetter(signs[place]) || isDigit(signs[place]) { place += 1 }
    let word = String(decoding: signs[start..<place], as: UTF8.self)
    switch word {
    case "LIKE":
      // As SQLite: capitals or not, and no sign that takes the meaning from another.
      output += "ILIKE".utf8
      afterOperand = " ESCAPE ''"
    case "INTEGER" where isSchema: output += "BIGINT".utf8
    case "REAL" where isSchema: output += "DOUBLE PRECISION".utf8
    case "BLOB" where isSchema: output += "BYTEA".utf8
    case "TEXT" where isSchema: output += "TEXT COLLATE \"C\"".utf8
    case "REFERENCES" where isSchema: reference()
    default: output += signs[start..<place]
    }
  }

  /// `REFERENCES table (column)`, which may be put off to the end of a transaction.
  private mutating func reference() {
    var end = signs[place...].firstIndex(of: UInt8(ascii: ")")).map { $0 + 1 } ?? signs.count
    // What happens to it when the other row goes is said before.
    for action in [" ON DELETE CASCADE", " ON DELETE SET NULL"]
    where signs[end...].starts(with: action.utf8) { end += action.utf8.count }
    output += "REFERENCES".utf8 + signs[place..<end]
    output += " DEFERRABLE".utf8
    place = end
  }
}

private func isLetter(_ sign: UInt8) -> Bool {
  sign | 0x20 >= UInt8(ascii: "a") && sign | 0x20 <= UInt8(ascii: "z") || sign == UInt8(ascii: "_")
    || sign >= 0x80
}

private func isDigit(_ sign: UInt8) -> Bool {
  sign >= UInt8(ascii: "0") && sign <= UInt8(ascii: "9")
}
