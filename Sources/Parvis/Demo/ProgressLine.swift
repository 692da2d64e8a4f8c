internal import Foundation
internal import Kernel

/// Where long work stands, on standard error: a line that moves on a terminal, a line for each
/// chapter elsewhere.
final class ProgressLine {
  private let language: Language
  private let isTerminal: Bool
  private var title = ""
  private var steps = 0

  init(language: Language) {
    self.language = language
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  func begin(_ words: Words) {
    title = words[language]
    steps = 0
    draw()
  }

  func step() {
    steps += 1
    if isTerminal, steps % 20 == 0 { draw() }
  }

  func end() {
    let line = "✓ \(padded(title)) \(steps)"
    write(isTerminal ? "\r\u{1B}[2K\(line)\n" : line + "\n")
  }

  private func draw() {
    guard isTerminal else { return }
    let filled = min(24, steps / 20)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    write("\r\u{1B}[2K  \(padded(title)) \(bar) \(steps)")
  }

  private func padded(_ text: String) -> String {
    text + String(repeating: " ", count: max(0, 48 - text.count))
  }

  private func write(_ text: String) { StandardStream.tell(text) }
}
