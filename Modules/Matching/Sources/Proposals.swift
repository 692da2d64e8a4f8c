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
  let reason: Words
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

/// A solved run, before it is stored.
struct RunOutcome: Sendable {
  let situation: MatchingCase
  let instance: Instance
  let solution: Solution
  let weights: AffinityWeights
  let seed: UInt64

  var result: RunResult {
    RunResult(
      status: solution.status.rawValue, seats: instance.seatCount, filled: solution.filled,
      affinity: solution.affinity, missionsWithoutSeeker: solution.missionsWithoutSeeker,
      penalties: solution.penalties,
      gapPerMillion: solution.gap.map { Int(($0 * 1_000_000).rounded(.up)) },
      volunteers: instance.volunteerCount,
      placed: Set(solution.assignment.map(\.volunteer)).count)
  }
}

/// Writes who is placed, who waits and which seats stay empty, each with its reason.
func store(_ outcome: RunOutcome, of run: RunRow, in transaction: Transaction) throws {
  let situation = outcome.situation
  let seats = situation.seats
  let chosen = Dictionary(grouping: outcome.solution.assignment, by: \.volunteer)
  var position = 0
  for (number, volunteer) in situation.volunteers.enumerated() {
    let places: [Pair?] = chosen[Int32(number)] ?? [nil]
    for pair in places {
      let seat = pair.map { seats[Int($0.role)] }
      let affinity = seat.map {
        situation.affinity(of: volunteer, for: $0, weights: outcome.weights)
      }
      let reason =
        if let seat, let affinity {
          affinity.words(for: volunteer, role: seat.role, catalogue: situation.catalogue)
        } else {
          outcome.whyWaiting(number)
        }
      try transaction.insert(
        ProposalRow(
          id: transaction.newID(), run: run.id, editionId: run.editionId, position: position,
          volunteer: volunteer.id, volunteerName: volunteer.contact.name, brief: seat?.brief.id,
          briefTitle: seat?.brief.title, role: seat?.role.id, roleTitle: seat?.role.title,
          affinity: affinity?.points ?? 0, reason: reason))
      position += 1
    }
  }
  let filled = Dictionary(grouping: outcome.solution.assignment, by: \.role).mapValues(\.count)
  for (number, seat) in seats.enumerated() {
    let empty = seat.role.seats.value - (filled[Int32(number)] ?? 0)
    guard empty > 0 else { continue }
    try transaction.insert(
      VacancyRow(
        id: transaction.newID(), run: run.id, editionId: run.editionId, position: number,
        brief: seat.brief.id, briefTitle: seat.brief.title, role: seat.role.id,
        roleTitle: seat.role.title, seats: empty, reason: outcome.whyEmpty(number)))
  }
}
