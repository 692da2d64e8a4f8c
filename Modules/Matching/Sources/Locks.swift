internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

enum LockKind: String, Codable, CaseIterable, Sendable {
  case pinned
  case forbidden

  var words: Words {
    switch self {
    case .pinned: Words(en: "kept", fr: "à garder")
    case .forbidden: Words(en: "forbidden", fr: "interdit")
    }
  }
}

/// A decision of the operator's that every run of the edition keeps.
struct LockRow: Record {
  static let table = "matching_lock"
  let id: ID<LockRow>
  let editionId: EditionID
  let volunteer: VolunteerID
  let role: MissionRoleID
  let kind: LockKind
  let reason: Paragraph

  var holding: Holding { Holding(volunteer: volunteer, role: role) }
}

extension MatchingModule {
  @UseCases var aboutLocks: [Endpoint] {
    pin
    pinTeam
    forbid
    unlock
    listLocks
  }

  struct Lock: Codable, Sendable {
    let edition: EditionID
    let volunteer: VolunteerID
    let role: MissionRoleID
    let reason: Paragraph
  }
  struct Team: Codable, Sendable {
    let run: RunID
    let brief: BriefID
    let reason: Paragraph
  }
  struct OneLock: Codable, Sendable {
    let lock: ID<LockRow>
  }

  var pin: UseCase<Lock, LockRow> {
    lock(
      "matching.pin", "/editions/{edition}/pins", .pinned,
      Words(
        en: "Keep a volunteer in a role in every run", fr: "Garder un volontaire sur un rôle"))
  }

  var forbid: UseCase<Lock, LockRow> {
    lock(
      "matching.forbid", "/editions/{edition}/exclusions", .forbidden,
      Words(
        en: "Keep a volunteer out of a role in every run", fr: "Écarter un volontaire d’un rôle"))
  }

  private func lock(_ id: String, _ path: String, _ kind: LockKind, _ summary: Words)
    -> UseCase<Lock, LockRow>
  {
    .command(
      id, .post, path, by: .staff, summary,
      problems: ["matching/not-eligible", "matching/contradictory-locks"]
    ) { input, _ in
      try await gather(input.edition)
    } answer: { (input: Lock, situation, transaction) in
      try keep(
        kind, Holding(volunteer: input.volunteer, role: input.role), because: input.reason,
        situation, transaction)
    }
  }

  var pinTeam: UseCase<Team, [LockRow]> {
    .command(
      "matching.pin-team", .post, "/runs/{run}/teams/{brief}/pins", by: .staff,
      Words(
        en: "Keep a whole team of a run in every run",
        fr: "Garder toute une équipe d’un appariement dans les prochains"),
      problems: [
        "matching/not-eligible", "matching/contradictory-locks", "matching/still-computing",
        "matching/run-failed",
      ]
    ) { input, _ in
      let edition = try await host.read { try finishedRun(input.run, in: $0).editionId }
      return try await gather(edition)
    } answer: { (input: Team, situation, transaction) in
      let team = try transaction.select(
        ProposalRow.self,
        "WHERE run = \(input.run) AND brief = \(input.brief) ORDER BY position"
      ).compactMap(\.holding)
      guard !team.isEmpty else {
        throw Problem.notFound(
          Words(en: "team in this run", fr: "équipe de cet appariement"), input.brief)
      }
      return try team.map { try keep(.pinned, $0, because: input.reason, situation, transaction) }
    }
  }

  /// Sets a lock; one that is there already is enough. Throws `MatchingError` where a rule or another
  /// lock forbids it.
  private func keep(
    _ kind: LockKind, _ pair: Holding, because reason: Paragraph, _ situation: MatchingCase,
    _ transaction: Transaction
  ) throws -> LockRow {
    guard let volunteer = situation.volunteer(pair.volunteer) else {
      throw Problem.notFound(Words(en: "volunteer", fr: "volontaire"), pair.volunteer)
    }
    guard let seat = situation.seat(pair.role) else {
      throw Problem.notFound(Words(en: "role", fr: "rôle"), pair.role)
    }
    if kind == .pinned {
      let reasons = exclusions(of: volunteer, from: seat.role, in: seat.brief)
      guard reasons.isEmpty else {
        throw MatchingError.notEligible(reasons.map { $0.words(situation) })
      }
    }
    let edition = situation.edition.id
    let other = try transaction.first(
      LockRow.self,
      "WHERE edition_id = \(edition) AND volunteer = \(pair.volunteer) AND role = \(pair.role)")
    if let other, other.kind != kind {
      throw MatchingError.contradictoryLocks(
        Words(
          en: "\(volunteer.contact.name) – \(seat.role.title): \(other.kind.words.en) already.",
          fr: "\(volunteer.contact.name) – \(seat.role.title) : déjà \(other.kind.words.fr)."))
    }
    if let other { return other }
    let row = LockRow(
      id: transaction.newID(), editionId: edition, volunteer: pair.volunteer, role: pair.role,
      kind: kind, reason: reason)
    try transaction.insert(row)
    return row
  }

  var unlock: UseCase<OneLock, LockRow> {
    .command(
      "matching.unlock", .delete, "/matching/locks/{lock}", by: .staff,
      Words(en: "Remove a lock", fr: "Retirer un verrou")
    ) { (input: OneLock, transaction) in
      guard let row = try transaction.find(LockRow.self, input.lock) else {
        throw Problem.notFound(Words(en: "lock", fr: "verrou"), input.lock)
      }
      try transaction.delete(LockRow.self, row.id)
      return row
    }
  }

  var listLocks: UseCase<PageOfEdition, Page<LockRow>> {
    .query(
      "matching.locks", "/editions/{edition}/locks", by: .staff,
      Words(en: "List the locks of an edition", fr: "Lister les verrous d’une édition")
    ) { (input: PageOfEdition, transaction) in
      try transaction.page(
        LockRow.self, where: "edition_id = \(input.edition)", by: "id", after: input.after,
        limit: input.limit)
    }
  }
}

func locks(of edition: EditionID, in connection: any Connection) throws -> [LockRow] {
  try connection.select(LockRow.self, "WHERE edition_id = \(edition) ORDER BY id")
}
