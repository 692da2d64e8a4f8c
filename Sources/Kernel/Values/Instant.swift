import Foundation

/// A moment, in milliseconds since 1970-01-01T00:00:00Z. Written as RFC 3339 in UTC.
public struct Instant: SingleTextValue, Comparable {
  /// Below zero before 1970.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads `2020-03-02T09:00:00Z`, with optional fraction and offset; nil for anything else.
  public init?(_ text: String) {
    if let moment = Self.plain(text) {
      self = moment
      return
    }
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let day = Day(String(parts[0])) else { return nil }
    var clock = parts[1]
    var offset: Int64 = 0
    if clock.hasSuffix("Z") {
      clock.removeLast()
    } else {
      guard let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return nil }
      let zone = clock[clock.index(after: sign)...].split(separator: ":")
      guard zone.count == 2, let hours = twoDigits(zone[0], upTo: 23),
        let minutes = twoDigits(zone[1], upTo: 59)
      else { return nil }
      offset = (hours * 60 + minutes) * 60_000 * (clock[sign] == "-" ? -1 : 1)
      clock = clock[..<sign]
    }
    let pieces = clock.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count <= 2 else { return nil }
    let time = pieces[0].split(separator: ":", omittingEmptySubsequences: false)
    guard time.count == 3, let hour = twoDigits(time[0], upTo: 23),
      let minute = twoDigits(time[1], upTo: 59), let second = twoDigits(time[2], upTo: 59)
    else { return nil }
    var fraction: Int64 = 0
    if pieces.count == 2 {
      guard (1...9).contains(pieces[1].utf8.count),
        pieces[1].utf8.allSatisfy({ (48...57).contains($0) })
      else { return nil }
      fraction = Int64((pieces[1] + "00").prefix(3)) ?? 0
    }
    let seconds = Int64(day.number) * 86_400 + hour * 3600 + minute * 60 + second
    milliseconds = seconds * 1000 + fraction - offset
  }

  /// As `description` writes it, which is how most are; nil for any other form.
  private static func plain(_ text: String) -> Instant? {
    let utf8 = text.utf8
    guard utf8.count == 20 || utf8.count == 24, let day = Day(utf8: utf8.prefix(10)) else {
      return nil
    }
    var rest = utf8.dropFirst(10).makeIterator()
    guard rest.next() == UInt8(ascii: "T"), let hour = decimal(2, from: &rest), hour < 24,
      rest.next() == UInt8(ascii: ":"), let minute = decimal(2, from: &rest), minute < 60,
      rest.next() == UInt8(ascii: ":"), let second = decimal(2, from: &rest), second < 60
    else { return nil }
    var fraction: Int32 = 0
    if utf8.count == 24 {
      guard rest.next() == UInt8(ascii: "."), let given = decimal(3, from: &rest) else {
        return nil
      }
      fraction = given
    }
    guard rest.next() == UInt8(ascii: "Z") else { return nil }
    let seconds = Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    return Instant(milliseconds: seconds * 1000 + Int64(fraction))
  }

  public var description: String {
    let (days, rest) = floorDivision(milliseconds, 86_400_000)
    let second = rest / 1000
    let fraction = rest % 1000
    let (year, month, day) = Day(number: Int32(clamping: days)).civil
    return String(unsafeUninitializedCapacity: 24) { bytes in
      // Where a number begins, and the sign behind it.
      for (number, digits, start, sign) in [
        (Int64(year), 4, 0, "-"), (Int64(month), 2, 5, "-"), (Int64(day), 2, 8, "T"),
        (second / 3600, 2, 11, ":"), (second / 60 % 60, 2, 14, ":"), (second % 60, 2, 17, "Z"),
      ] as [(Int64, Int, Int, Unicode.Scalar)] {
        writeDecimal(number, digits: digits, to: bytes, at: start)
        bytes[start + digits] = UInt8(ascii: sign)
      }
      guard fraction != 0 else { return 20 }
      bytes[19] = UInt8(ascii: ".")
      writeDecimal(fraction, digits: 3, to: bytes, at: 20)
      bytes[23] = UInt8(ascii: "Z")
      return 24
    }
  }

  /// As a part of the name of a file, `2020-03-02T09-00-00.000Z`: such names sort by time.
  public var fileName: String {
    let text = description.replacing(":", with: "-")
    return text.contains(".") ? text : String(text.dropLast()) + ".000Z"
  }

  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
  /// So many seconds later, or earlier where they are below zero.
  public func advanced(bySeconds seconds: Int64) -> Instant {
    Instant(milliseconds: milliseconds + seconds * 1000)
  }
  /// By 24 hours each, whatever the clocks of a zone do; `Zone` counts by the calendar.
  public func advanced(byDays days: Int64) -> Instant { advanced(bySeconds: days * 86_400) }

  public var sqlValue: SQLValue { .integer(milliseconds) }
  public init?(sqlValue: SQLValue) {
    guard case .integer(let value) = sqlValue else { return nil }
    milliseconds = value
  }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 20, maximum: 35, format: "date-time", pattern: nil))
  }
  public static var sample: Self { Instant(milliseconds: 0) }
  public static var expectation: Words {
    Words(
      en: "a moment such as 2020-11-17T09:00:00Z", fr: "un instant tel que 2020-11-17T09:00:00Z")
  }
}

private func twoDigits(_ text: some StringProtocol, upTo limit: Int64) -> Int64? {
  guard text.utf8.count == 2, text.utf8.allSatisfy({ (48...57).contains($0) }),
    let value = Int64(text), value <= limit
  else { return nil }
  return value
}

func floorDivision(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
  let remainder = ((value % divisor) + divisor) % divisor
  return ((value - remainder) / divisor, remainder)
}
