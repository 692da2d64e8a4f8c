import Foundation

/// JSON as it is sent, and the version of the thing it shows, where it shows one that has a version.
public struct EncodedJSON: Sendable {
  /// UTF-8, without spaces, members in alphabetical order.
  public let bytes: [UInt8]
  /// The member `version` of the outermost object; nil where there is none.
  public let version: Int64?

  /// A value through its own `encode(to:)`, straight into bytes. Throws what the value's own coding
  /// throws.
  public init(of value: some Encodable) throws {
    let sink = ByteSink()
    try sink.write(value)
    if sink.needsTree {
      self = try EncodedJSON(tree: JSON.encoding(value))
    } else {
      self.init(bytes: sink.writer.bytes, version: sink.version)
    }
  }

  private init(bytes: [UInt8], version: Int64?) {
    self.bytes = bytes
    self.version = version
  }

  init(tree: JSON) throws {
    var writer = JSONWriter()
    try writer.write(tree)
    bytes = writer.bytes
    version = tree["version"]?.whole
  }
}

/// Where a value is being written, and what of it is open: objects and lists within each other.
private final class ByteSink {
  enum Kind {
    case nothing, object, list, single
  }
  struct Open {
    var kind = Kind.nothing
    /// How many elements a list has so far.
    var count = 0
    /// Where its members begin in `members`.
    let firstMember: Int
  }
  struct Member {
    let name: String
    let start: Int
    var end: Int
    /// The first bytes of a name in ASCII as a number, which tells most names apart at once.
    let beginning: UInt64?

    init(name: String, start: Int) {
      self.name = name
      self.start = start
      end = start
      var beginning: UInt64 = 0
      var shift: UInt64 = 64
      var isASCII = true
      for byte in name.utf8 {
        isASCII = isASCII && byte < 0x80
        guard shift > 0 else { continue }
        shift -= 8
        beginning |= UInt64(byte) << shift
      }
      self.beginning = isASCII ? beginning : nil
    }

    /// By the names, of two with one name by which came first.
    static func < (left: Member, right: Member) -> Bool {
      if let first = left.beginning, let second = right.beginning, first != second {
        return first < second
      }
      return (left.name, left.start) < (right.name, right.start)
    }
  }

  var writer = JSONWriter()
  private var forms = TextForms()
  private var open: [Open] = []
  /// The members of the objects that are open, the outermost first.
  private var members: [Member] = []
  private(set) var version: Int64?
  /// A type that writes in an order of its own (`nestedContainer`) goes by way of `JSON`.
  private(set) var needsTree = false

  var depth: Int { open.count - 1 }

  func giveUp() { needsTree = true }

  func begin(_ kind: Kind, at depth: Int) {
    guard depth == open.count - 1 else { return giveUp() }
    switch open[depth].kind {
    case .nothing:
      open[depth].kind = kind
      switch kind {
      case .object: writer.append(UInt8(ascii: "{"))
      case .list: writer.append(UInt8(ascii: "["))
      case .nothing, .single: break
      }
    case kind where kind == .object: break
    default: giveUp()
    }
  }

  /// Writes one member; `depth` is that of its object.
  func member(_ name: String, at depth: Int, _ value: () throws -> Void) throws {
    guard depth == open.count - 1, open[depth].kind == .object else { return giveUp() }
    if members.count > open[depth].firstMember { writer.append(UInt8(ascii: ",")) }
    let start = writer.count
    writer.write(name)
    writer.append(UInt8(ascii: ":"))
    let place = members.count
    members.append(Member(name: name, start: start))
    try value()
    if place < members.count { members[place].end = writer.count }
  }

  func note(version number: Int64, at depth: Int) { if depth == 0 { version = number } }

  /// Writes one element of the list at `depth`.
  func element(at depth: Int, _ value: () throws -> Void) throws {
    guard depth == open.count - 1, open[depth].kind == .list else { return giveUp() }
    if open[depth].count > 0 { writer.append(UInt8(ascii: ",")) }
    open[depth].count += 1
    try value()
  }

  func count(at depth: Int) -> Int { depth < open.count ? open[depth].count : 0 }

  func write<T: Encodable>(_ value: T) throws {
    guard !needsTree else { return }
    if try writeSimple(value) { return }
    if let form = forms.form(of: T.self),
      let text = withUnsafePointer(to: value, { form.text(at: UnsafeRawPointer($0)) })
    {
      switch text {
      case .plain(let text): return writer.write(text)
      case .json(let text): return writer.append(json: text)
      }
    }
    open.append(Open(firstMember: members.count))
    try value.encode(to: ByteEncoder(sink: self, depth: open.count - 1))
    guard !needsTree else { return }
    close()
  }

  private func close() {
    guard let last = open.popLast() else { return }
    switch last.kind {
    // A type without properties asks for nothing.
    case .nothing: writer.append(UInt8(ascii: "{"), UInt8(ascii: "}"))
    case .object:
      sortMembers(from: last.firstMember)
      members.removeSubrange(last.firstMember...)
      writer.append(UInt8(ascii: "}"))
    case .list: writer.append(UInt8(ascii: "]"))
    case .single: break
    }
  }

  /// Puts the members of the innermost object into the order of their names, which is theirs already
  /// where the type has its properties in that order.
  private func sortMembers(from first: Int) {
    let own = members[first...]
    var isSorted = true
    for index in own.indices.dropFirst()
    where !(own[index - 1] < own[index]) || own[index - 1].name == own[index].name {
      isSorted = false
      break
    }
    guard !isSorted, let start = own.first?.start else { return }
    var order: [Member] = []
    order.reserveCapacity(own.count)
    // Of two with one name the later one counts.
    for member in own.sorted(by: <) {
      if order.last?.name == member.name { order.removeLast() }
      order.append(member)
    }
    writer.rearrange(from: start, order.lazy.map { $0.start..<$0.end })
  }

  /// Writes what needs no encoder, told by its exact type; false for all others.
  private func writeSimple<T>(_ value: T) throws -> Bool {
    let type = T.self
    if type == String.self {
      writer.write(unsafeBitCast(value, to: String.self))
    } else if type == Int.self {
      writer.write(Int64(unsafeBitCast(value, to: Int.self)))
    } else if type == Bool.self {
      writer.write(unsafeBitCast(value, to: Bool.self))
    } else if type == JSON.self {
      try writer.write(unsafeBitCast(value, to: JSON.self))
    } else if type == Int64.self {
      writer.write(unsafeBitCast(value, to: Int64.self))
    } else if type == Double.self {
      try writer.write(unsafeBitCast(value, to: Double.self))
    } else if type == [String: JSON].self {
      try writer.write(.object(unsafeBitCast(value, to: [String: JSON].self)))
    } else if type == [JSON].self {
      try writer.write(.array(unsafeBitCast(value, to: [JSON].self)))
    } else if type == Data.self {
      writer.write(unsafeBitCast(value, to: Data.self).base64EncodedString())
    } else if type == URL.self {
      writer.write(unsafeBitCast(value, to: URL.self).absoluteString)
    } else {
      return false
    }
    return true
  }
}

private struct ByteEncoder: Encoder {
  let sink: ByteSink
  let depth: Int
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    sink.begin(.object, at: depth)
    return KeyedEncodingContainer(ByteMembers(sink: sink, depth: depth))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    sink.begin(.list, at: depth)
    return ByteItems(sink: sink, depth: depth)
  }
  func singleValueContainer() -> any SingleValueEncodingContainer {
    sink.begin(.single, at: depth)
    return ByteSingle(sink: sink)
  }
}

/// Takes what a type writes that is to be written again by way of `JSON`.
private func elsewhere() -> ByteEncoder {
  let sink = ByteSink()
  sink.giveUp()
  return ByteEncoder(sink: sink, depth: 0)
}

private struct ByteMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: ByteSink
  let depth: Int
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) throws {
    try sink.member(key.stringValue, at: depth) { sink.writer.writeNull() }
  }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try sink.member(key.stringValue, at: depth) { try sink.write(value) }
  }
  func encode(_ value: String, forKey key: Key) throws {
    try sink.member(key.stringValue, at: depth) { sink.writer.write(value) }
  }
  func encode(_ value: Bool, forKey key: Key) throws {
    try sink.member(key.stringValue, at: depth) { sink.writer.write(value) }
  }
  func encode(_ value: Int, forKey key: Key) throws {
    let name = key.stringValue
    try sink.member(name, at: depth) { sink.writer.write(Int64(value)) }
    if name == "version" { sink.note(version: Int64(value), at: depth) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    sink.giveUp()
    return elsewhere().container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    sink.giveUp()
    return elsewhere().unkeyedContainer()
  }
  func superEncoder() -> any Encoder {
    sink.giveUp()
    return elsewhere()
  }
  func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

private struct ByteItems: UnkeyedEncodingContainer {
  let sink: ByteSink
  let depth: Int
  var codingPath: [any CodingKey] { [] }
  var count: Int { sink.count(at: depth) }

  func encodeNil() throws { try sink.element(at: depth) { sink.writer.writeNull() } }
  func encode<T: Encodable>(_ value: T) throws {
    try sink.element(at: depth) { try sink.write(value) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    sink.giveUp()
    return elsewhere().container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    sink.giveUp()
    return elsewhere().unkeyedContainer()
  }
  func superEncoder() -> any Encoder {
    sink.giveUp()
    return elsewhere()
  }
}

private struct ByteSingle: SingleValueEncodingContainer {
  let sink: ByteSink
  var codingPath: [any CodingKey] { [] }

  func encodeNil() { sink.writer.writeNull() }
  func encode(_ value: Float) throws { try sink.writer.write(Double(value)) }
  func encode(_ value: Int8) { sink.writer.write(Int64(value)) }
  func encode(_ value: Int16) { sink.writer.write(Int64(value)) }
  func encode(_ value: Int32) { sink.writer.write(Int64(value)) }
  func encode(_ value: UInt) throws { try encode(UInt64(value)) }
  func encode(_ value: UInt8) { sink.writer.write(Int64(value)) }
  func encode(_ value: UInt16) { sink.writer.write(Int64(value)) }
  func encode(_ value: UInt32) { sink.writer.write(Int64(value)) }
  func encode(_ value: UInt64) throws {
    if let whole = Int64(exactly: value) {
      sink.writer.write(whole)
    } else {
      try sink.writer.write(Double(value))
    }
  }
  func encode<T: Encodable>(_ value: T) throws { try sink.write(value) }
}
