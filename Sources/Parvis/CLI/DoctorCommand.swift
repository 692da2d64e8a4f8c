internal import ArgumentParser
internal import Kernel

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Examines a data directory: what is wrong, and what to do about it.",
    discussion:
      "Changes nothing. Ends with 0 when nothing is wrong, else with the code of the first fault.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let settings = try common.settings()
    let console = Console(settings)
    let directory = try DataDirectory.chosen(settings.data)
    let findings = await Examination(directory: directory).findings()
    if settings.json {
      console.show(try JSON.of(findings), as: .any)
    } else {
      for finding in findings { console.line(text(finding, settings.language)) }
    }
    if let first = findings.first(where: { $0.verdict == .wrong }) {
      throw ExitCode(first.exit)
    }
  }

  private func text(_ finding: Finding, _ language: Language) -> String {
    let (mark, colour) =
      switch finding.verdict {
      case .fine: ("✓", 32)
      case .mind: ("!", 33)
      case .wrong: ("✗", 31)
      }
    let shown = Console.coloursOutput ? "\u{1B}[\(colour)m\(mark)\u{1B}[0m" : mark
    let advice = finding.advice.map { "\n  → " + $0[language] } ?? ""
    return "\(shown) \(finding.what[language])\(advice)"
  }
}
