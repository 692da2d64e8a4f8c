internal import Kernel
internal import Pages

/// Writes values in one language.
struct Speaker {
  let language: Language

  func callAsFunction(_ words: Words) -> String { set(words[language]) }

  /// French puts a space before some signs, which must not begin a line.
  private func set(_ text: String) -> String {
    guard language == .fr, text.utf8.contains(where: { "?!:;".utf8.contains($0) || $0 > 127 })
    else { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    var previous: Character?
    for letter in text {
      if "?!:;»".contains(letter), previous == " " {
        result.removeLast()
        result.append("\u{A0}")
      }
      if letter == " ", previous == "«" { result.append("\u{A0}") } else { result.append(letter) }
      previous = letter
    }
    return result
  }

  /// A value as text alone, for CSV and titles.
  func plain(_ value: PageValue) -> String {
    switch value {
    case .words(let words): words[language]
    case .text(let text), .quoted(let text, _), .phone(let text): text
    case .day(let day): day.description
    case .moment(let instant, let zone): moment(instant, zone)
    case .number(let number): String(number)
    case .minutes(let minutes): Figure.Unit.hours.plain(minutes)
    case .hundredths(let score): Figure.Unit.score.plain(score)
    case .percent(let share): "\(share)"
    case .yesNo(let yes): yesNo(yes)
    case .tag(let tag): tag.words[language]
    case .link(let link): link.words[language]
    case .email(let address): address.description
    case .list(let values): values.map(plain).joined(separator: ", ")
    case .button, .none: ""
    }
  }

  func yesNo(_ yes: Bool) -> String {
    switch (yes, language) {
    case (true, .fr): "oui"
    case (true, .en): "yes"
    case (false, .fr): "non"
    case (false, .en): "no"
    }
  }

  /// `3 mars 2020, 9 h 05`, `3 March 2020, 09:05`.
  func moment(_ instant: Instant, _ zone: Zone) -> String {
    let (day, minute) = zone.clock(at: instant)
    let (hours, minutes) = (minute / 60, minute % 60)
    let two = minutes < 10 ? "0\(minutes)" : "\(minutes)"
    return switch language {
    case .fr: "\(day.shown(in: .fr)), \(hours)\u{A0}h\u{A0}\(two)"
    case .en: "\(day.shown(in: .en)), \(hours < 10 ? "0" : "")\(hours):\(two)"
    }
  }
}

extension Zone {
  /// What the clocks there show.
  func clock(at instant: Instant) -> (day: Day, minute: Int) {
    let day = day(of: instant)
    let first = Int((instant.milliseconds - start(of: day).milliseconds) / 60_000)
    let shown = moment(on: day, minute: first)
    return (day, first + Int((instant.milliseconds - shown.milliseconds) / 60_000))
  }
}
