internal import ArgumentParser
internal import Foundation
internal import Kernel
internal import ReportingAPI
internal import SQLite

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Plays the 2020 edition from the call to the report, then serves the portal.",
    discussion: """
      Everything goes through the use cases of the command line and of HTTP, as the people who would
      call them. A play that was interrupted goes on where it stopped; --fresh begins again. While it
      is served, links let you look around as its people: they exist for a play only.
      """)

  @Option(help: "The data directory of the play.") var data = "demo"
  @Option(help: "Play in a PostgreSQL database that holds nothing yet: postgres://user@host/name.")
  var database: String?
  @Option(help: "The folder of the edition’s input.") var seeds = SeedFolder.usual
  @Option(help: "The seed of all chance: the same gives the same report, byte for byte.")
  var seed: UInt64 = 2020
  @Option(help: "The last chapter to play.") var until = Chapter.missions
  @Flag(help: "Throw away what an earlier play left in the directory.") var fresh = false
  @Flag(help: "End after the play.") var noServe = false
  @Option(help: "The port to serve the portal on; 0 takes a free one.") var port = 8080
  @Option(help: "fr or en (the locale’s otherwise).") var lang: String?
  @Flag(help: "Answer with the report’s figures as JSON.") var json = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535.") }
  }

  func run() async throws {
    var settings = Settings()
    settings.json = json
    if let lang { try settings.set("lang", to: lang) }
    let directory = DataDirectory(path: data)
    let console = Console(settings)
    if fresh { try Demo.clear(directory) }
    if let database {
      let address = try DatabaseAddress.stated(database, for: directory)
      try directory.create()
      try directory.keep(address)
    }
    let folder = SeedFolder(path: seeds)
    let played = try await Demo.play(
      folder, into: directory, seed: seed, until: until, language: settings.language)
    if let report = played.report {
      try show(report, in: directory, on: console, settings)
    }
    if !noServe { try await serve(directory, played, folder, settings) }
  }

  private func show(
    _ report: Report, in directory: DataDirectory, on console: Console, _ settings: Settings
  ) throws {
    let folder = directory.reports + "/latest"
    try ReportWriter(folder: folder).write(report)
    let page = ReportFiles.page(in: settings.language)
    if json {
      console.show(.string(String(decoding: try JSON.data(of: report), as: UTF8.self)), as: .any)
    } else {
      console.line(
        Words(
          en: "The report is in \(folder): \(page), report.md, report.json, report.csv",
          fr: "Le rapport est dans \(folder) : \(page), report.md, report.json, report.csv")[
            settings.language])
    }
  }

  private func serve(
    _ directory: DataDirectory, _ played: Demo.Played, _ seeds: SeedFolder, _ settings: Settings
  ) async throws {
    var options = Server.Options()
    options.port = port
    options.showsReport = true
    options.address = portalOrigin
    // The play's clock goes on from its last day: by today's, years of reminders would be due.
    let start = Clock.system.now
    let clock = Clock {
      Instant(
        milliseconds: played.end.milliseconds + Clock.system.now.milliseconds - start.milliseconds)
    }
    let instance = try await Instance.hold(directory, clock: clock, isDemonstration: true)
    let guides = try await Guides(instance.platform, seeds, played).links()
    let language = settings.language
    try await Server.startable(at: "127.0.0.1", port) {
      try await Server(instance, options) { address in
        let origin = portalOrigin ?? address
        Console.error(
          Words(
            en: "The portal is at \(origin) until Ctrl-C",
            fr: "Le portail est à l’adresse \(origin) jusqu’à Ctrl-C")[language])
        Console.error(Guides.text(of: guides, at: origin, in: language))
      }.run()
    }
  }
}

/// The play of a whole edition, for the command and for tests.
enum Demo {
  /// What came of a play.
  struct Played: Sendable {
    /// None for a play that stopped before the end.
    let report: Report?
    let edition: JSON
    /// The briefs by the key they have in the seeds.
    let briefs: [String: JSON]
    /// When the play stands: the clock goes on from there.
    let end: Instant
  }

  /// When the report is out and the operator looks at it.
  private static let lastMoment = Instant("2021-08-19T18:00:00Z") ?? Instant(milliseconds: 0)

  /// The files a play makes. Nothing else in the directory is ever touched.
  private static let own = [
    "parvis.sqlite", "parvis.sqlite-wal", "parvis.sqlite-shm", "play.journal", "mailbox", "reports",
    "backups",
  ]

  /// Removes an earlier play. Throws a `Problem` when the directory holds data that is no play's.
  static func clear(_ directory: DataDirectory) throws {
    guard directory.isInitialised || FileManager.default.fileExists(atPath: directory.journal)
    else {
      return
    }
    guard FileManager.default.fileExists(atPath: directory.journal) else {
      throw Problem(
        "demo/not-a-play", status: 409, title: Words(en: "Not a play", fr: "Pas une démonstration"),
        detail: Words(
          en: "\(directory.path) holds data that no play made; nothing was removed.",
          fr:
            "\(directory.path) contient des données qui ne viennent pas d’une démonstration ; rien n’a été supprimé."
        ),
        advice: Words(
          en: "Name another folder with --data.", fr: "Indiquez un autre dossier avec --data."))
    }
    guard try directory.postgresURL() == nil else {
      throw Problem(
        "demo/postgres", status: 409,
        title: Words(en: "The play is on PostgreSQL", fr: "La démonstration est sur PostgreSQL"),
        detail: Words(
          en: "Parvis drops no database; nothing was removed.",
          fr: "Parvis ne supprime aucune base ; rien n’a été supprimé."),
        advice: Words(
          en: "Drop its schema or database yourself, and name a new folder with --data.",
          fr:
            "Supprimez vous-même son schéma ou sa base, et indiquez un nouveau dossier avec --data."
        ))
    }
    guard let lock = try DirectoryLock.attempt(directory) else {
      throw Problem.held(directory.path, by: DirectoryLock.holder(of: directory))
    }
    try withExtendedLifetime(lock) {
      for name in own where FileManager.default.fileExists(atPath: directory.path + "/" + name) {
        try FileManager.default.removeItem(atPath: directory.path + "/" + name)
      }
    }
  }

  /// Plays the edition to the end of a chapter, or what is left of it, and works the report of a whole
  /// one out.
  static func play(
    _ seeds: SeedFolder, into directory: DataDirectory, seed: UInt64,
    until last: Chapter = .missions, language: Language
  ) async throws -> Played {
    _ = try seeds.value("edition.yaml")
    let clock = SetClock(Instant("2020-03-01T08:00:00Z") ?? Instant(milliseconds: 0))
    // A play that a power cut spoils is played again; waiting for the disk some ten thousand times
    // would be most of its time.
    let instance = try await Instance.create(
      directory, clock: clock.clock, chance: .seeded(seed), surviving: .process)
    let play = Play(
      platform: instance.platform, clock: clock, seeds: seeds,
      journal: try Journal(path: directory.journal), progress: ProgressLine(language: language))
    // Whoever looks at a demonstration wants to read its letters, however long ago they left.
    for purpose: JSON in ["events", "letters", "letters-log"] {
      _ = try await instance.platform.perform(
        Request(
          "privacy.set-retention", as: .administrator, ["purpose": purpose, "days": 3650]))
    }
    if let logo = try? seeds.bytes("logo.png") {
      _ = try await instance.platform.perform(
        Request(
          "settings.change", as: .administrator, ["logo": .string(logo.base64EncodedString())]))
    }
    for chapter in Chapter.allCases.prefix(through: last) {
      try await play.chapter(chapter.title) { try await play.perform(chapter) }
    }
    guard last == .missions else {
      return Played(
        report: nil, edition: play.edition, briefs: play.briefs, end: clock.clock.now)
    }
    let report = try await instance.platform.perform(
      Request("report.document", as: .manager, ["edition": play.edition], language: language)
    ).decoded(as: Report.self)
    return Played(
      report: report, edition: play.edition, briefs: play.briefs, end: lastMoment)
  }
}

extension DataDirectory {
  var journal: String { path + "/play.journal" }
  /// Whether its data were played: of the past, and of nobody.
  var isPlayed: Bool { FileManager.default.fileExists(atPath: journal) }
}

/// What a play is made of, in order.
enum Chapter: String, CaseIterable, ExpressibleByArgument, Sendable {
  case selection, accompaniment, partners, matching, missions

  var title: Words {
    switch self {
    case .selection:
      Words(en: "Call, applications, selection", fr: "Appel, candidatures, sélection")
    case .accompaniment:
      Words(en: "Accompaniment and briefs", fr: "Accompagnement et cahiers des charges")
    case .partners:
      Words(en: "Partners, rosters, profiles", fr: "Partenaires, listes, profils")
    case .matching:
      Words(en: "Matching, offers, replacements", fr: "Appariement, offres, remplacements")
    case .missions: Words(en: "Missions, hours, deliverables", fr: "Missions, heures, livrables")
    }
  }
}

extension [Chapter] {
  fileprivate func prefix(through last: Chapter) -> [Chapter] {
    Array(prefix { $0 != last }) + [last]
  }
}

extension Play {
  fileprivate func perform(_ chapter: Chapter) async throws {
    switch chapter {
    case .selection: try await playCall()
    case .accompaniment: try await playAccompaniment()
    case .partners: try await playPartners()
    case .matching: try await playMatching()
    case .missions: try await playMissions()
    }
  }
}
