/// What a change comes to, in a sentence or two.
func sentence(
  filled: Int, missing: Int, points: Int64, moves: Int, words: any WhatIfWords
) -> String {
  guard filled != 0 || missing != 0 || points != 0 || moves != 0 else { return words.nothing }
  let differences = [
    filled == 0 ? nil : words.filled(filled), missing == 0 ? nil : words.missing(missing),
    points == 0 ? nil : words.points(points),
  ].compactMap(\.self)
  let worth = differences.isEmpty ? words.same : differences.joined(separator: ", ")
  return "\(worth). \(words.moves(moves))"
}

/// The words of one language.
protocol WhatIfWords {
  var nothing: String { get }
  var same: String { get }
  func filled(_ count: Int) -> String
  /// Seats missing below the minimum team.
  func missing(_ count: Int) -> String
  func points(_ count: Int64) -> String
  func moves(_ count: Int) -> String
}

struct EnglishWhatIf: WhatIfWords {
  let nothing = "Nothing changes."
  let same = "The teams as a whole are worth the same"
  func filled(_ count: Int) -> String {
    "\(abs(count)) \(abs(count) == 1 ? "seat" : "seats") \(count > 0 ? "more" : "fewer") filled"
  }
  func missing(_ count: Int) -> String {
    "\(abs(count)) \(count > 0 ? "more" : "fewer") missing below the minimum team"
  }
  func points(_ count: Int64) -> String {
    "\(abs(count)) \(abs(count) == 1 ? "point" : "points") \(count > 0 ? "gained" : "lost")"
  }
  func moves(_ count: Int) -> String {
    switch count {
    case 0: "Nobody moves."
    case 1: "One person changes place."
    default: "\(count) people change place."
    }
  }
}

struct FrenchWhatIf: WhatIfWords {
  let nothing = "Rien ne change."
  let same = "L’ensemble des équipes vaut autant"
  func filled(_ count: Int) -> String {
    let places = abs(count) == 1 ? "place pourvue" : "places pourvues"
    return "\(abs(count)) \(places) \(count > 0 ? "de plus" : "de moins")"
  }
  func missing(_ count: Int) -> String {
    "\(abs(count)) de \(count > 0 ? "plus" : "moins") sous l’équipe minimale"
  }
  func points(_ count: Int64) -> String {
    let points = abs(count) == 1 ? "point" : "points"
    let ending = abs(count) == 1 ? "" : "s"
    return "\(abs(count)) \(points) \(count > 0 ? "gagné" : "perdu")\(ending)"
  }
  func moves(_ count: Int) -> String {
    switch count {
    case 0: "Personne ne bouge."
    case 1: "Une personne change de place."
    default: "\(count) personnes changent de place."
    }
  }
}
