internal import Foundation
internal import Kernel

/// Plays an edition through the use cases that the command line and HTTP offer, as the people who
/// would call them, on a clock that moves from the call to the follow-up.
final class Play {
  let platform: Platform
  let seeds: SeedFolder
  private let clock: SetClock
  private let zone = Zone.paris
  private let journal: Journal
  private let progress: ProgressLine
  private var acts = 0

  init(
    platform: Platform, clock: SetClock, seeds: SeedFolder, journal: Journal, progress: ProgressLine
  ) {
    self.platform = platform
    self.clock = clock
    self.seeds = seeds
    self.journal = journal
    self.progress = progress
  }

  /// What the later chapters know of the earlier ones.
  var edition = JSON.null
  var halfDays: [String: JSON] = [:]
  var organisations: [String: Applicant] = [:]
  var briefs: [String: JSON] = [:]

  /// An organisation of the seeds, by its slug.
  struct Applicant {
    let name: String
    let organisation: JSON
    let member: Actor
    var application = JSON.null
  }

  /// Runs a chapter with its line of progress.
  func chapter(_ title: Words, _ body: () async throws -> Void) async throws {
    progress.begin(title)
    try await body()
    progress.end()
  }

  /// Moves the clock to a time of day, runs `body`, and lets what follows from it follow: events,
  /// periodic work, mail.
  func on(_ day: String, at hour: Int = 9, _ body: () async throws -> Void) async throws {
    guard let date = Day(day) else {
      throw Problem.invalid("day", en: "“\(day)” is no day", fr: "« \(day) » n’est pas un jour")
    }
    clock.set(zone.moment(on: date, minute: hour * 60))
    try await body()
    try await settle()
  }

  /// Lets everything that is due happen.
  func settle() async throws {
    let platform = platform
    acts += 1
    _ = try await journal.once("settle") {
      try await platform.deliverEvents()
      try await platform.runDueJobs()
      // What the jobs said is heard, and its mail goes out, too.
      if try await platform.deliverEvents() > 0 { try await platform.runDueJobs() }
      return .null
    }
  }

  /// One use case, called by somebody. Throws its `Problem`.
  @discardableResult
  func act(_ endpoint: String, as actor: Actor = .manager, _ input: [String: JSON] = [:])
    async throws -> JSON
  {
    acts += 1
    clock.advance(seconds: 1)
    let request = Request(
      endpoint, as: actor, .object(input), key: "play-\(acts)", language: .fr)
    let platform = platform
    let answer = try await journal.once(endpoint) {
      do {
        return try await platform.perform(request)
      } catch let problem as Problem {
        throw PlayFailure(act: endpoint, actor: actor, answer: problem)
      }
    }
    progress.step()
    return answer
  }

  /// A use case that must be refused with a certain problem. Throws `PlayFailure` when it is not.
  func refused(
    _ endpoint: String, as actor: Actor = .manager, _ input: [String: JSON], with code: String
  ) async throws {
    acts += 1
    clock.advance(seconds: 1)
    let request = Request(endpoint, as: actor, .object(input), language: .fr)
    let platform = platform
    _ = try await journal.once(endpoint + " refused") {
      do {
        _ = try await platform.perform(request)
        throw PlayFailure(act: endpoint, actor: actor, answer: nil)
      } catch let problem as Problem {
        guard problem.code == code else {
          throw PlayFailure(act: endpoint, actor: actor, answer: problem)
        }
        return .string(code)
      }
    }
    progress.step()
  }
}

/// A play that did not go as written: a defect of the program or of the seeds.
struct PlayFailure: UserFacing {
  let act: String
  let actor: Actor
  /// What the use case answered; nil when a refusal was expected and did not come.
  let answer: Problem?

  private var detail: Words {
    guard let answer else {
      return Words(
        en: "“\(act)” by \(actor) should have been refused.",
        fr: "« \(act) » par \(actor) aurait dû être refusé.")
    }
    let fields = answer.fields.map { "\($0.field): \($0.message.en)" }.joined(separator: "; ")
    return Words(
      en: "“\(act)” by \(actor): \(answer.detail.en) \(fields)",
      fr: "« \(act) » par \(actor) : \(answer.detail.fr) \(fields)")
  }

  var problem: Problem {
    Problem(
      "demo/failed", status: 500,
      title: Words(en: "The play stopped", fr: "La représentation s’arrête"),
      detail: detail,
      advice: Words(
        en: "What was played is kept; correct the cause and run it again to go on.",
        fr: "Ce qui est joué est gardé ; corrigez la cause et relancez pour continuer."))
  }
}
