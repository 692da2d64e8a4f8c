internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// What happened to a draft since it was made.
struct Staleness: Sendable {
  /// Placed people who left, or whom a hard rule or a lock now keeps out.
  var lost: [Name] = []
  /// People the draft does not know.
  var newcomers: [Name] = []
  /// Missions the draft does not know.
  var newMissions: [Name] = []
  /// Pins that the draft does not keep.
  var newPins: [String] = []
  /// Who can hold their place as before.
  var standing: [Holding] = []

  init(
    _ proposals: [ProposalRow], roles: Set<MissionRoleID>, in situation: MatchingCase,
    locks: [LockRow]
  ) {
    let forbidden = Set(locks.filter { $0.kind == .forbidden }.map(\.holding))
    let volunteers = Dictionary(situation.volunteers.map { ($0.id, $0) }) { first, _ in first }
    let seats = Dictionary(situation.seats.map { ($0.role.id, $0) }) { first, _ in first }
    var taken: [MissionRoleID: Int] = [:]
    var busy: [VolunteerID: [MatchingCase.Seat]] = [:]
    for proposal in proposals {
      guard let holding = proposal.holding else { continue }
      guard let volunteer = volunteers[holding.volunteer], let seat = seats[holding.role],
        exclusions(of: volunteer, from: seat.role, in: seat.brief).isEmpty,
        !forbidden.contains(holding), taken[holding.role, default: 0] < seat.role.seats.value,
        busy[volunteer.id, default: []].count < volunteer.capacity,
        !busy[volunteer.id, default: []].contains(where: { seat.clashes(with: $0) })
      else {
        lost.append(proposal.volunteerName)
        continue
      }
      taken[holding.role, default: 0] += 1
      busy[volunteer.id, default: []].append(seat)
      standing.append(holding)
    }
    let known = Set(proposals.map(\.volunteer))
    newcomers = situation.volunteers.filter { !known.contains($0.id) }.map(\.contact.name)
    newMissions = situation.briefs.filter { brief in
      brief.roles.contains { !roles.contains($0.id) }
    }.map(\.title)
    let held = Set(proposals.compactMap(\.holding))
    newPins = locks.filter { $0.kind == .pinned && !held.contains($0.holding) }.compactMap { lock in
      guard let volunteer = volunteers[lock.volunteer], let seat = seats[lock.role] else {
        return nil
      }
      return "\(volunteer.contact.name) – \(seat.role.title)"
    }
  }

  /// What is to be said of it; empty when the draft is as good as new.
  var clauses: [Words] {
    func clause(_ names: [String], _ en: String, _ fr: String) -> Words? {
      guard !names.isEmpty else { return nil }
      let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", …" : "")
      return Words(en: "\(en): \(shown)", fr: "\(fr) : \(shown)")
    }
    return [
      clause(
        lost.map(\.description), "these volunteers left or can no longer hold their place",
        "ces volontaires sont partis ou ne peuvent plus tenir leur place"),
      clause(
        newcomers.map(\.description), "these volunteers came", "ces volontaires sont arrivés"),
      clause(newMissions.map(\.description), "these missions came", "ces missions sont arrivées"),
      clause(newPins, "these locks came", "ces verrous sont arrivés"),
    ].compactMap(\.self)
  }
}

extension MatchingCase.Seat {
  /// Whether nobody can hold both.
  func clashes(with other: MatchingCase.Seat) -> Bool {
    brief.id == other.brief.id || !Set(brief.halfDays).isDisjoint(with: other.brief.halfDays)
  }
}

extension MatchingModule {
  /// What happened to a draft since it was made.
  func staleness(
    of run: RunID, in situation: MatchingCase, _ connection: any Connection
  ) throws -> Staleness {
    let proposals = try connection.select(
      ProposalRow.self, "WHERE run = \(run) ORDER BY position")
    let vacancies = try connection.select(VacancyRow.self, "WHERE run = \(run)")
    return Staleness(
      proposals, roles: Set(proposals.compactMap(\.role) + vacancies.map(\.role)), in: situation,
      locks: try locks(of: situation.edition.id, in: connection))
  }

  /// Makes the order for a run that keeps as much as it can of an earlier one: whoever can stay stays,
  /// but where a new lock wants their seat.
  func keep(
    _ run: RunID, in situation: MatchingCase, order: inout InstanceOrder,
    _ connection: any Connection
  ) throws {
    let earlier = try finishedRun(run, in: connection)
    guard earlier.editionId == situation.edition.id else {
      throw Problem.notFound(RunRow.noun, run)
    }
    let stale = try staleness(of: run, in: situation, connection)
    order.previous = stale.standing
    let pinned = order.locks.filter { $0.kind == .pinned && !stale.standing.contains($0.holding) }
    let wanted = (volunteers: Set(pinned.map(\.volunteer)), roles: Set(pinned.map(\.role)))
    order.keeps = Set(
      stale.standing.filter {
        !wanted.volunteers.contains($0.volunteer) && !wanted.roles.contains($0.role)
      })
    order.rules.companyCap = order.rules.companyCap ?? earlier.rules.companyCap
    order.rules.seekerPenalty = order.rules.seekerPenalty ?? earlier.rules.seekerPenalty
    order.rules.minimumTeam = order.rules.minimumTeam ?? earlier.rules.minimumTeam
  }
}
