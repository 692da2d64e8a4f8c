/// Figures as people read them in their language.
extension Figure.Unit {
  /// `2 100 h`, `4,31`, `54 jours`, `1 234`, with spaces that do not break.
  public func shown(_ value: Int64, in language: Language) -> String {
    switch self {
    case .count: decimal(value, digits: 0, in: language)
    case .hours: decimal(tenthsOfHours(value), digits: 1, in: language) + "\u{A0}h"
    case .days: decimal(value, digits: 0, in: language) + "\u{A0}" + dayWord(value, in: language)
    case .score: decimal(value, digits: 2, in: language)
    }
  }

  /// For programs: a point, no grouping, the unit told apart.
  public func plain(_ value: Int64) -> String {
    switch self {
    case .count, .days: String(value)
    case .hours: trimmedZeros(fixed(rounded(value * 100, over: 60), digits: 2))
    case .score: fixed(value, digits: 2)
    }
  }

  /// The word for a column of plain values.
  public var column: String {
    switch self {
    case .count: "count"
    case .hours: "hours"
    case .days: "days"
    case .score: "score"
    }
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
