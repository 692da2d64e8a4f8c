internal import Kernel
internal import NotificationsAPI

/// What is kept about people: shown to them, and taken away when it has to go.
struct PrivacyModule: Module {
  static let name = "privacy"
  static let summary = Words(
    en: "what is kept about people: show it, restrict it, erase it, and how long",
    fr: "ce qui est gardé sur les personnes : le montrer, le limiter, l’effacer, et la durée")

  let host: Host
  /// Where erasures are noted outside the database, so that a restored backup is erased again.
  let log: ErasureLog?
  /// Whether the data were played.
  var isPlayed: @Sendable () -> Bool = { false }
  /// Writes to somebody at once.
  var write: @Sendable (DirectLetter, Context) async throws -> Void = { _, _ in }

  var endpoints: [Endpoint] {
    aboutErasing
    aboutRetention
    aboutRestricting
  }

  @UseCases var aboutErasing: [Endpoint] {
    export
    mine
    erase
    listErasures
  }

  /// Once a day: nobody has to think of it. Not in a play, whose people are nobody and whose time is past.
  var jobs: [Job] {
    [
      .every(
        seconds: 86_400, "privacy.retain",
        outside: { run in
          // Who comes to this program, or loads a past edition, sees first what would go.
          guard !isPlayed() else { return }
          let round = try await run.write { try $0.nextNumber(of: "privacy.retain") }
          guard round > Self.roundsOfGrace else { return }
          _ = try await run.context.prune(on: host, trying: false, within: run)
        })
    ]
  }

  /// For so many days after an instance first knows of times nothing goes by itself.
  private static let roundsOfGrace = 7

  var keptTables: [KeptTable] {
    [
      KeptTable(
        "privacy_erasure", en: "That somebody was erased, by an id that leads to nobody.",
        fr: "Que quelqu’un fut effacé, par un identifiant qui ne mène à personne.")
    ]
  }

  var subscriptions: [Subscription] {
    [
      .on(
        PersonErased.self, "privacy.scrub", asking: { _, _ in try await host.database.scrub() }
      ) { _, _, _ in }
    ]
  }

  var rowWords: [RowWords] {
    [
      RowWords(
        "privacy_erasure", Words(en: "erasure of somebody", fr: "effacement d’une personne"),
        by: "pseudonym")
    ]
  }

  var migrations: [Migration] {
    [
      Migration(
        "privacy.1-create",
        """
        CREATE TABLE privacy_erasure (
          id TEXT PRIMARY KEY, pseudonym TEXT NOT NULL, reason TEXT NOT NULL,
          erased_at BIGINT NOT NULL)
        """)
    ]
  }

  private struct Somebody: Codable, Sendable {
    /// `volunteer:<id>`, `member:<id>`, `reviewer:<id>`, `partner:<id>`.
    let person: Person
    /// What else they are known by, where no row tells it any more.
    let addresses: [EmailAddress]?
    let names: [Name]?

    /// Throws a `Problem` for what stands for nobody.
    func start() throws -> DataSubject {
      guard let grant = Grant(person.description), grant.role.needsSubject, grant.subject != nil
      else {
        throw Problem.invalid(
          "person", en: "name volunteer:ID, member:ID, reviewer:ID or partner:ID",
          fr: "indiquez volunteer:ID, member:ID, reviewer:ID ou partner:ID")
      }
      return DataSubject(
        grants: [grant], names: Set((names ?? []).map(\.description)),
        addresses: Set((addresses ?? []).map(\.description)))
    }
  }

  private struct Erase: Codable, Sendable {
    let person: Person
    let addresses: [EmailAddress]?
    let names: [Name]?
    let reason: Paragraph

    var somebody: Somebody { Somebody(person: person, addresses: addresses, names: names) }
  }

  struct Export: Codable, Sendable {
    let names: [String]
    let addresses: [String]
    let records: [PersonalRecords]
  }

  private struct Erasures: Codable, Sendable {
    let after: PageMark?
    let limit: PageSize?
  }
  private struct ErasureRow: Record {
    static let table = "privacy_erasure"
    /// `volunteer:<id>`: an id that leads to nobody any more.
    let id: String
    var pseudonym: String
    var reason: Paragraph
    var erasedAt: Instant
  }

  private var export: UseCase<Somebody, Export> {
    .query(
      "privacy.export", "/privacy/export", by: [.administrator],
      Words(
        en: "Show everything that is kept about somebody",
        fr: "Montrer tout ce qui est gardé sur quelqu’un")
    ) { (input: Somebody, transaction) in try report(on: input.start(), in: transaction) }
  }

  private var mine: UseCase<Nothing, Export> {
    .query(
      "privacy.mine", "/privacy/mine", by: [.reviewer, .member, .volunteer, .partner],
      Words(
        en: "Show everything that is kept about you", fr: "Montrer tout ce qui est gardé sur vous")
    ) { (_: Nothing, transaction) in try ownExport(in: transaction) }
  }

  /// Everything about whoever asks. Throws a `Problem` where there is nothing.
  func ownExport(in transaction: Transaction) throws -> Export {
    try report(on: DataSubject(grants: [transaction.actor.grant]), in: transaction)
  }

  private func report(on start: DataSubject, in transaction: Transaction) throws -> Export {
    let subject = try transaction.context.dataSubject(start, in: transaction)
    let records = try transaction.personalData(about: subject)
    guard !records.isEmpty else { throw nobody(start) }
    return Export(
      names: subject.names.sorted(), addresses: subject.addresses.sorted(), records: records)
  }

  private var erase: UseCase<Erase, ErasureRow> {
    .command(
      "privacy.erase", .post, "/privacy/erasures", by: [.administrator],
      Words(
        en: "Erase somebody: names and addresses go everywhere, what they did stays as nobody’s",
        fr:
          "Effacer quelqu’un : noms et adresses disparaissent partout, ce qui fut fait reste, sans personne"
      ), problems: ["privacy/still-needed"],
      asking: { (input: Erase, context) in
        let start = try input.somebody.start()
        let subject = try await host.read { connection in
          let subject = try context.dataSubject(start, in: connection)
          try context.checkErasure(of: subject, in: connection)
          return subject
        }
        guard !subject.names.isEmpty || !subject.addresses.isEmpty else { throw nobody(start) }
        try await context.eraseOutside(subject)
      }
    ) { (input: Erase, _, transaction) in
      let start = try input.somebody.start()
      let subject = try transaction.context.dataSubject(start, in: transaction)
      try transaction.context.checkErasure(of: subject, in: transaction)
      let row = try erase(subject, input.person.description, input.reason, in: transaction)
      try log?.note(start.grants, at: transaction.now)
      return row
    }
  }

  private func erase(
    _ subject: DataSubject, _ id: String, _ reason: Paragraph, in transaction: Transaction
  ) throws -> ErasureRow {
    let pseudonym = try transaction.erase(subject)
    let row = ErasureRow(
      id: id, pseudonym: pseudonym.name, reason: reason, erasedAt: transaction.now)
    if try transaction.find(ErasureRow.self, id) == nil {
      try transaction.insert(row)
    } else {
      try transaction.update(row)
    }
    try transaction.emit(PersonErased(person: id))
    return row
  }

  private var listErasures: UseCase<Erasures, Page<ErasureRow>> {
    .query(
      "privacy.erasures", "/privacy/erasures", by: [.administrator],
      Words(en: "List who was erased when", fr: "Lister les effacements")
    ) { (input: Erasures, transaction) in
      try transaction.page(
        ErasureRow.self, where: "1 = 1", by: "erased_at", "id", after: input.after,
        limit: input.limit)
    }
  }

  /// Erases again, in restored data, who was erased since the backup was made; says how many. Throws a
  /// `Problem` or `StorageError`.
  func replay(
    _ erasures: [ErasureLog.Entry], as actor: Actor, modules: [any Module]
  ) async throws -> Int {
    var count = 0
    for entry in erasures {
      for grant in entry.grants {
        let isKnown = try await host.read {
          try $0.find(ErasureRow.self, grant.description) != nil
        }
        guard !isKnown else { continue }
        // While their rows still say which letters and files are theirs.
        let subject = try await host.command("privacy.erase-again-outside", as: actor) {
          transaction in
          try transaction.context.dataSubject(DataSubject(grants: [grant]), in: transaction)
        }
        for module in modules { try await module.erasingOutside(subject) }
        try await host.command("privacy.erase-again", as: actor) { transaction in
          let subject = try transaction.context.dataSubject(
            DataSubject(grants: [grant]), in: transaction)
          let reason = Paragraph("Erased at \(entry.at), before the restore.") ?? .sample
          _ = try erase(subject, grant.description, reason, in: transaction)
        }
        count += 1
      }
    }
    return count
  }

  func nobody(_ start: DataSubject) -> Problem {
    Problem.notFound(
      Words(en: "person", fr: "personne"),
      start.grants.first?.description ?? "?")
  }
}

/// Somebody was taken out of all rows; the free space of the file is still to be overwritten.
struct PersonErased: Event {
  static let name = "privacy.person-erased"
  let person: String
  var aggregate: String { person }
  var edition: EditionID? { nil }
}
