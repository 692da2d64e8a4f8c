internal import CLibPQ
internal import Foundation
internal import Kernel

/// The types of PostgreSQL that values have, by their numbers in its catalogue.
enum TypeNumber {
  static let bool: Oid = 16
  static let bytes: Oid = 17
  static let int8: Oid = 20
  static let int2: Oid = 21
  static let int4: Oid = 23
  static let text: Oid = 25
  static let oid: Oid = 26
  static let float4: Oid = 700
  static let float8: Oid = 701
  static let numeric: Oid = 1700
  /// The server finds it out from where the value stands.
  static let any: Oid = 0
}

/// Values as libpq takes them.
struct BoundValues {
  private(set) var types: [Oid] = []
  private var bytes: [CChar] = []
  /// Where each begins; nil for a null.
  private var starts: [Int?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []

  init(_ values: [SQLValue]) throws {
    for value in values {
      switch value {
      case .null:
        add(TypeNumber.any, nil)
      case .integer(let number): add(TypeNumber.int8, String(number).utf8)
      case .real(let number): add(TypeNumber.float8, number.description.utf8)
      case .text(let text):
        // The text would end at the NUL.
        guard !text.utf8.contains(0) else {
          throw StorageError.constraint("a text holds a NUL character")
        }
        add(TypeNumber.text, text.utf8)
      case .blob(let blob): add(TypeNumber.bytes, blob, isBinary: true)
      }
    }
  }

  private mutating func add(
    _ type: Oid, _ value: (some Collection<UInt8>)?, isBinary: Bool = false
  ) {
    types.append(type)
    formats.append(isBinary ? 1 : 0)
    guard let value else {
      starts.append(nil)
      lengths.append(0)
      return
    }
    starts.append(bytes.count)
    lengths.append(Int32(value.count))
    bytes.append(contentsOf: value.lazy.map { CChar(bitPattern: $0) })
    bytes.append(0)
  }
  private mutating func add(_ type: Oid, _ none: [UInt8]?) {
    add(type, none, isBinary: false)
  }

  func withPointers<T>(
    _ body: (
      UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
      UnsafePointer<Int32>?, Int32
    ) -> T
  ) -> T {
    bytes.withUnsafeBufferPointer { bytes in
      let pointers = starts.map { start in start.flatMap { at in bytes.baseAddress.map { $0 + at } }
      }
      return body(types, pointers, lengths, formats, Int32(types.count))
    }
  }
}

/// The rows of a result.
struct RowsOfResult {
  private let result: OpaquePointer
  private let columns: Row.Columns
  private let types: [Oid]

  init(_ result: OpaquePointer, _ statement: Statement) {
    self.result = result
    let count = PQnfields(result)
    types = (0..<count).map { PQftype(result, $0) }
    if statement.name != nil, let known = statement.columns {
      columns = known
    } else {
      columns = Row.Columns.of(
        (0..<count).map { index in PQfname(result, index).map { String(cString: $0) } ?? "" })
      if statement.name != nil { statement.columns = columns }
    }
  }

  func rows() -> [Row] {
    (0..<PQntuples(result)).map { row in
      Row(
        columns: columns,
        values: types.indices.map { value(row, Int32($0), types[$0]) })
    }
  }

  private func value(_ row: Int32, _ column: Int32, _ type: Oid) -> SQLValue {
    guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else {
      return .null
    }
    let signs = UnsafeRawBufferPointer(
      start: start, count: Int(PQgetlength(result, row, column)))
    switch type {
    case TypeNumber.int8, TypeNumber.int4, TypeNumber.int2, TypeNumber.oid:
      return .integer(strtoll(start, nil, 10))
    case TypeNumber.bool: return .integer(signs.first == UInt8(ascii: "t") ? 1 : 0)
    case TypeNumber.float8, TypeNumber.float4: return .real(strtod(start, nil))
    case TypeNumber.numeric:
      // A sum of whole numbers is one, too.
      let text = String(decoding: signs, as: UTF8.self)
      return Int64(text).map { .integer($0) } ?? .real(strtod(start, nil))
    case TypeNumber.bytes: return .blob(bytes(inHexadecimal: signs.dropFirst(2)))
    default: return .text(String(decoding: signs, as: UTF8.self))
    }
  }
}

private func bytes(inHexadecimal signs: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
  func digit(_ sign: UInt8) -> UInt8 { sign > 0x39 ? (sign | 0x20) - 87 : sign - 48 }
  return stride(from: signs.startIndex, to: signs.endIndex - 1, by: 2).map {
    digit(signs[$0]) << 4 | digit(signs[$0 + 1])
  }
}

/// Texts as an array of C strings that ends with nil.
func withStrings<T>(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
) -> T {
  let bytes = texts.map { Array($0.utf8CString) }
  let whole = bytes.flatMap { $0 }
  return whole.withUnsafeBufferPointer { whole in
    var pointers: [UnsafePointer<CChar>?] = []
    var start = 0
    for text in bytes {
      pointers.append(whole.baseAddress.map { $0 + start })
      start += text.count
    }
    return body(pointers + [nil])
  }
}

/// Waits until something can be read from a socket, or as long.
func waitToRead(_ socket: Int32, _ milliseconds: Int32) {
  var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
  poll(&waiting, 1, milliseconds)
}
