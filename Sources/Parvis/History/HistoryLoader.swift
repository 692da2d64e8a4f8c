internal import Foundation
internal import Kernel

/// Records what was done in a past edition through the same use cases, on a clock that is told. Nobody is
/// written to, no integrator is told, and the audit keeps when it was recorded. A load that was stopped goes
/// on where it stood.
struct HistoryLoader {
  struct Loaded: Codable, Sendable {
    let lines: Int
    /// How many of them an earlier load had done.
    let before: Int
    let from: Instant
    let to: Instant
  }

  let instance: Instance
  let file: HistoryFile
  let name: String
  let progress: (Int) -> Void

  func run() async throws -> Loaded {
    guard let first = file.lines.first, let last = file.lines.last else {
      throw Problem.invalid("file", en: "holds no line", fr: "ne contient aucune ligne")
    }
    let journal = try Journal(
      path: instance.directory.path + "/history-" + digest(name) + ".journal")
    // A file of another year with this name is refused before anything is said to have begun.
    try journal.expectBeginning(act(first))
    let clock = SetClock(first.at)
    let platform = instance.recording(on: clock)
    let load = HistoryLoadRow(id: digest(name), file: name, begunAt: Clock.system.now)
    // From the first line to the last nothing else is done here (`requireNoUnfinishedHistory`), so that
    // whatever waits to be heard then is of the past.
    if try await instance.unfinishedHistory().isEmpty {
      // What is owed to people of today is told them first, by who tells.
      await instance.settle()
      try await requireNothingOwed(to: platform)
    }
    try await instance.database.write { connection in
      if try connection.find(HistoryLoadRow.self, load.id) == nil { try connection.insert(load) }
    }
    var answers = HistoryAnswers()
    var before = 0
    var day = Zone.paris.day(of: first.at)
    for (index, line) in file.lines.enumerated() {
      let next = Zone.paris.day(of: line.at)
      // What the last line of a load that was stopped said is heard as it would have been.
      if before > 0, before == index, !journal.isReplaying { try await platform.deliverEvents() }
      if next != day {
        if !journal.isReplaying { try await follow(platform) }
        day = next
      }
      clock.set(line.at)
      if journal.isReplaying { before += 1 }
      let answer = try await record(line, on: platform, answers, in: journal)
      if let keep = line.keep { answers.keep(answer, as: keep) }
      progress(index + 1)
    }
    try await follow(platform)
    try await instance.endHistory(load.id)
    return Loaded(lines: file.lines.count, before: before, from: first.at, to: last.at)
  }

  private func act(_ line: HistoryLine) -> String { line.call + " " + digest(line.text) }

  private func record(
    _ line: HistoryLine, on platform: Platform, _ answers: HistoryAnswers, in journal: Journal
  ) async throws -> JSON {
    do {
      return try await journal.once(act(line)) {
        let actor = try Actor.owner(as: line.actor.map(answers.resolved(actor:)))
        let answer = try await platform.perform(
          Request(
            line.call, as: actor, answers.resolved(line.input),
            key: "history-\(digest(name))-\(line.number)-\(digest(line.text))"))
        // What follows at once is there for the next line.
        try await platform.deliverEvents()
        return answer
      }
    } catch let error as any UserFacing {
      throw Self.fault(error.problem, at: line)
    }
  }

  private func follow(_ platform: Platform) async throws {
    try await platform.deliverEvents()
    try await platform.runDueJobs()
    if try await platform.deliverEvents() > 0 { try await platform.runDueJobs() }
  }

  /// Who is not at work here must not miss what was said to them before.
  private func requireNothingOwed(to platform: Platform) async throws {
    let here = Set(platform.modules.flatMap(\.subscriptions).map(\.name))
    let owed = try await instance.database.read { connection in
      try connection.rows("SELECT DISTINCT subscriber FROM kernel_delivery WHERE state = 'pending'")
        .map { try $0.get("subscriber", as: String.self) }
    }
    guard owed.allSatisfy(here.contains) else {
      throw Problem(
        "history/letters-owed", status: 503,
        title: Words(en: "Letters are still owed", fr: "Des lettres sont encore dues"),
        detail: Words(
          en: "Something that was said today has not reached everybody yet.",
          fr: "Quelque chose qui a été dit aujourd’hui n’est pas encore arrivé à tous."),
        advice: Words(
          en: "Look at `parvis events`, or try again in a minute.",
          fr: "Regardez `parvis events`, ou réessayez dans une minute."))
    }
  }

  private static func fault(_ problem: Problem, at line: HistoryLine) -> Problem {
    let isOther = problem.code == "demo/other-play"
    let fields = problem.fields.map { "\($0.field): \($0.message.en)" }.joined(separator: "; ")
    return Problem(
      isOther ? "history/other-line" : problem.code, status: problem.status, title: problem.title,
      detail: isOther
        ? Words(
          en: "Line \(line.number) is not the one that was recorded there.",
          fr: "La ligne \(line.number) n’est pas celle qui a été enregistrée là.")
        : Words(
          en: "Line \(line.number), \(line.call): \(problem.detail.en) \(fields)",
          fr: "Ligne \(line.number), \(line.call) : \(problem.detail.fr) \(fields)"),
      advice: Words(
        en: "What was recorded is kept; correct this line and those after it, and load again.",
        fr:
          "Ce qui est enregistré est gardé ; corrigez cette ligne et les suivantes, puis rechargez."
      ), fields: problem.fields)
  }

  private func digest(_ text: String) -> String {
    String(
      text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 },
      radix: 36)
  }
}
