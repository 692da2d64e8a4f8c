/// A calendar date without a time of day (proleptic Gregorian), from 1900-01-01 to 2199-12-31.
public struct Day: SingleTextValue, Comparable {
  /// Days since 1970-01-01.
  public let number: Int32

  init(number: Int32) { self.number = number }

  /// Reads `2020-11-17`; nil when it is not a date that exists.
  public init?(_ text: String) {
    self.init(utf8: text.utf8)
  }

  /// The same from the bytes of a text.
  init?(utf8 text: some Collection<UInt8>) {
    guard text.count == 10 else { return nil }
    var bytes = text.makeIterator()
    guard let year = decimal(4, from: &bytes), bytes.next() == UInt8(ascii: "-"),
      let month = decimal(2, from: &bytes), bytes.next() == UInt8(ascii: "-"),
      let day = decimal(2, from: &bytes), (1900...2199).contains(year), (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    let candidate = Day(year: year, month: month, day: day)
    guard candidate.civil == (year, month, day) else { return nil }
    self = candidate
  }

  // Days from civil and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  private init(year: Int32, month: Int32, day: Int32) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  var civil: (year: Int32, month: Int32, day: Int32) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (
      yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  public var description: String {
    let (year, month, day) = civil
    return String(unsafeUninitializedCapacity: 10) { bytes in
      writeDecimal(year, digits: 4, to: bytes, at: 0)
      bytes[4] = UInt8(ascii: "-")
      writeDecimal(month, digits: 2, to: bytes, at: 5)
      bytes[7] = UInt8(ascii: "-")
      writeDecimal(day, digits: 2, to: bytes, at: 8)
      return 10
    }
  }

  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
  /// So many days later, or earlier where they are below zero.
  public func advanced(by days: Int32) -> Day { Day(number: number + days) }
  /// 0 on the same day, below zero where `other` is earlier.
  public func days(until other: Day) -> Int { Int(other.number - number) }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 10, maximum: 10, format: "date", pattern: nil))
  }
  public static var sample: Self { Day(number: 0) }
  public static var expectation: Words {
    Words(en: "a date such as 2020-11-17", fr: "une date telle que 2020-11-17")
  }
}
