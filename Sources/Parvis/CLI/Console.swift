internal import Foundation
internal import Kernel

/// The terminal, or whatever stands in for it.
struct Console: Sendable {
  let json: Bool
  let language: Language

  init(_ settings: Settings) {
    json = settings.json
    language = settings.language
  }

  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
  static let errorIsTerminal = isatty(STDERR_FILENO) == 1

  /// Colours only where somebody sees them, and has not asked for none (no-color.org).
  static let coloursErrors =
    errorIsTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  static let coloursOutput =
    outputIsTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

  /// How many characters fit on a line; nil when it is not a terminal, where nothing is cut.
  static let width: Int? = outputIsTerminal ? columns(of: STDOUT_FILENO) : nil
  /// The same for standard error, told of a terminal only.
  static let errorWidth = columns(of: STDERR_FILENO)

  private static func columns(of terminal: Int32) -> Int {
    var size = winsize()
    guard ioctl(terminal, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  func line(_ text: String) {
    StandardStream.answer(text + "\n", in: language)
  }

  func note(_ text: String) { Console.error(text) }

  static func error(_ text: String) {
    StandardStream.tell(text + "\n")
  }

  /// An answer: JSON when asked for, a table or a list of fields otherwise.
  func show(_ output: JSON, as schema: JSONSchema, asked: Set<String> = []) {
    if json {
      let data = (try? JSON.data(of: output, pretty: true)) ?? Data()
      line(String(decoding: data, as: UTF8.self))
    } else {
      let rendering = Rendering(language: language, width: Console.width, asked: asked)
      let text = rendering.text(of: output, as: schema)
      if !text.isEmpty { line(text) }
    }
  }

  /// A problem on standard error: what happened, where, and what to do.
  func show(_ problem: Problem) {
    if json {
      let data = try? JSON.data(of: problem.document(in: language, request: ""), pretty: true)
      Console.error(String(decoding: data ?? Data(), as: UTF8.self))
      return
    }
    var lines = [
      "parvis: " + painted(problem.title[language], 31), "  " + problem.detail[language],
    ]
    for field in problem.fields {
      let place = field.field.isEmpty ? "" : painted(field.field, 1) + " "
      lines.append("  - " + place + field.message[language])
    }
    if let advice = problem.advice { lines.append("  → " + advice[language]) }
    Console.error(lines.joined(separator: "\n"))
  }

  private func painted(_ text: String, _ code: Int) -> String {
    Console.coloursErrors ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// A line on standard error that fills up, where standard error is a terminal; nothing elsewhere.
struct ProgressBar: Sendable {
  let title: String

  func show(_ done: Int, of total: Int) {
    guard Console.errorIsTerminal, total > 0 else { return }
    let width = 30
    let filled = min(width, done * width / total)
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let end = done >= total ? "\n" : ""
    StandardStream.tell("\r\u{1B}[K\(title) \(bar) \(done)/\(total)\(end)")
  }
}
