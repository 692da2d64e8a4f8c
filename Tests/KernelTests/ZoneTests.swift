import Foundation
import Kernel
import Testing

/// What a zone says of a moment is what the system says of it, however often it was asked before.
@Suite struct ZoneTests {
  @Test(
    "A zone’s day is that of the system, on the days when its clocks change as well",
    arguments: [
      ("Europe/Paris", "2020-03-28T00:00:00Z"), ("Europe/Paris", "2020-10-24T00:00:00Z"),
      ("Africa/Casablanca", "2020-05-30T00:00:00Z"),
      ("Australia/Lord_Howe", "2020-04-03T00:00:00Z"),
      ("Asia/Kathmandu", "2020-01-01T00:00:00Z"), ("Pacific/Apia", "2011-12-29T00:00:00Z"),
      ("America/St_Johns", "2020-11-01T00:00:00Z"), ("Europe/Moscow", "2011-03-26T00:00:00Z"),
    ])
  func matchesTheSystem(name: String, start: String) throws {
    let zone = try #require(Zone(name))
    let system = try #require(TimeZone(identifier: name))
    let begin = try #require(Instant(start))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = system
    var days: Set<Day> = []
    for quarter in 0..<(3 * 96) {
      let moment = begin.advanced(bySeconds: Int64(quarter) * 900)
      let parts = calendar.dateComponents(
        [.year, .month, .day],
        from: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
      let text = [parts.year, parts.month, parts.day].map { number in
        let digits = String(number ?? 0)
        return digits.count == 1 ? "0" + digits : digits
      }.joined(separator: "-")
      #expect(zone.day(of: moment).description == text, "\(moment) in \(name)")
      days.insert(zone.day(of: moment))
    }
    #expect(days.count >= 3)
  }

  @Test("Two zones of one name are the same, of two names are not")
  func equality() {
    #expect(Zone("Europe/Paris") == .paris)
    #expect(Zone("Europe/Brussels") != .paris)
    #expect(Zone("Europe/Nowhere") == nil)
  }
}
