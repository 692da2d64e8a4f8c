internal import ApplicationsAPI
internal import Kernel

/// A question of the form.
struct Question: Codable, Hashable, Sendable {
  enum Kind: String, Codable, CaseIterable, Sendable {
    case text
    case number
    case choice
  }

  let key: Key
  let label: Words
  let kind: Kind
  let required: Bool
  /// Of a text, how many characters fit; of a number, the largest.
  let maximum: Int64?
  let choices: [Choice]?
  /// The part of the form that begins with it; the questions after it belong there too.
  var section: Words? = nil
}

/// An answer to choose: a key with a label, or a key alone where it speaks for itself.
struct Choice: Codable, Hashable, Sendable, SchemaDescribed {
  private enum CodingKeys: String, CodingKey {
    case key
    case label
  }

  let key: Key
  let label: Words

  init(key: Key, label: Words) {
    self.key = key
    self.label = label
  }

  init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      guard let choice = Choice(text) else {
        throw Problem.invalid(
          "choices", en: "“\(text)” is neither a key nor “key = French | English”",
          fr: "« \(text) » n’est ni une clé, ni « clé = français | anglais »")
      }
      self = choice
    } else {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        key: try container.decode(Key.self, forKey: .key),
        label: try container.decode(Words.self, forKey: .label))
    }
  }

  /// As people write it: a key that speaks for itself, or `key = French | English`.
  init?(_ text: String) {
    let sides = text.split(separator: "=", maxSplits: 1).map(trimmed)
    guard let first = sides.first, let key = Key(first) else { return nil }
    guard sides.count == 2 else {
      self.init(key: key, label: Words(first))
      return
    }
    let labels = sides[1].split(separator: "|", maxSplits: 1).map(trimmed)
    guard let fr = labels.first else { return nil }
    self.init(key: key, label: Words(en: labels.count == 2 ? labels[1] : fr, fr: fr))
  }

  /// The same the other way round.
  var text: String {
    label == Words(key.description) ? key.description : "\(key) = \(label.fr) | \(label.en)"
  }

  static var schema: JSONSchema { .any }
  static var sample: Choice { Choice(key: .sample, label: Words("")) }
}

private func trimmed(_ text: Substring) -> String {
  String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
}

/// What applications are scored by, 0 to 5, and how much it counts.
struct Criterion: Codable, Hashable, Sendable {
  let key: Key
  let name: Words
  let weight: Whole<1, 100>
}

/// Who may apply. What is left out, or an empty list, excludes nobody.
struct Eligibility: Codable, Hashable, Sendable {
  var territories: [Name]? = nil
  var kinds: [OrganisationKind]? = nil
  /// How old the organisation is on the last day of the call.
  var minimumAgeMonths: Whole<0, 1200>? = nil
}

/// What a call says, whoever writes it down.
protocol CallTerms {
  var title: Name { get }
  var opensOn: Day { get }
  var closesOn: Day { get }
  var questions: [Question] { get }
  var criteria: [Criterion] { get }
}

/// The longest answer a question may ask for.
let longestAnswer: Int64 = 20_000

extension CallTerms {
  /// All that is wrong with them, on `today` in the zone of the edition.
  func faults(on today: Day) -> [FieldProblem] {
    var faults: [FieldProblem] = []
    if closesOn < opensOn {
      faults.append(
        FieldProblem(
          "closesOn", en: "must not be before the opening", fr: "ne peut précéder l’ouverture"))
    }
    if closesOn < today {
      faults.append(FieldProblem("closesOn", en: "is in the past", fr: "est déjà passée"))
    }
    if criteria.isEmpty {
      faults.append(
        FieldProblem("criteria", en: "needs at least one", fr: "il en faut au moins un"))
    }
    faults += repeated(questions.map(\.key), in: "questions")
    faults += repeated(criteria.map(\.key), in: "criteria")
    for (index, question) in questions.enumerated() {
      faults += question.faults(at: "questions[\(index)]")
    }
    for (index, criterion) in criteria.enumerated() {
      faults += blanks(criterion.name, at: "criteria[\(index)].name")
    }
    return faults
  }
}

extension Question {
  fileprivate func faults(at place: String) -> [FieldProblem] {
    var faults = blanks(label, at: place + ".label")
    if let section { faults += blanks(section, at: place + ".section") }
    if let maximum, maximum < 1 || kind == .text && maximum > longestAnswer {
      faults.append(
        FieldProblem(
          place + ".maximum", en: "must be 1 or more, and at most \(longestAnswer) for a text",
          fr: "doit être 1 ou plus, et au plus \(longestAnswer) pour un texte"))
    }
    switch (kind, choices) {
    case (.choice, let choices?) where choices.count >= 2:
      faults += repeated(choices.map(\.key), in: place + ".choices")
      for (index, choice) in choices.enumerated() {
        faults += blanks(choice.label, at: "\(place).choices[\(index)].label")
      }
    case (.choice, _):
      faults.append(
        FieldProblem(place + ".choices", en: "needs at least two", fr: "il en faut au moins deux"))
    case (.text, let choices?) where !choices.isEmpty,
      (.number, let choices?) where !choices.isEmpty:
      faults.append(
        FieldProblem(
          place + ".choices", en: "are for questions of the kind “choice”",
          fr: "ne vont qu’aux questions de type « choice »"))
    case (.text, _), (.number, _): break
    }
    return faults
  }
}

private func repeated(_ keys: [Key], in list: String) -> [FieldProblem] {
  var seen: Set<Key> = []
  return keys.enumerated().compactMap { index, key in
    seen.insert(key).inserted
      ? nil
      : FieldProblem("\(list)[\(index)].key", en: "is used twice", fr: "est utilisée deux fois")
  }
}

/// Words that say nothing in one of the languages.
func blanks(_ words: Words, at place: String) -> [FieldProblem] {
  [(words.en, "en"), (words.fr, "fr")].compactMap { text, language in
    Paragraph(text) == nil
      ? FieldProblem(
        "\(place).\(language)", en: "must be a text of 1 to 4000 characters",
        fr: "doit être un texte de 1 à 4000 caractères") : nil
  }
}
