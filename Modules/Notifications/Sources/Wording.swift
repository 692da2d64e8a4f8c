internal import Kernel
internal import ProgrammesAPI

/// Dates, times and lists as people say them in each language.
enum Wording {
  private static let weekdays = Words2(
    en: ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"],
    fr: ["jeudi", "vendredi", "samedi", "dimanche", "lundi", "mardi", "mercredi"])
  private static let months = Words2(
    en: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ],
    fr: [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
      "octobre", "novembre", "décembre",
    ])

  private struct Words2 {
    let en: [String]
    let fr: [String]
  }

  /// Tuesday 17 November 2020, mardi 17 novembre 2020.
  static func day(_ day: Day) -> Words {
    let parts = day.description.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return Words(day.description) }
    // 1970-01-01, day 0, was a Thursday.
    let weekday = ((Int(day.number) % 7) + 7) % 7
    let date = parts[2] == 1 ? "1er" : "\(parts[2])"
    return Words(
      en: "\(weekdays.en[weekday]) \(parts[2]) \(months.en[parts[1] - 1]) \(parts[0])",
      fr: "\(weekdays.fr[weekday]) \(date) \(months.fr[parts[1] - 1]) \(parts[0])")
  }

  /// The last day before a deadline has passed; a deadline at midnight is over when the day begins.
  static func lastDay(before deadline: Instant, in zone: Zone) -> Words {
    day(zone.day(of: Instant(milliseconds: deadline.milliseconds - 1)))
  }

  /// Tuesday 17 November 2020, 09:00 to 12:30.
  static func span(from start: Instant, to end: Instant, in zone: Zone) -> Words {
    let date = day(zone.day(of: start))
    let (from, to) = (time(start, in: zone), time(end, in: zone))
    return Words(
      en: "\(date.en), \(from.en) to \(to.en)", fr: "\(date.fr), de \(from.fr) à \(to.fr)")
  }

  static func halfDay(_ halfDay: HalfDay) -> Words {
    let date = day(halfDay.day)
    return switch halfDay.part {
    case .morning: Words(en: "\(date.en), morning", fr: "\(date.fr), matin")
    case .afternoon: Words(en: "\(date.en), afternoon", fr: "\(date.fr), après-midi")
    }
  }

  static func format(_ format: Format) -> Words {
    switch format {
    case .onSite: Words(en: "on site", fr: "sur place")
    case .remote: Words(en: "remote", fr: "à distance")
    case .hybrid: Words(en: "on site or remote", fr: "sur place ou à distance")
    }
  }

  /// Where a session is; a place still to be named is said in one language, not in both.
  static func place(_ place: Name) -> Words {
    let toCome = " / to be announced by the host company"
    let text = place.description
    guard text.hasSuffix(toCome) else { return Words(text) }
    return Words(
      en: "to be announced by the host company", fr: String(text.dropLast(toCome.count)))
  }

  /// 2 h, 2 h 30, 45 min.
  static func duration(minutes: Int) -> String {
    let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
    if hours == 0 { return "\(rest) min" }
    return rest == 0 ? "\(hours) h" : "\(hours) h \(twoDigits(rest))"
  }

  /// The edition “Spring”, the edition 2020: a name that says “Édition” is not told so twice.
  static func edition(_ edition: Edition) -> Words {
    let name = edition.name.description
    for prefix in ["édition ", "edition "] where name.lowercased().hasPrefix(prefix) {
      let rest = name.dropFirst(prefix.count)
      return Words(en: "the edition \(rest)", fr: "l’édition \(rest)")
    }
    return Words(en: "the edition “\(name)”", fr: "l’édition « \(name) »")
  }

  /// De Kabubu, d’Arpejeh. A name with an h keeps its “de”: nobody can tell whether it is mute.
  static func de(_ name: Name) -> String {
    let first = name.description.folding.first ?? "x"
    return "aeiouœæ".contains(first) ? "d’\(name)" : "de \(name)"
  }

  static func validated(_ time: String, _ mission: String) -> Words {
    Words(en: "\(time) validated – \(mission)", fr: "\(time) validées – \(mission)")
  }

  static func counted(_ time: String, _ mission: String) -> Words {
    Words(
      en: "\(time) of yours on “\(mission)” were checked and count. Thank you.",
      fr: "\(time) de votre temps sur « \(mission) » ont été vérifiées et comptent. Merci.")
  }

  /// One line each.
  static func list(_ lines: [Words]) -> Words {
    Words(
      en: lines.map { "  - " + $0.en }.joined(separator: "\n"),
      fr: lines.map { "  - " + $0.fr }.joined(separator: "\n"))
  }

  /// A paragraph with somebody's own words, when there are any.
  static func quoted(_ introduction: Words, _ text: Paragraph?) -> Words {
    guard let text else { return Words("") }
    return Words(
      en: "\n\n\(introduction.en)\n\n\(text)", fr: "\n\n\(introduction.fr)\n\n\(text)")
  }

  private static func time(_ instant: Instant, in zone: Zone) -> Words {
    let day = zone.day(of: instant)
    let guess = Int((instant.milliseconds - zone.start(of: day).milliseconds) / 60_000)
    // Where the clocks changed that day, the guess is an hour off.
    let wrong = instant.milliseconds - zone.moment(on: day, minute: guess).milliseconds
    let minutes = guess + Int(wrong / 60_000)
    return Words(
      en: "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))",
      fr: "\(minutes / 60) h \(twoDigits(minutes % 60))")
  }
}

func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension String {
  /// In small letters without accents.
  fileprivate var folding: String {
    String(
      lowercased().unicodeScalars.compactMap { scalar in
        switch scalar {
        case "à", "â", "ä": "a"
        case "é", "è", "ê", "ë": "e"
        case "î", "ï": "i"
        case "ô", "ö": "o"
        case "ù", "û", "ü": "u"
        default: Character(scalar)
        }
      })
  }
}
