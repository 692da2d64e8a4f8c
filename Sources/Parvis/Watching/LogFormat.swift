internal import Foundation
internal import Kernel
internal import Logging

/// How a server writes its log, on standard error, a line for each thing.
enum LogFormat: String, CaseIterable, Sendable {
  /// For people.
  case text
  /// For programs: one object a line.
  case json

  func logger(_ level: Logger.Level) -> Logger {
    logger(level) { StandardStream.tell($0) }
  }

  func logger(_ level: Logger.Level, writing write: @escaping @Sendable (String) -> Void) -> Logger
  {
    var log = Logger(label: "parvis") { _ in LineLog(format: self, write: write) }
    log.logLevel = level
    return log
  }
}

/// Writes each event as one line.
private struct LineLog: LogHandler {
  let format: LogFormat
  let write: @Sendable (String) -> Void
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let details = metadata.merging(event.metadata ?? [:]) { _, new in new }
      .merging(event.error.map { ["error": "\(loggable($0))"] } ?? [:]) { given, _ in given }
    let now = Kernel.Clock.system.now
    switch format {
    case .text:
      let words = details.sorted { $0.key < $1.key }.map { " \($0.key)=\(plain("\($0.value)"))" }
      write("\(now) \(event.level) \(plain("\(event.message)"))\(words.joined())\n")
    case .json:
      var line: [String: JSON] = [
        "time": .string("\(now)"), "level": .string(event.level.rawValue),
        "message": .string("\(event.message)"),
      ]
      for (name, value) in details where line[name] == nil { line[name] = json(name, value) }
      let data = (try? JSON.data(of: JSON.object(line))) ?? Data()
      write(String(decoding: data, as: UTF8.self) + "\n")
    }
  }

  /// What could end a line, or drive a terminal, does neither.
  private func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          $0.properties.generalCategory == .control
            || $0.properties.generalCategory == .lineSeparator
            || $0.properties.generalCategory == .paragraphSeparator ? " " : $0
        }))
  }

  private func json(_ name: String, _ value: Logger.Metadata.Value) -> JSON {
    let text = "\(value)"
    // How long something took is counted with.
    if name == "ms", let number = Double(text) { return .number(number) }
    return .string(text)
  }
}

/// What is logged of an error that nobody foresaw: its kind, and what it says without anything that came
/// from somebody. Texts in quotes may be values of theirs; so may words with an @ and long numbers.
func loggable(_ error: any Error) -> String {
  switch error {
  case let error as StorageError: return withoutValues("storage: \(error)")
  case let error as any UserFacing: return error.problem.code
  case let error as DecodingError: return "decoding at \(place(of: error))"
  case is EncodingError: return "encoding"
  default: return withoutValues("\(type(of: error)): \(error)")
  }
}

private func place(of error: DecodingError) -> String {
  let path: [any CodingKey] =
    switch error {
    case .keyNotFound(let key, let context): context.codingPath + [key]
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      context.codingPath
    @unknown default: []
    }
  // Keys of a map may be somebody's words, those of types are ours.
  return path.map { $0.intValue.map(String.init) ?? $0.stringValue }
    .map { $0.allSatisfy { $0.isASCII && $0.isLetter || $0.isNumber } ? $0 : "…" }
    .joined(separator: ".")
}

func withoutValues(_ text: String) -> String {
  var kept = ""
  var closing: Character?
  for character in text.prefix(2000) {
    if let end = closing {
      if character == end { closing = nil }
      continue
    }
    let opened: Character? =
      switch character {
      case "\"": "\""
      case "“": "”"
      case "«": "»"
      case "`": "`"
      default: nil
      }
    guard let opened else {
      kept.append(character)
      continue
    }
    closing = opened
    kept.append("…")
  }
  let words = kept.split(whereSeparator: \.isWhitespace).map { word in
    let digits = word.filter(\.isNumber).count
    return word.contains("@") || digits > 6 ? "…" : String(word)
  }
  return String(words.joined(separator: " ").prefix(400))
}
