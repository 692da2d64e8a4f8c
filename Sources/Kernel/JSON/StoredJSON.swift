/// JSON of a column as it stands there: handed on as it is, and read only where somebody looks into it. What is
/// stored was written by this program, so it is what writing the value anew would give.
public struct StoredJSON<Value: Codable & Sendable>: Codable, Sendable {
  private enum Form: Sendable {
    case text(String)
    case value(Value)
  }
  private let form: Form

  /// A value that is not stored yet.
  public init(_ value: Value) { form = .value(value) }
  init(text: String) { form = .text(text) }

  /// The value, read anew at each look. Throws `StorageError.unreadable` where what is stored is not of the type.
  public var value: Value {
    get throws {
      switch form {
      case .value(let value): return value
      case .text(let text):
        do {
          return try JSON.value(of: Value.self, in: text)
        } catch {
          throw StorageError.unreadable(column: "\(Value.self)")
        }
      }
    }
  }

  /// Reads the value itself; nothing tells that it was stored.
  public init(from decoder: any Decoder) throws { form = .value(try Value(from: decoder)) }
  /// Writes the value itself. Throws `StorageError.unreadable` for text that is not of the type.
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

/// Tells stored JSON whatever it holds.
protocol AnyStoredJSON: Sendable {
  /// The text, as long as it has not been read.
  var text: String? { get }
  init(text: String)
}

extension StoredJSON: AnyStoredJSON {
  var text: String? {
    switch form {
    case .text(let text): text
    case .value: nil
    }
  }
}
