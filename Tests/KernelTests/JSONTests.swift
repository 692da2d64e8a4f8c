import Foundation
import Kernel
import Testing

private struct Person: Codable, Equatable {
  struct Inner: Codable, Equatable {
    let yes: Bool
    let when: Instant
    let marks: [Whole<0, 5>]
    let small: UInt8
    let ratio: Float
  }

  let name: Name
  let score: Double?
  let tags: [String?]
  let inner: Inner
  let day: Day?
  let more: [String: JSON]
  let bytes: Data
  let address: URL
}

private let text = """
  {"address":"https://parvis.example/a","bytes":"AQI=",\
  "inner":{"marks":[1,2,3],"ratio":0.5,"small":7,"when":"2020-03-02T09:00:00Z","yes":true},\
  "more":{"b":-12,"k":[1,null,{"z":1000}],"u":0.00125},"name":"Élodie \\"x\\" 😀/","score":1.5,\
  "tags":["a",null,"\\b\\f\\n\\r\\t\\u0001"]}
  """

@Test func `a value goes to JSON and back as Foundation would write it`() throws {
  let json = try JSON(parsing: text)
  let person = try json.decoded(as: Person.self)
  #expect(try person == JSONDecoder().decode(Person.self, from: Data(text.utf8)))
  #expect(try JSON.of(person) == json)
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  #expect(try JSON.data(of: person) == encoder.encode(person))
  #expect(try String(decoding: JSON.data(of: json), as: UTF8.self) == text)
}

@Test(
  arguments: [
    ("[\"\\u00e9\\ud83d\\ude00\\/\"]", ["é😀/"]), (" [ ] ", []), ("\u{FEFF}[-0]", [0]),
    ("[1.0, 1e3, 9223372036854775807]", [1, 1000, .integer(.max)]),
    ("[0.5, 9223372036854775808]", [.number(0.5), .number(9_223_372_036_854_775_808)]),
    ("[true,false,null,{}]", [true, false, nil, [:]]),
  ] as [(String, JSON)])
func `JSON is read as RFC 8259 has it`(text: String, value: JSON) throws {
  #expect(try JSON(parsing: text) == value)
}

@Test(
  arguments: [
    ("", "end of file"), ("[1", "end of file"), ("{\n \"a\" 1}", "around character 7"),
    ("01", "leading zero around character 1"), ("nulll", "around character 4"),
    ("\"\\x\"", "escape sequence around character 1"), ("1e999", "not representable"),
    (String(repeating: "[", count: 100_000), "nested"),
  ])
func `what is not JSON is refused with the place where it breaks`(text: String, place: String) {
  #expect { try JSON(parsing: text) } throws: { error in
    (error as? Problem)?.code == "malformed"
      && (error as? Problem)?.detail.en.contains(place) == true
  }
}

@Test(
  arguments: [
    ("{\"name\":3}", "name"), ("{\"name\":\"x\"}", "tags"),
    ("{\"name\":\"x\",\"tags\":[\"a\",1]}", "tags[1]"),
    ("{\"name\":\"x\",\"tags\":[],\"inner\":{\"yes\":null}}", "inner.yes"),
    (
      "{\"name\":\"x\",\"tags\":[],\"inner\":{\"yes\":true,\"when\":\"now\"}}", "inner.when"
    ),
  ])
func `a value that does not fit its type is refused by the name of its field`(
  text: String, field: String
) throws {
  let json = try JSON(parsing: text)
  #expect { try json.decoded(as: Person.self) } throws: { error in
    (error as? Problem)?.fields.map(\.field) == [field]
  }
}

@Test func `a number that JSON has no form for is refused`() {
  #expect(throws: EncodingError.self) { try JSON.data(of: [Double.nan]) }
}

@Suite struct StoredJSONTests {
  private struct Thing: Codable {
    let b: StoredJSON<[String: JSON]>
    let a: Int
  }

  @Test func `what is stored is handed on as it is, and read where somebody looks`() throws {
    let columns = Row.Columns.of(["a", "b"])
    let text = #"{"x":[1,"é\n"],"y":null}"#
    let thing = try Row(columns: columns, values: [.integer(1), .text(text)]).decoded(
      as: Thing.self)
    #expect(
      String(decoding: try EncodedJSON(of: thing).bytes, as: UTF8.self) == #"{"a":1,"b":\#(text)}"#)
    #expect(try thing.b.value == ["x": [1, "é\n"], "y": .null])
    let decoded = StoredJSON<[String: JSON]>(["x": 2])
    #expect(String(decoding: try EncodedJSON(of: decoded).bytes, as: UTF8.self) == #"{"x":2}"#)
  }

  @Test func `what is stored and cannot be read is said where it is read`() throws {
    let columns = Row.Columns.of(["a", "b"])
    let thing = try Row(columns: columns, values: [.integer(1), .text("[")]).decoded(as: Thing.self)
    #expect(throws: StorageError.self) { try thing.b.value }
    let none = Row(columns: columns, values: [.integer(1), .null])
    #expect(throws: StorageError.self) { try none.decoded(as: Thing.self) }
  }
}
