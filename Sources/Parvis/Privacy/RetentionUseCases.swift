internal import Kernel

/// What is kept for one purpose, how long, and what becomes of it.
struct PurposeView: Codable, Sendable {
  struct Share: Codable, Sendable {
    let part: String
    let name: Words
    let days: Int
  }
  /// What one module does.
  struct Effect: Codable, Sendable {
    let tables: [String]
    let goes: Words
    let stays: Words
  }
  let purpose: String
  let name: Words
  let reason: Words
  let countedFrom: Words
  let days: Int
  /// Until somebody sets others.
  let initialDays: Int
  let least: Int
  let most: Int
  let parts: [Share]?
  /// Set for a day to come.
  let planned: [RetentionSetting]
  /// The last one that is in force; nil: nobody set any.
  let current: RetentionSetting?
  let effects: [Effect]

  init(
    _ purpose: Purpose, _ term: Term, _ settings: [RetentionSetting], _ retentions: [Retention]
  ) {
    self.purpose = purpose.id
    name = purpose.name
    reason = purpose.reason
    countedFrom = purpose.from
    days = term.days
    initialDays = purpose.days
    least = purpose.range.lowerBound
    most = purpose.range.upperBound
    parts =
      purpose.parts.isEmpty
      ? nil
      : purpose.parts.map { Share(part: $0.id, name: $0.name, days: term.days(of: $0.id)) }
    planned = settings.filter { $0.from > term.today }.reversed()
    current = settings.first { $0.from <= term.today && $0.part == nil }
    effects = retentions.filter { $0.purpose.id == purpose.id }.map {
      Effect(tables: $0.tables, goes: $0.goes, stays: $0.stays)
    }
  }
}

extension PrivacyModule {
  @UseCases var aboutRetention: [Endpoint] {
    showRetention
    setRetention
    retentionSettings
    due
    prune
    pruned
  }

  struct SetRetention: Codable, Sendable, Labelled {
    let purpose: Key
    let part: Key?
    let days: Whole<1, 5475>?
    let from: Day?
    let initial: Bool?
    let reason: Paragraph?

    static let labels = [
      "purpose": Label(en: "Purpose", fr: "Finalité"),
      "part": Label(
        en: "Share", fr: "Part",
        hint: Words(
          en: "A kind of letter. Without one: all of the purpose.",
          fr: "Un genre de lettre. Sans elle : toute la finalité.")),
      "days": Label(en: "Keep it for", fr: "Garder", hint: Words(en: "Days.", fr: "Jours.")),
      "from": Label(
        en: "From", fr: "À partir du",
        hint: Words(en: "Without it: today.", fr: "Sans cela : aujourd’hui.")),
      "initial": Label(en: "As it was at first", fr: "Comme au début"),
      "reason": Label(en: "Why", fr: "Motif"),
    ]
  }
  struct Settings: Codable, Sendable, Labelled {
    let purpose: Key?
    static let labels = SetRetention.labels
  }
  struct Prune: Codable, Sendable, Labelled {
    let dryRun: Bool?
    let purpose: Key?
    static let labels = SetRetention.labels.merging([
      "dryRun": Label(en: "Only say what would go", fr: "Dire seulement ce qui disparaîtrait")
    ]) { first, _ in first }
  }
  struct Since: Codable, Sendable, Labelled {
    let purpose: Key?
    let since: Instant?
    static let labels = SetRetention.labels.merging([
      "since": Label(
        en: "Since", fr: "Depuis",
        hint: Words(en: "Without it: for a year.", fr: "Sans cela : depuis un an."))
    ]) { first, _ in first }
  }
  struct Outcome: Codable, Sendable {
    let dryRun: Bool
    let pruned: [Pruned]
  }

  var showRetention: UseCase<Nothing, [PurposeView]> {
    .query(
      "privacy.retention", "/privacy/retention", by: .staff,
      Words(
        en: "Show how long what is kept, for which purpose and why",
        fr: "Montrer ce qui est gardé combien de temps, pour quelle finalité et pourquoi")
    ) { (_: Nothing, transaction) in try purposes(in: transaction) }
  }

  func purposes(in transaction: Transaction) throws -> [PurposeView] {
    let all = transaction.context.retentions
    return try transaction.context.purposes.map { purpose in
      PurposeView(
        purpose, try transaction.term(of: purpose, at: transaction.now, in: host.clock.zone),
        try transaction.retentionSettings(of: purpose.id), all)
    }
  }

  var setRetention: UseCase<SetRetention, PurposeView> {
    .command(
      "privacy.set-retention", .put, "/privacy/retention/{purpose}", by: [.administrator],
      Words(
        en: "Set how long what is kept for a purpose is kept, from a day on",
        fr: "Fixer combien de temps est gardé ce qui sert une finalité, à partir d’un jour")
    ) { (input: SetRetention, transaction) in
      let purpose = try self.purpose(input.purpose, in: transaction)
      let part = input.part?.description
      if let part, !purpose.parts.contains(where: { $0.id == part }) {
        throw Problem.invalid(
          "part", en: "is no share of this purpose", fr: "n’est pas une part de cette finalité")
      }
      guard (input.days == nil) == (input.initial == true) else {
        throw Problem.invalid(
          "days", en: "say how many days, or initial", fr: "dites combien de jours, ou initial")
      }
      if let days = input.days?.value, !purpose.range.contains(days) {
        let (least, most) = (purpose.range.lowerBound, purpose.range.upperBound)
        throw Problem.invalid(
          "days", en: "must be from \(least) to \(most) for this purpose",
          fr: "doit aller de \(least) à \(most) pour cette finalité")
      }
      let zone = host.clock.zone
      let today = zone.day(of: transaction.now)
      let from = input.from ?? today
      guard from >= today else {
        throw Problem.invalid(
          "from", en: "is over: what went is gone, and is not kept by a setting",
          fr: "est passé : ce qui est parti ne revient pas par un réglage")
      }
      try transaction.setRetention(
        purpose, part: part, days: input.days?.value, from: from, because: input.reason)
      try checkOrder(from: from, in: transaction)
      return PurposeView(
        purpose, try transaction.term(of: purpose, at: transaction.now, in: zone),
        try transaction.retentionSettings(of: purpose.id), transaction.context.retentions)
    }
  }

  /// What others rely on is kept as long as they are. Throws a `Problem`.
  private func checkOrder(from day: Day, in transaction: Transaction) throws {
    let zone = host.clock.zone
    let all = transaction.context.purposes
    // On the day it takes effect, and on each later one on which something else does.
    let later = try transaction.retentionSettings().map(\.from).filter { $0 > day }
    for day in [day] + later {
      let moment = zone.start(of: day)
      for one in all {
        let days = try transaction.term(of: one, at: moment, in: zone).days
        for other in all where one.outlasts.contains(other.id) {
          let others = try transaction.term(of: other, at: moment, in: zone).days
          guard days < others else { continue }
          throw Problem.invalid(
            "days",
            en:
              "“\(one.name.en)” (\(days)) must be kept at least as long as “\(other.name.en)” (\(others))",
            fr:
              "« \(one.name.fr) » (\(days)) doit être gardé au moins aussi longtemps que « \(other.name.fr) » (\(others))"
          )
        }
      }
    }
  }

  var retentionSettings: UseCase<Settings, [RetentionSetting]> {
    .query(
      "privacy.retention-settings", "/privacy/retention-settings", by: .staff,
      Words(
        en: "List who set how long things are kept, from which day",
        fr: "Lister qui a fixé les durées de conservation, et dès quand")
    ) { (input: Settings, transaction) in
      try transaction.retentionSettings(of: input.purpose?.description)
    }
  }

  /// What would go today, purpose by purpose.
  var due: UseCase<Nothing, [Pruned]> {
    .query(
      "privacy.due", "/privacy/retention-due", by: .staff,
      Words(
        en: "Show how much has had its time, by purpose, and from when the oldest is",
        fr: "Montrer combien a fait son temps, par finalité, et de quand date le plus ancien"),
      asking: { (_: Nothing, context) in try await context.prune(on: host, trying: true) }
    ) { (_: Nothing, found, _) in found }
  }

  var prune: UseCase<Prune, Outcome> {
    .command(
      "privacy.prune", .post, "/privacy/prune", by: [.administrator],
      Words(
        en:
          "Take away what has had its time now, rather than in the night; or only say what would go",
        fr: "Supprimer dès maintenant ce qui a fait son temps, ou seulement le dire"),
      asking: { (input: Prune, context) in
        try await context.prune(
          on: host, trying: input.dryRun == true, only: input.purpose?.description)
      }
    ) { (input: Prune, pruned, transaction) in
      if let purpose = input.purpose { _ = try self.purpose(purpose, in: transaction) }
      return Outcome(dryRun: input.dryRun == true, pruned: pruned)
    }
  }

  var pruned: UseCase<Since, [Pruned]> {
    .query(
      "privacy.pruned", "/privacy/pruned", by: .staff,
      Words(
        en: "List what went when, as numbers", fr: "Lister ce qui est parti quand, en nombres")
    ) { (input: Since, transaction) in
      try transaction.pruned(
        since: input.since ?? transaction.now.advanced(byDays: -365),
        of: input.purpose?.description)
    }
  }

  private func purpose(_ id: Key, in transaction: Transaction) throws -> Purpose {
    guard
      let purpose = transaction.context.purposes.first(where: { $0.id == id.description })
    else {
      let known = transaction.context.purposes.map(\.id).joined(separator: ", ")
      throw Problem.invalid(
        "purpose", en: "is none; those there are: \(known)",
        fr: "n’existe pas ; celles qu’il y a : \(known)")
    }
    return purpose
  }
}
