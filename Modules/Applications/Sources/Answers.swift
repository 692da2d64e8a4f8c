internal import ApplicationsAPI
internal import Kernel

extension CallRow {
  /// What is wrong with some answers, complete or not.
  func faults(in answers: [String: JSON]) -> [FieldProblem] {
    answers.sorted { $0.key < $1.key }.flatMap { key, answer -> [FieldProblem] in
      guard let question = question(key) else {
        return [
          FieldProblem(
            "answers.\(key)", en: "is not a question of this call",
            fr: "n’est pas une question de cet appel")
        ]
      }
      return isBlank(answer) ? [] : question.faults(in: answer, at: "answers.\(key)")
    }
  }

  /// The answers there were, with those given now: a null or an empty text takes one away.
  func merged(_ given: [String: JSON], into kept: [String: JSON]) -> [String: JSON] {
    var all = kept
    for (key, answer) in given {
      // Not `= nil`, which would write a JSON null.
      if isBlank(answer) { all.removeValue(forKey: key) } else { all[key] = answer }
    }
    return all
  }
}

extension CallRow {
  /// Of some answers, those that differ from what was seen before. Throws
  /// `ApplicationsError.answersClash` where somebody else has changed one of them otherwise since.
  func changed(
    _ given: [String: JSON], since seen: [String: JSON], in row: ApplicationRow
  ) throws -> [String: JSON] {
    let kept = try row.answers.value
    let mine = given.filter { !isSame($0.value, seen[$0.key]) }
    let clashes = mine.filter { key, answer in
      let there = kept[key]
      return !isSame(there, seen[key]) && !isSame(there, answer)
    }
    guard clashes.isEmpty else {
      throw ApplicationsError.answersClash(
        questions.filter { clashes[$0.key.description] != nil }.map { question in
          FieldProblem(
            "answers.\(question.key)", en: "was changed by somebody else too",
            fr: "a aussi été modifiée par quelqu’un d’autre")
        })
    }
    return mine
  }
}

private func isSame(_ one: JSON?, _ other: JSON?) -> Bool {
  switch (one.map(isBlank) ?? true, other.map(isBlank) ?? true) {
  case (true, true): true
  case (false, false): one == other
  case (true, false), (false, true): false
  }
}

private func isBlank(_ answer: JSON) -> Bool {
  switch answer {
  case .null: true
  case .string(let text): text.allSatisfy(\.isWhitespace)
  case .bool, .integer, .number, .array, .object: false
  }
}

extension Question {
  fileprivate func faults(in answer: JSON, at place: String) -> [FieldProblem] {
    switch (kind, answer) {
    case (.text, .string(let text)):
      let limit = maximum ?? 4000
      guard text.count <= limit else {
        return [
          FieldProblem(
            place, en: "has \(text.count) characters; at most \(limit) fit",
            fr: "a \(text.count) caractères ; \(limit) au plus")
        ]
      }
      return Text<20_000>(text) == nil
        ? [
          FieldProblem(
            place, en: "has control characters in it", fr: "contient des caractères de contrôle")
        ] : []
    case (.number, .integer(let number)): return outOfRange(Double(number), at: place)
    case (.number, .number(let number)): return outOfRange(number, at: place)
    case (.choice, .string(let key)):
      let keys = (choices ?? []).map(\.key.description)
      guard !keys.contains(key) else { return [] }
      let list = keys.joined(separator: ", ")
      return [
        FieldProblem(
          place, en: "expected one of: \(list)", fr: "une valeur attendue parmi : \(list)")
      ]
    case (.text, _), (.choice, _):
      return [FieldProblem(place, en: "expected a text", fr: "texte attendu")]
    case (.number, _):
      return [FieldProblem(place, en: "expected a number", fr: "nombre attendu")]
    }
  }

  private func outOfRange(_ number: Double, at place: String) -> [FieldProblem] {
    if number < 0 {
      return [
        FieldProblem(place, en: "must not be negative", fr: "ne peut pas être négatif")
      ]
    }
    guard let maximum, number > Double(maximum) else { return [] }
    return [
      FieldProblem(
        place, en: "must be at most \(maximum)", fr: "doit être au plus \(maximum)")
    ]
  }
}
