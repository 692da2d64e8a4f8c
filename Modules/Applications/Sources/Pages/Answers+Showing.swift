internal import Kernel
internal import Pages

// A question as a form asks it, an answer as pages show it.

extension Question {
  var field: FormField {
    let path = "answers.\(key)"
    switch kind {
    case .text:
      let limit = Int(maximum ?? 4000)
      return FormField(
        path, label: label, as: .lines(limit > 200 ? 6 : 1), required: false,
        schema: JSONSchema(.string(minimum: nil, maximum: limit, format: nil, pattern: nil)))
    case .number:
      return FormField(
        path, label: label, required: false,
        schema: JSONSchema(.integer(minimum: 0, maximum: maximum)))
    case .choice:
      let choices = choices ?? []
      return FormField(
        path, label: label, as: .radios,
        choices: choices.map { FormChoice($0.key, $0.label) }, required: false,
        schema: JSONSchema(.choice(choices.map(\.key.description))))
    }
  }

  func shown(_ answer: JSON?) -> PageValue {
    switch answer {
    case nil, .null?: .none
    case .integer(let number)?: .number(number)
    case .string(let text)?:
      choices?.first { $0.key.description == text }.map { .words($0.label) } ?? .text(text)
    case .bool, .number, .array, .object: .none
    }
  }
}

extension CallRow {
  /// Everything that was answered, part by part.
  func shown(_ answers: [String: JSON], changing page: String? = nil) -> [Block] {
    sections.enumerated().map { index, section in
      .section(section.title) {
        Block.facts(
          section.questions.map { question in
            Fact(
              question.label, question.shown(answers[question.key.description]),
              change: page.map {
                Link(
                  Words(
                    en: "Change: \(question.label.en)", fr: "Modifier : \(question.label.fr)"),
                  "\($0)/sections/\(index + 1)")
              })
          })
      }
    }
  }
}
