internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI

/// What a run proposes for one volunteer: a place and why, or none and why.
struct ProposalRow: Record {
  static let table = "matching_proposal"
  let id: ID<ProposalRow>
  let run: RunID
  let editionId: EditionID
  let position: Int
  let volunteer: VolunteerID
  let volunteerName: Name
  let brief: BriefID?
  let briefTitle: Name?
  let role: MissionRoleID?
  let roleTitle: Name?
  let affinity: Int
  /// For the person.
  let reason: Words
  /// For the operator: what the alternative would cost, what excluded them. Nil for old runs.
  let explanation: Words?
}

/// Seats of a role that a run leaves empty, and why.
struct VacancyRow: Record {
  static let table = "matching_vacancy"
  let id: ID<VacancyRow>
  let run: RunID
  let editionId: EditionID
  let position: Int
  let brief: BriefID
  let briefTitle: Name
  let role: MissionRoleID
  let roleTitle: Name
  let seats: Int
  let reason: Words
}

extension RunResult {
  init(_ solution: Solution, of instance: Instance) {
    self.init(
      status: solution.status.rawValue, seats: instance.seatCount, filled: solution.filled,
      affinity: solution.affinity, missionsWithoutSeeker: solution.missionsWithoutSeeker,
      penalties: solution.penalties,
      gapPerMillion: solution.gap.map { Int(($0 * 1_000_000).rounded(.up)) },
      volunteers: instance.volunteerCount,
      placed: Set(solution.assignment.map(\.volunteer)).count,
      boundFilled: solution.bound?.filled, boundPoints: solution.bound?.points,
      stoppedEarly: solution.stoppedEarly)
  }
}

/// The sentences that are written down with a run, found before the transaction that holds everybody
/// else up.
struct RunSentences: Sendable {
  /// By volunteer: for the operator, and for the person when they wait.
  let volunteers: [(explanation: Words, waiting: Words)]
  /// Roles with empty seats.
  let vacancies: [(role: Int, empty: Int, reason: Words)]

  /// Looks after each whether they are still wanted: for a large edition they take longer than the teams. Throws
  /// `CancellationError` where they are not.
  init(_ evidence: Evidence, areWanted: () -> Bool = { true }) throws {
    let explainer = evidence.explainer
    volunteers = try evidence.situation.volunteers.indices.map { number in
      guard areWanted() else { throw CancellationError() }
      let why = explainer.volunteer(number)
      return (Words { explainer.words(why, in: $0) }, evidence.whyWaiting(why))
    }
    vacancies = try explainer.rolesWithEmptySeats.compactMap { role in
      guard areWanted() else { throw CancellationError() }
      return explainer.emptySeats(ofRole: role).map { why in
        (role, why.empty, Words { explainer.words(why, in: $0) })
      }
    }
  }
}

/// Writes who is placed, who waits and which seats stay empty, each with its reason, and the
/// evidence for further questions.
func store(
  _ evidence: Evidence, _ sentences: RunSentences, of run: RunRow, in transaction: Transaction
) throws {
  let situation = evidence.situation
  let seats = situation.seats
  let chosen = Dictionary(grouping: evidence.solution.assignment, by: \.volunteer)
  var position = 0
  for (number, volunteer) in situation.volunteers.enumerated() {
    let places: [Pair?] = chosen[Int32(number)] ?? [nil]
    let (explanation, waiting) = sentences.volunteers[number]
    for pair in places {
      let seat = pair.map { seats[Int($0.role)] }
      let affinity = seat.map {
        situation.affinity(of: volunteer, for: $0, weights: evidence.order.weights)
      }
      let reason =
        if let seat, let affinity {
          affinity.words(for: volunteer, role: seat.role, situation)
        } else {
          waiting
        }
      try transaction.insert(
        ProposalRow(
          id: transaction.newID(), run: run.id, editionId: run.editionId, position: position,
          volunteer: volunteer.id, volunteerName: volunteer.contact.name, brief: seat?.brief.id,
          briefTitle: seat?.brief.title, role: seat?.role.id, roleTitle: seat?.role.title,
          affinity: affinity?.points ?? 0, reason: reason, explanation: explanation))
      position += 1
    }
  }
  for (number, empty, reason) in sentences.vacancies {
    let seat = seats[number]
    try transaction.insert(
      VacancyRow(
        id: transaction.newID(), run: run.id, editionId: run.editionId, position: number,
        brief: seat.brief.id, briefTitle: seat.brief.title, role: seat.role.id,
        roleTitle: seat.role.title, seats: empty, reason: reason))
  }
  try transaction.insert(BasisRow(of: run.id, evidence))
}
