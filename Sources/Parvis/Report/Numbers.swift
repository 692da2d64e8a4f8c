internal import Kernel

/// Figures as people read them in their language.
extension Figure.Unit {
  /// `2 100 h`, `4,31`, `54 jours`, `1 234`, with spaces that do not break.
  func shown(_ value: Int64, in language: Language) -> String {
    switch self {
    case .count: decimal(value, digits: 0, in: language)
    case .hours: decimal(tenthsOfHours(value), digits: 1, in: language) + "\u{A0}h"
    case .days: decimal(value, digits: 0, in: language) + "\u{A0}" + dayWord(value, in: language)
    case .score: decimal(value, digits: 2, in: language)
    }
  }

  /// For programs: a point, no grouping, the unit told apart.
  func plain(_ value: Int64) -> String {
    switch self {
    case .count, .days: String(value)
    case .hours: trimmedZeros(fixed(rounded(value * 100, over: 60), digits: 2))
    case .score: fixed(value, digits: 2)
    }
  }

  /// The word for a column of plain values.
  var column: String {
    switch self {
    case .count: "count"
    case .hours: "hours"
    case .days: "days"
    case .score: "score"
    }
  }
}

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

/// Tenths of hours, without a decimal where it is zero.
private func tenthsOfHours(_ minutes: Int64) -> Int64 { rounded(minutes * 10, over: 60) }

private func dayWord(_ value: Int64, in language: Language) -> String {
  switch language {
  case .fr: abs(value) < 2 ? "jour" : "jours"
  case .en: abs(value) == 1 ? "day" : "days"
  }
}

private func decimal(_ value: Int64, digits: Int, in language: Language) -> String {
  let text = fixed(abs(value), digits: digits)
  let pieces = text.split(separator: ".")
  let whole = grouped(String(pieces[0]), by: language == .fr ? "\u{202F}" : ",")
  var fraction = pieces.count > 1 ? String(pieces[1]) : ""
  if digits == 1, fraction == "0" { fraction = "" }
  let sign = value < 0 ? "\u{2212}" : ""
  return sign + whole + (fraction.isEmpty ? "" : (language == .fr ? "," : ".") + fraction)
}

private func grouped(_ digits: String, by separator: String) -> String {
  var result = ""
  for (position, digit) in digits.enumerated() {
    if position > 0, (digits.count - position).isMultiple(of: 3) { result += separator }
    result.append(digit)
  }
  return result
}

private func fixed(_ value: Int64, digits: Int) -> String {
  guard digits > 0 else { return String(value) }
  let text = String(abs(value))
  let filled = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
  return (value < 0 ? "-" : "") + filled.dropLast(digits) + "." + filled.suffix(digits)
}

private func trimmedZeros(_ text: String) -> String {
  var view = Substring(text)
  while view.last == "0" { view.removeLast() }
  if view.last == "." { view.removeLast() }
  return String(view)
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
