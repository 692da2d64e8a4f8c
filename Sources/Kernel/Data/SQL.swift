/// A statement. Written with string interpolation, whose values are always bound, never spliced:
/// `"SELECT * FROM matching_run WHERE id = \(run)"`.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
  /// The statement with `?` for each value.
  public private(set) var text: String
  /// One for each `?`, in order.
  public private(set) var values: [SQLValue]

  public init(stringLiteral value: StaticString) {
    text = "\(value)"
    values = []
  }
  public init(stringInterpolation: Interpolation) { self = stringInterpolation.sql }

  init(text: String, values: [SQLValue]) {
    self.text = text
    self.values = values
  }

  /// Both, with a space between.
  public static func + (left: SQL, right: SQL) -> SQL {
    SQL(text: left.text + " " + right.text, values: left.values + right.values)
  }

  /// What the compiler writes an interpolated statement through.
  public struct Interpolation: StringInterpolationProtocol {
    var sql = SQL(text: "", values: [])

    public init(literalCapacity: Int, interpolationCount: Int) {}

    // The compiler passes literal parts only here, so this is never a value.
    public mutating func appendLiteral(_ literal: StaticString) { sql.text += "\(literal)" }

    /// A value, bound.
    public mutating func appendInterpolation(_ value: some SQLConvertible) {
      bind(value.sqlValue)
    }
    /// A value, bound; nil is null.
    public mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
      bind(value?.sqlValue ?? .null)
    }
    /// A parenthesised list for `IN`; an empty one matches nothing. The last value is repeated up to
    /// one of a few lengths, so that statements that differ in nothing else are one statement.
    public mutating func appendInterpolation(list values: some Sequence<some SQLConvertible>) {
      var all = values.map { $0.sqlValue }
      guard let last = all.last else {
        sql.text += "(NULL)"
        return
      }
      let length = all.count <= 1 ? 1 : 1 << (Int.bitWidth - (all.count - 1).leadingZeroBitCount)
      // Beyond this the databases' own limit is near.
      if length <= 16_384 { all += repeatElement(last, count: length - all.count) }
      sql.text += "(?" + String(repeating: ", ?", count: all.count - 1) + ")"
      sql.values += all
    }
    /// Another statement as a part of this one.
    public mutating func appendInterpolation(part: SQL) {
      sql.text += part.text
      sql.values += part.values
    }
    /// The table of a record, a name fixed in code.
    public mutating func appendInterpolation<R: Record>(_ record: R.Type) { sql.text += R.table }

    mutating func appendInterpolation<R: Record>(columnsOf record: R.Type) {
      sql.text += "\(R.columns)"
    }

    private mutating func bind(_ value: SQLValue) {
      sql.text += "?"
      sql.values.append(value)
    }
  }
}
