internal import Foundation
internal import Kernel

/// Where the search for teams stands, as one line that moves, where standard error is a terminal.
/// Elsewhere nothing is said.
final class SolveLine {
  struct State {
    var permille: Int
    var phase: String
    var best: (filled: Int64, points: Int64)?
    var bound: (filled: Int64, points: Int64)?
  }

  private let language: Language
  private let start = ContinuousClock.now
  private var shown: ContinuousClock.Instant?

  init(_ language: Language) { self.language = language }

  /// Draws at most ten times a second.
  func show(_ state: @autoclosure () -> State) {
    guard Console.errorIsTerminal else { return }
    let now = ContinuousClock.now
    if let shown, now - shown < .milliseconds(100) { return }
    shown = now
    let text = text(of: state(), seconds: Int((now - start) / .seconds(1)))
    write("\r\u{1B}[K" + String(text.prefix(max(20, Console.errorWidth - 1))))
  }

  /// Takes the line away, so that the answer stands alone.
  func end() {
    if shown != nil { write("\r\u{1B}[K") }
  }

  private func text(of state: State, seconds: Int) -> String {
    let width = 24
    let filled = max(0, min(width, state.permille * width / 1000))
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    var parts = ["\(bar) \(state.permille / 10) %", state.phase]
    if let best = state.best { parts.append(worth(best)) }
    if let bound = state.bound {
      parts.append(Words(en: "at most ", fr: "au plus ")[language] + worth(bound))
    }
    parts.append(
      Interrupt.isAsked
        ? Words(en: "stopping", fr: "arrêt en cours")[language]
        : Words(en: "\(seconds) s, Ctrl-C stops", fr: "\(seconds) s, Ctrl-C arrête")[language])
    return parts.joined(separator: " · ")
  }

  private func worth(_ score: (filled: Int64, points: Int64)) -> String {
    Words(
      en: "\(score.filled) seats, \(score.points) points",
      fr: "\(score.filled) places, \(score.points) points")[language]
  }

  private func write(_ text: String) { StandardStream.tell(text) }
}
