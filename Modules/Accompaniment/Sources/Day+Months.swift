internal import Kernel

extension Day {
  /// The same day some months later, or the last day of that month when it is shorter.
  func advanced(byMonths months: Int) -> Day {
    let parts = description.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return self }
    let month = parts[0] * 12 + parts[1] - 1 + months
    for day in stride(from: parts[2], to: 27, by: -1) {
      if let found = Day(year: month / 12, month: month % 12 + 1, day: day) { return found }
    }
    return Day(year: month / 12, month: month % 12 + 1, day: parts[2]) ?? self
  }

  private init?(year: Int, month: Int, day: Int) {
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    self.init("\(year)-\(two(month))-\(two(day))")
  }
}
