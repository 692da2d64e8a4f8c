internal import Foundation
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine

extension LocalVerb {
  /// `parvis matching compare FILE.match | EDITION | RUN WITH`: strategies side by side on an
  /// instance file or an edition; two runs side by side is the use case of that name.
  static let matchingCompare = LocalVerb(
    module: "matching", verb: "compare",
    summary: Words(
      en:
        "Compare two runs, or the strategies on an edition or a file (RUN WITH | [EDITION] | FILE)",
      fr:
        "Comparer deux appariements, ou les stratégies sur une édition ou un fichier (RUN WITH | [ÉDITION] | FICHIER)"
    ),
    isFor: { words in comparedThings(words).count < 2 || file(in: words) != nil }
  ) { words, settings in
    if let path = file(in: words) {
      try compare(words, path, settings)
      return
    }
    guard !words.contains("--help"), !words.contains("-h") else {
      Console(settings).line(help)
      return
    }
    guard let comparison else { return }
    try await perform(comparison, words, settings)
  }

  private static let comparison = bareEndpoints.first {
    $0.id == MatchingUseCases.compareStrategies
  }

  private static let help = """
    USAGE: parvis matching compare FILE.match [--variant plain|constrained] [--time-limit SECONDS] [--cpu-limit SECONDS] [--threads N] [--json]
           parvis matching compare [EDITION] [--company-cap N] [--seeker-penalty N] [--minimum-team N]
           parvis matching compare RUN WITH

    The strategies side by side: filled seats, affinity, penalties, blocking pairs, company mix. A file
    needs no data directory. Two runs are compared person by person.

    """

  private static func compare(_ words: [String], _ path: String, _ settings: Settings) throws {
    let order = try SolveOrder(words, verb: "compare")
    guard !order.wantsHelp else {
      Console(settings).line(help)
      return
    }
    let language = settings.language
    let rows = try order.reading(language) { text, line in
      var instance = try InstanceText.parse(text)
      switch order.variant {
      case .plain: instance = instance.plain
      case .constrained: break
      }
      return try StrategyComparison(of: instance, options: order.options) { name, progress in
        line.show(SolveLine.State(progress, language, title: name))
        return !Interrupt.isAsked
      }.rows
    }
    let shown = JSON.array(rows.map(\.json))
    if settings.json {
      Console(settings).show(shown, as: .any)
    } else {
      // As the use case of that name shows an edition's.
      let people = comparison?.shown(shown, in: language) ?? Endpoint.Display(shown, as: .any)
      Console(settings).show(people.output, as: people.schema)
    }
  }
}

/// The words of a line that are neither options nor their values.
private func comparedThings(_ words: [String]) -> [String] {
  var things: [String] = []
  var rest = words[...]
  while let word = rest.popFirst() {
    guard word.hasPrefix("-") else {
      things.append(word)
      continue
    }
    let flags = ["--json", "--help", "-h", "--no-background", "--background"]
    if !word.contains("="), !flags.contains(word) { rest = rest.dropFirst() }
  }
  return things
}

/// The instance file that is meant, if one is.
private func file(in words: [String]) -> String? {
  comparedThings(words).first { $0.hasSuffix(".match") || $0.contains("/") }
}

extension StrategyComparison.Row {
  /// The same members as the use case has.
  fileprivate var json: JSON {
    [
      "strategy": .string(strategy), "status": .string(status.rawValue),
      "seats": .integer(Int64(seats)), "filled": .integer(Int64(filled)),
      "affinity": .integer(affinity), "penalties": .integer(penalties), "points": .integer(points),
      "boundFilled": boundFilled.map { .integer(Int64($0)) } ?? .null,
      "gapPerMillion": gap.map { .integer(Int64(($0 * 1_000_000).rounded(.up))) } ?? .null,
      "blockingPairs": .integer(Int64(blockingPairs)),
      "fullMissions": .integer(Int64(fullMissions)),
      "volunteersPlaced": .integer(Int64(volunteersPlaced)),
      "companiesReached": .integer(Int64(companiesReached)),
      "largestCompanyInMission": .integer(Int64(largestCompanyInMission)),
      "stoppedEarly": .bool(stoppedEarly),
    ]
  }
}
