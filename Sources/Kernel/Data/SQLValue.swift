/// A value in a column or bound to a statement.
public enum SQLValue: Hashable, Sendable {
  /// No value.
  case null
  /// Also truth (0 or 1), and moments in milliseconds.
  case integer(Int64)
  /// For what is no whole number; moments and costs are.
  case real(Double)
  /// Also days, ids and JSON.
  case text(String)
  /// Bytes, as they are.
  case blob([UInt8])
}

/// A type with a form in a column.
public protocol SQLConvertible {
  /// What is written; reading it back gives an equal value.
  var sqlValue: SQLValue { get }
  /// Reads what a column holds; nil for what this type has no form for.
  init?(sqlValue: SQLValue)
}

extension Int64: SQLConvertible {
  public var sqlValue: SQLValue { .integer(self) }
  public init?(sqlValue: SQLValue) {
    guard case .integer(let value) = sqlValue else { return nil }
    self = value
  }
}

extension Int: SQLConvertible {
  public var sqlValue: SQLValue { .integer(Int64(self)) }
  public init?(sqlValue: SQLValue) {
    guard case .integer(let value) = sqlValue else { return nil }
    self.init(exactly: value)
  }
}

extension Double: SQLConvertible {
  public var sqlValue: SQLValue { .real(self) }
  public init?(sqlValue: SQLValue) {
    switch sqlValue {
    case .real(let value): self = value
    case .integer(let value): self = Double(value)
    case .null, .text, .blob: return nil
    }
  }
}

extension Bool: SQLConvertible {
  public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
  public init?(sqlValue: SQLValue) {
    guard case .integer(let value) = sqlValue, value == 0 || value == 1 else { return nil }
    self = value == 1
  }
}

extension String: SQLConvertible {
  public var sqlValue: SQLValue { .text(self) }
  public init?(sqlValue: SQLValue) {
    guard case .text(let value) = sqlValue else { return nil }
    self = value
  }
}

/// An enum of texts is stored as its text.
extension SQLConvertible where Self: RawRepresentable, RawValue == String {
  public var sqlValue: SQLValue { .text(rawValue) }
  public init?(sqlValue: SQLValue) {
    guard case .text(let value) = sqlValue else { return nil }
    self.init(rawValue: value)
  }
}
