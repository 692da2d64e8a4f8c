/// The part of CBOR (RFC 8949) that passkeys speak: definite lengths, no tags, no fractions, and little
/// of it. Whatever else comes is refused.
enum CBOR: Hashable, Sendable {
  case integer(Int64)
  case bytes([UInt8])
  case text(String)
  case array([CBOR])
  case map([CBOR: CBOR])
  case bool(Bool)
  case null

  struct Unreadable: Error {}

  /// Reads one value, and how many bytes it took; what follows is the caller's. Throws `Unreadable`.
  static func read(_ bytes: ArraySlice<UInt8>) throws -> (value: CBOR, rest: ArraySlice<UInt8>) {
    var reader = Reader(rest: bytes.prefix(Reader.size))
    let value = try reader.value(depth: 0)
    return (value, bytes.dropFirst(reader.taken))
  }

  subscript(key: CBOR) -> CBOR? { if case .map(let members) = self { members[key] } else { nil } }
  var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
  var integer: Int64? { if case .integer(let number) = self { number } else { nil } }

  private struct Reader {
    static let size = 16_384
    private static let depth = 4
    private static let members = 64

    var rest: ArraySlice<UInt8>
    var taken = 0

    mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard count <= rest.count else { throw Unreadable() }
      defer {
        rest = rest.dropFirst(count)
        taken += count
      }
      return rest.prefix(count)
    }

    mutating func value(depth: Int) throws -> CBOR {
      guard depth <= Self.depth, let first = try take(1).first else { throw Unreadable() }
      let kind = first >> 5
      if kind == 7 {
        switch first & 31 {
        case 20: return .bool(false)
        case 21: return .bool(true)
        case 22: return .null
        default: throw Unreadable()
        }
      }
      let number = try argument(first & 31)
      switch kind {
      case 0: return .integer(number)
      case 1: return .integer(-1 - number)
      case 2: return .bytes(Array(try take(try length(number))))
      case 3:
        guard let text = String(validating: try take(try length(number)), as: UTF8.self) else {
          throw Unreadable()
        }
        return .text(text)
      case 4:
        guard number <= Self.members else { throw Unreadable() }
        var items: [CBOR] = []
        for _ in 0..<number { items.append(try value(depth: depth + 1)) }
        return .array(items)
      case 5:
        guard number <= Self.members else { throw Unreadable() }
        var members: [CBOR: CBOR] = [:]
        for _ in 0..<number {
          let key = try value(depth: depth + 1)
          // Two values under one key are read differently by different readers.
          guard members.updateValue(try value(depth: depth + 1), forKey: key) == nil else {
            throw Unreadable()
          }
        }
        return .map(members)
      default: throw Unreadable()
      }
    }

    private mutating func argument(_ short: UInt8) throws -> Int64 {
      let width: Int
      switch short {
      case 0..<24: return Int64(short)
      case 24: width = 1
      case 25: width = 2
      case 26: width = 4
      case 27: width = 8
      default: throw Unreadable()
      }
      let number = try take(width).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let number = Int64(exactly: number) else { throw Unreadable() }
      return number
    }

    private func length(_ number: Int64) throws -> Int {
      guard number <= Self.size else { throw Unreadable() }
      return Int(number)
    }
  }
}
