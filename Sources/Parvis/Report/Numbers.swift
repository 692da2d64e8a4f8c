internal import Kernel

/// A share of a whole in per cent, without decimals.
func percent(_ part: Int64, of whole: Int64, in language: Language) -> String {
  let share = whole == 0 ? 0 : rounded(part * 100, over: whole)
  return language == .fr ? "\(share)\u{202F}%" : "\(share)%"
}

extension Day {
  /// A month on an axis: `nov. 2020`.
  func shownMonth(in language: Language) -> String {
    let (year, month, _) = calendar
    return "\(shortMonthNames[month - 1][language])\u{A0}\(year)"
  }

  var calendar: (year: Int, month: Int, date: Int) {
    let fields = description.split(separator: "-").compactMap { Int($0) }
    return fields.count == 3 ? (fields[0], fields[1], fields[2]) : (1970, 1, 1)
  }
}

/// Halves away from zero; `count` is positive.
private func rounded(_ value: Int64, over count: Int64) -> Int64 {
  value < 0 ? -((-value * 2 + count) / (2 * count)) : (value * 2 + count) / (2 * count)
}

private let shortMonthNames: [Words] = [
  Words(en: "Jan", fr: "janv."), Words(en: "Feb", fr: "févr."), Words(en: "Mar", fr: "mars"),
  Words(en: "Apr", fr: "avr."), Words(en: "May", fr: "mai"), Words(en: "Jun", fr: "juin"),
  Words(en: "Jul", fr: "juil."), Words(en: "Aug", fr: "août"), Words(en: "Sep", fr: "sept."),
  Words(en: "Oct", fr: "oct."), Words(en: "Nov", fr: "nov."), Words(en: "Dec", fr: "déc."),
]
