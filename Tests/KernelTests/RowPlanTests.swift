import Kernel
import SQLite
import Testing

private enum Shade: String, Codable, Sendable { case light, dark }

private struct Piece: Record, Equatable {
  static let table = "things"
  let id: String
  let wholeNumber: Int
  let share: Double
  let yes: Bool
  let day: Day
  var shade: Shade?
  let names: [Name]
  let extra: [String: JSON]?
  let moment: Instant?
}

/// Asks for its columns in another order for each row.
private struct Moody: Decodable, Equatable {
  let first: Int
  let second: Int
  enum CodingKeys: CodingKey { case first, second, upsideDown }
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if try container.decode(Bool.self, forKey: .upsideDown) {
      second = try container.decode(Int.self, forKey: .second)
      first = try container.decode(Int.self, forKey: .first)
    } else {
      first = try container.decode(Int.self, forKey: .first)
      second = try container.decode(Int.self, forKey: .second)
    }
  }
}

@Suite struct Rows {
  private func database() async throws -> SQLiteDatabase {
    let database = try SQLiteDatabase(inMemory: ())
    try await database.write {
      try $0.execute(
        """
        CREATE TABLE things (id TEXT PRIMARY KEY, whole_number BIGINT, share REAL, yes INTEGER,
          day TEXT, shade TEXT, names TEXT, extra TEXT, moment BIGINT)
        """)
    }
    return database
  }

  private func piece(_ n: Int) throws -> Piece {
    Piece(
      id: "t\(n)", wholeNumber: n, share: Double(n) / 4, yes: n % 2 == 0,
      day: try #require(Day("2020-03-02")).advanced(by: Int32(n)),
      shade: n % 3 == 0 ? nil : n % 3 == 1 ? .light : .dark,
      names: try [#require(Name("Élodie")), #require(Name("n\(n)"))],
      extra: n % 4 == 0 ? nil : ["a": .integer(Int64(n)), "b": ["x", nil]],
      moment: n % 5 == 0 ? nil : Instant(milliseconds: Int64(n)))
  }

  @Test func `every row of a list is read as it was written, whatever is absent in it`()
    async throws
  {
    let database = try await database()
    let things = try (0..<60).map { try piece($0) }
    try await database.write { connection in
      for thing in things { try connection.insert(thing) }
      for thing in things { try connection.update(thing) }
    }
    let read = try await database.read { try $0.select(Piece.self, "ORDER BY whole_number") }
    #expect(read == things)
    // Fewer columns, and in another order.
    let some = try await database.read {
      try $0.rows(
        "SELECT moment, names, id, day, yes, share, whole_number FROM things WHERE id = 't7'"
      )
      .decoded(as: Piece.self)
    }
    #expect(some.map(\.names) == [things[7].names])
    #expect(some.first?.shade == nil)
  }

  @Test func `what does not fit is refused by its column, in any row`() async throws {
    let database = try await database()
    let things = try (0..<3).map { try piece($0) }
    for broken: SQL in [
      "yes = 2", "day = 'x'", "shade = 'green'", "names = '[\"\"]'", "extra = '{'",
      "moment = 'x'", "whole_number = NULL",
    ] {
      await #expect(throws: StorageError.self) {
        try await database.write { connection in
          for thing in things { try connection.insert(thing) }
          try connection.execute("UPDATE things SET \(part: broken) WHERE id = 't2'")
          _ = try connection.select(Piece.self, "ORDER BY id")
        }
      }
    }
  }

  @Test func `a type that asks in an order of its own is read all the same`() async throws {
    let database = try SQLiteDatabase(inMemory: ())
    let read = try await database.write { connection in
      try connection.rows(
        """
        SELECT 1 AS first, 2 AS second, 0 AS upside_down UNION ALL SELECT 3, 4, 1
        UNION ALL SELECT 5, 6, 0 UNION ALL SELECT 7, 8, 1
        """
      ).decoded(as: Moody.self)
    }
    #expect(read.map { [$0.first, $0.second] } == [[1, 2], [3, 4], [5, 6], [7, 8]])
  }
}

private class Base: Encodable {
  let base = "b"
}
private final class Derived: Base {
  let own = 1
  enum CodingKeys: CodingKey { case own }
  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(own, forKey: .own)
    try super.encode(to: container.superEncoder())
  }
}
private struct Twice: Encodable {
  enum CodingKeys: CodingKey { case a, b, list }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("first", forKey: .b)
    try container.encode([1, 2], forKey: .a)
    try container.encode("second", forKey: .b)
    var list = container.nestedUnkeyedContainer(forKey: .list)
    try list.encode(1)
    try list.encode("x")
  }
}
private struct Bare: Codable {}
private struct Shown: Codable {
  struct Part: Codable {
    let z: Bare
    let version: Int
    let a: [Bare?]
  }
  let version: Int
  let zebra: [Part]
  let ärger: [String: Int]
  let absent: String?
  let alpha: Shade
}

@Suite struct Bytes {
  @Test func `bytes are those of the tree, members in order, whatever a type does`() throws {
    let part = Shown.Part(z: Bare(), version: 9, a: [nil, Bare()])
    let values: [any Encodable] = [
      Shown(version: 3, zebra: [part, part], ärger: ["b": 1, "a": 2], absent: nil, alpha: .dark),
      Derived(), Twice(), Bare(), [Bare()], ["x": [1.5, 1]], "text", 3, [String?.none, "\u{1}\"é"],
      Shade.light, JSON.object(["b": 1, "a": [nil, true]]),
    ]
    for value in values {
      #expect(
        try String(decoding: EncodedJSON(of: value).bytes, as: UTF8.self)
          == JSON.text(of: JSON.of(value)))
    }
  }

  @Test func `the version of the thing itself is told, not that of its parts`() throws {
    let part = Shown.Part(z: Bare(), version: 9, a: [])
    let shown = Shown(version: 3, zebra: [part], ärger: [:], absent: nil, alpha: .light)
    #expect(try EncodedJSON(of: shown).version == 3)
    #expect(try EncodedJSON(of: [part]).version == nil)
  }

  @Test func `two members with one name and half a character are refused`() throws {
    #expect(throws: Problem.self) { try JSON(parsing: "{\"a\":1,\"a\":2}") }
    #expect(throws: Problem.self) { try JSON(parsing: "{\"a\":{\"b\":1,\"b\":1}}") }
    #expect(try JSON(parsing: "[{\"a\":1},{\"a\":1}]").items.count == 2)
    #expect(throws: Problem.self) { try JSON(parsing: "[\"\\ud800\"]") }
    #expect(throws: Problem.self) { try JSON(parsing: "[\"\\udc00\"]") }
    #expect(throws: Problem.self) { try JSON(parsing: "[1,]") }
    #expect(throws: Problem.self) { try JSON(parsing: "{\"a\":1,}") }
    #expect(throws: Problem.self) { try JSON(parsing: "[\"\t\"]") }
    #expect(try JSON(parsing: "[-9223372036854775808]") == [.integer(.min)])
    #expect(try JSON(parsing: "[-9223372036854775809]") == [.number(-9_223_372_036_854_775_809)])
  }
}
