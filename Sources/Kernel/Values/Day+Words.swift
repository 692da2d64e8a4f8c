extension Day {
  /// As people write it: `17 novembre 2020`, `17 November 2020`.
  public func shown(in language: Language) -> String { words[language] }

  /// The same in each language, for sentences.
  public var words: Words {
    let (year, month, date) = civil
    let name = monthNames[Int(month) - 1]
    return Words(
      en: "\(date)\u{A0}\(name.en)\u{A0}\(year)",
      fr: "\(date == 1 ? "1er" : "\(date)")\u{A0}\(name.fr)\u{A0}\(year)")
  }
}

private let monthNames: [Words] = [
  Words(en: "January", fr: "janvier"), Words(en: "February", fr: "février"),
  Words(en: "March", fr: "mars"), Words(en: "April", fr: "avril"), Words(en: "May", fr: "mai"),
  Words(en: "June", fr: "juin"), Words(en: "July", fr: "juillet"),
  Words(en: "August", fr: "août"), Words(en: "September", fr: "septembre"),
  Words(en: "October", fr: "octobre"), Words(en: "November", fr: "novembre"),
  Words(en: "December", fr: "décembre"),
]
