internal import Foundation
internal import Kernel

/// One thing that was done in an edition that is past, when, and as whom.
struct HistoryLine: Sendable {
  /// Its line in the file, from 1.
  let number: Int
  let at: Instant
  let call: String
  /// `role` or `role:subject`; the administrator without one.
  let actor: String?
  let input: JSON
  /// Under which name later lines refer to the answer.
  let keep: String?
  /// The line as it was written: what a load that goes on recognises it by.
  let text: String
}

/// What was done in a past edition, one JSON object a line, in the order of time. Empty lines and lines
/// that begin with `#` say nothing.
struct HistoryFile: Sendable {
  let lines: [HistoryLine]

  /// Reads everything before anything is done. Throws a `Problem` that names the lines at fault.
  init(_ data: Data, now: Instant) throws {
    guard let text = String(validating: data, as: UTF8.self) else { throw Problem.notUTF8 }
    var lines: [HistoryLine] = []
    var faults: [FieldProblem] = []
    let parts = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in parts.enumerated() {
      let line = line.trimmingCharacters(in: .whitespaces)
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      do {
        let read = try HistoryLine(line, number: index + 1, after: lines.last?.at)
        if let last = lines.last, read.at < last.at {
          faults.append(
            read.fault(en: "is earlier than the line before", fr: "est avant la ligne précédente"))
        }
        if read.at > now {
          faults.append(
            read.fault(
              en: "has not happened yet: history is of the past",
              fr: "n’a pas encore eu lieu : l’histoire est passée"))
        }
        if !bareEndpoints.contains(where: { $0.id == read.call }) {
          faults.append(
            read.fault(en: "“\(read.call)” is no use case", fr: "« \(read.call) » n’existe pas"))
        }
        lines.append(read)
      } catch let problem as Problem {
        // What is wrong with the line stands in its fields, or in the problem where it is no JSON.
        let message = problem.fields.first?.message ?? problem.detail
        faults.append(FieldProblem("line \(index + 1)", en: message.en, fr: message.fr))
      }
    }
    if lines.isEmpty, faults.isEmpty {
      faults.append(FieldProblem("file", en: "holds no line", fr: "ne contient aucune ligne"))
    }
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
    self.lines = lines
  }
}

extension HistoryLine {
  fileprivate init(_ text: String, number: Int, after last: Instant?) throws {
    let value = try JSON(parsing: Data(text.utf8))
    guard case .object(let members) = value else {
      throw Problem.invalid(
        "line \(number)", en: "a line is an object", fr: "une ligne est un objet")
    }
    let known: Set = ["at", "call", "as", "input", "keep"]
    if let unknown = members.keys.sorted().first(where: { !known.contains($0) }) {
      throw Problem.invalid(
        unknown, en: "“\(unknown)” means nothing here", fr: "« \(unknown) » ne veut rien dire ici")
    }
    guard let at = members["at"]?.text, let moment = Instant(at) ?? Self.moment(of: at, after: last)
    else {
      throw Problem.invalid(
        "at", en: "“at” is a day or a moment, as 2018-03-05 or 2018-03-05T09:00:00+01:00",
        fr: "« at » est un jour ou un moment, comme 2018-03-05 ou 2018-03-05T09:00:00+01:00")
    }
    guard let call = members["call"]?.text else {
      throw Problem.invalid(
        "call", en: "“call” names the use case", fr: "« call » nomme le cas d’usage")
    }
    self.init(
      number: number, at: moment, call: call, actor: members["as"]?.text,
      input: members["input"] ?? [:], keep: members["keep"]?.text, text: text)
  }

  /// A day alone is as early as it can be: its begin, or what was before on that day.
  private static func moment(of text: String, after last: Instant?) -> Instant? {
    guard let day = Day(text) else { return nil }
    let begin = Zone.paris.start(of: day)
    guard let last, begin < last, Zone.paris.day(of: last) == day else { return begin }
    return last
  }

  func fault(en: String, fr: String) -> FieldProblem {
    FieldProblem("line \(number)", en: en, fr: fr)
  }
}
