import Foundation

extension JSON {
  /// What was written as a text by `JSON.text(of:)`, as it was then: a text in it that would be refused
  /// today is taken as a column’s is. Throws `DecodingError`.
  static func value<T: Decodable>(of type: T.Type, in text: String) throws -> T {
    let json: JSON
    do {
      json = try JSONReader.read(text)
    } catch is JSONReader.Broken {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "the text is not JSON"))
    }
    do {
      return try json.decoding(type)
    } catch is DecodingError {
      return try StoredReading.$isOn.withValue(true) { try json.decoding(type) }
    }
  }

  /// Reads this value through the type's own `init(from:)`, without the way through text. Throws
  /// `DecodingError` with the place of the fault, or what the type's own coding throws.
  func decoding<T: Decodable>(
    _ type: T.Type, at place: @autoclosure () -> Place? = nil
  ) throws -> T {
    if let simple = try simple(type, at: place()) { return simple }
    return try T(from: ValueDecoder(value: self, place: place()))
  }

  /// What needs no decoder, told by its exact type; nil for all others. A cast that looks the type up
  /// again would cost more than the value.
  private func simple<T>(_ type: T.Type, at place: @autoclosure () -> Place?) throws -> T? {
    if type == String.self { return unsafeBitCast(try text(at: place()), to: T.self) }
    if type == Int.self { return unsafeBitCast(try whole(Int.self, at: place()), to: T.self) }
    if type == Bool.self { return unsafeBitCast(try truth(at: place()), to: T.self) }
    if type == JSON.self { return unsafeBitCast(self, to: T.self) }
    if type == Int64.self { return unsafeBitCast(try whole(Int64.self, at: place()), to: T.self) }
    if type == Double.self { return unsafeBitCast(try number(at: place()), to: T.self) }
    if type == [String: JSON].self { return unsafeBitCast(try members(at: place()), to: T.self) }
    if type == [JSON].self { return unsafeBitCast(try list(at: place()), to: T.self) }
    if type == Data.self {
      guard let data = Data(base64Encoded: try text(at: place())) else {
        throw corrupted("expected base64", at: place())
      }
      return data as? T
    }
    if type == URL.self {
      guard let url = URL(string: try text(at: place())) else {
        throw corrupted("expected an address", at: place())
      }
      return url as? T
    }
    return nil
  }
}

/// Where in a document a value is, built on the way down and read only when something is wrong.
final class Place {
  private let above: Place?
  private let key: any CodingKey

  init(_ key: any CodingKey, below above: Place?) {
    self.key = key
    self.above = above
  }

  var path: [any CodingKey] { (above?.path ?? []) + [key] }
}

private struct Index: CodingKey {
  let number: Int
  var intValue: Int? { number }
  var stringValue: String { "Index \(number)" }

  init(_ number: Int) { self.number = number }
  init?(intValue: Int) { number = intValue }
  init?(stringValue: String) { return nil }
}

extension JSON {
  fileprivate func text(at place: @autoclosure () -> Place?) throws -> String {
    guard case .string(let text) = self else { throw mismatch("a text", String.self, at: place()) }
    return text
  }

  fileprivate func truth(at place: @autoclosure () -> Place?) throws -> Bool {
    guard case .bool(let yes) = self else {
      throw mismatch("true or false", Bool.self, at: place())
    }
    return yes
  }

  fileprivate func whole<N: FixedWidthInteger>(_ type: N.Type, at place: @autoclosure () -> Place?)
    throws -> N
  {
    guard let number = whole else { throw mismatch("a whole number", type, at: place()) }
    guard let exact = N(exactly: number) else {
      throw corrupted("\(number) is out of range", at: place())
    }
    return exact
  }

  fileprivate func number(at place: @autoclosure () -> Place?) throws -> Double {
    switch self {
    case .integer(let number): return Double(number)
    case .number(let number): return number
    default: throw mismatch("a number", Double.self, at: place())
    }
  }

  fileprivate func members(at place: @autoclosure () -> Place?) throws -> [String: JSON] {
    guard case .object(let members) = self else {
      throw mismatch("an object", [String: JSON].self, at: place())
    }
    return members
  }

  fileprivate func list(at place: @autoclosure () -> Place?) throws -> [JSON] {
    guard case .array(let items) = self else { throw mismatch("a list", [JSON].self, at: place()) }
    return items
  }

  private func mismatch(_ wanted: String, _ type: Any.Type, at place: @autoclosure () -> Place?)
    -> DecodingError
  {
    let context = DecodingError.Context(
      codingPath: place()?.path ?? [], debugDescription: "expected \(wanted), found \(kindName)")
    return self == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }

  private func corrupted(_ what: String, at place: @autoclosure () -> Place?) -> DecodingError {
    .dataCorrupted(.init(codingPath: place()?.path ?? [], debugDescription: what))
  }

  private var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

private struct ValueDecoder: Decoder {
  let value: JSON
  let place: Place?
  var codingPath: [any CodingKey] { place?.path ?? [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Members(members: try value.members(at: place), place: place))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    Items(items: try value.list(at: place), place: place)
  }
  func singleValueContainer() -> any SingleValueDecodingContainer {
    Single(value: value, place: place)
  }
}

private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: [String: JSON]
  let place: Place?
  var codingPath: [any CodingKey] { place?.path ?? [] }
  var allKeys: [Key] { members.keys.sorted().compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try member(key) == .null }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try member(key).decoding(type, at: Place(key, below: place))
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    guard let value = members[key.stringValue], value != .null else { return nil }
    return try value.decoding(type, at: Place(key, below: place))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try decoder(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }
  func superDecoder() -> any Decoder {
    ValueDecoder(value: members["super"] ?? .null, place: place)
  }
  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

  private func decoder(_ key: Key) throws -> ValueDecoder {
    ValueDecoder(value: try member(key), place: Place(key, below: place))
  }

  private func member(_ key: Key) throws -> JSON {
    guard let value = members[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "\(key.stringValue) is missing"))
    }
    return value
  }
}

private struct Items: UnkeyedDecodingContainer {
  let items: [JSON]
  let place: Place?
  var currentIndex = 0
  var codingPath: [any CodingKey] { place?.path ?? [] }
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  init(items: [JSON], place: Place?) {
    self.items = items
    self.place = place
  }

  mutating func decodeNil() throws -> Bool {
    guard try current() == .null else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try current().decoding(type, at: Place(Index(currentIndex), below: place))
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { try nextDecoder().container(keyedBy: type) }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try nextDecoder().unkeyedContainer()
  }
  mutating func superDecoder() throws -> any Decoder { try nextDecoder() }

  private mutating func nextDecoder() throws -> ValueDecoder {
    let decoder = ValueDecoder(
      value: try current(), place: Place(Index(currentIndex), below: place))
    currentIndex += 1
    return decoder
  }

  private func current() throws -> JSON {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        JSON.self,
        .init(
          codingPath: codingPath + [Index(currentIndex)], debugDescription: "the list ends here"))
    }
    return items[currentIndex]
  }
}

private struct Single: SingleValueDecodingContainer {
  let value: JSON
  let place: Place?
  var codingPath: [any CodingKey] { place?.path ?? [] }

  func decodeNil() -> Bool { value == .null }
  func decode(_ type: Float.Type) throws -> Float { Float(try value.number(at: place)) }
  func decode(_ type: Int8.Type) throws -> Int8 { try value.whole(type, at: place) }
  func decode(_ type: Int16.Type) throws -> Int16 { try value.whole(type, at: place) }
  func decode(_ type: Int32.Type) throws -> Int32 { try value.whole(type, at: place) }
  func decode(_ type: UInt.Type) throws -> UInt { try value.whole(type, at: place) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try value.whole(type, at: place) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try value.whole(type, at: place) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try value.whole(type, at: place) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try value.whole(type, at: place) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try value.decoding(type, at: place) }
}
