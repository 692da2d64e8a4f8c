internal import Kernel

/// Notes which past edition is being recorded, so that nothing of it is taken for what happens today until
/// it is whole.
struct HistoryModule: Module {
  static let name = "history"
  static let summary = Words(
    en: "past editions that are being recorded", fr: "éditions passées en cours d’enregistrement")

  static let firstStep = "history.1-create"

  var endpoints: [Endpoint] { [] }

  var rowWords: [RowWords] {
    [
      RowWords(
        "history_load",
        Words(en: "history being recorded", fr: "histoire en cours d’enregistrement"),
        by: "file")
    ]
  }

  var keptTables: [KeptTable] {
    [
      KeptTable(
        "history_load", en: "A load that goes on; it goes at its end.",
        fr: "Un chargement en cours ; part à la fin.")
    ]
  }

  var migrations: [Migration] {
    [
      Migration(
        Self.firstStep,
        "CREATE TABLE history_load (id TEXT PRIMARY KEY, file TEXT NOT NULL, begun_at BIGINT NOT NULL)"
      )
    ]
  }
}

/// A load that has begun and has not come to its end.
struct HistoryLoadRow: Record {
  static let table = "history_load"

  let id: String
  let file: String
  let begunAt: Instant
}

extension Instance {
  /// The loads of history that were begun and neither finished nor ended. Throws `StorageError`.
  func unfinishedHistory() async throws -> [HistoryLoadRow] {
    try await database.read { try $0.select(HistoryLoadRow.self, "ORDER BY begun_at, id") }
  }

  /// Refuses what would take the time of a past edition for now: letters, terms, whatever falls due. Throws
  /// a `Problem`.
  func requireNoUnfinishedHistory() async throws {
    guard let load = try await unfinishedHistory().first else { return }
    throw Problem.unfinishedHistory(load)
  }

  /// This instance on a clock that is told, without those who tell people and programs of what happens: what
  /// happened long ago is no news.
  func recording(on clock: SetClock) -> Platform {
    let telling: Set = ["notifications", "webhooks"]
    let host = Kernel.Host(database: database, clock: clock.clock)
    return Platform(
      modules: compose(host, in: directory).filter { !telling.contains(type(of: $0).name) },
      database: database, clock: clock.clock, recording: .system, report: reportToStandardError)
  }

  /// What would be due since the recorded time is due now, and nobody hears of it; the loads `id` names, or
  /// all, are over then. Safe to repeat. Throws a `Problem` where something could not follow.
  func endHistory(_ id: String?) async throws {
    let open = try await unfinishedHistory()
    let ending = open.filter { id == nil || $0.id == id }
    guard !ending.isEmpty else { return }
    // While another is not whole, what is due of it waits for its own end.
    if ending.count == open.count { try await followToNow() }
    try await database.write { connection in
      for load in ending { try connection.delete(HistoryLoadRow.self, load.id) }
    }
  }

  private func followToNow() async throws {
    let platform = recording(on: SetClock(Clock.system.now))
    repeat { try await platform.runDueJobs() } while try await platform.deliverEvents() > 0
    let here = Set(platform.modules.flatMap(\.subscriptions).map(\.name))
    let owed = try await database.read { connection in
      try connection.rows("SELECT DISTINCT subscriber FROM kernel_delivery WHERE state = 'pending'")
        .map { try $0.get("subscriber", as: String.self) }
    }.filter(here.contains)
    guard owed.isEmpty else {
      throw Problem(
        "history/not-followed", status: 503,
        title: Words(en: "Something could not follow", fr: "Quelque chose n’a pas pu suivre"),
        detail: Words(
          en: "Not heard everywhere yet: \(owed.joined(separator: ", ")).",
          fr: "Pas encore entendu partout : \(owed.joined(separator: ", "))."),
        advice: Words(
          en: "Look at `parvis events`, and load or end it again in a minute.",
          fr: "Regardez `parvis events`, puis rechargez ou terminez dans une minute."))
    }
  }
}

extension Problem {
  static func unfinishedHistory(_ load: HistoryLoadRow) -> Problem {
    Problem(
      "history/unfinished", status: 503,
      title: Words(en: "History is half recorded", fr: "Une histoire est à moitié enregistrée"),
      detail: Words(
        en:
          "The load of \(load.file) stopped before its end. What fell due in that edition would be taken for due today.",
        fr:
          "Le chargement de \(load.file) s’est arrêté avant sa fin. Ce qui échéait dans cette édition serait pris pour dû aujourd’hui."
      ),
      advice: Words(
        en:
          "Finish it: parvis history load \(load.file). Or leave it as it is, without a word to anybody: parvis history end",
        fr:
          "Terminez-le : parvis history load \(load.file). Ou laissez-le tel quel, sans un mot à personne : parvis history end"
      ))
  }
}
