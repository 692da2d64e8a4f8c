internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI

extension MatchingModule {
  @UseCases var aboutComparing: [Endpoint] {
    compareRuns
  }

  struct Two: Codable, Sendable {
    let run: RunID
    let with: RunID
  }
  struct Comparison: Codable, Sendable {
    let run: RunSummary
    let with: RunSummary
    let filledDifference: Int
    let affinityDifference: Int64
    let sameSeat: Int
    let moved: [Move]
  }

  var compareRuns: UseCase<Two, Comparison> {
    .query(
      "matching.compare", "/runs/{run}/comparison/{with}", by: .staff,
      Words(en: "Compare two runs side by side", fr: "Comparer deux appariements"),
      problems: ["matching/still-computing", "matching/run-failed"],
      traits: [.shown(TeamsForPeople.comparison)]
    ) { (input: Two, transaction) in
      try comparison(of: input.run, with: input.with, transaction)
    }
  }

  func comparison(
    of run: RunID, with other: RunID, _ transaction: Transaction
  ) throws -> Comparison {
    let one = try finishedRun(run, in: transaction)
    let two = try finishedRun(other, in: transaction)
    func seats(_ run: RunID) throws -> [ProposalRow] {
      try transaction.select(ProposalRow.self, "WHERE run = \(run) ORDER BY position")
    }
    let (before, after) = (try seats(one.id), try seats(two.id))
    let kept = Set(before.compactMap(\.holding)).intersection(after.compactMap(\.holding)).count
    return Comparison(
      run: RunSummary(one), with: RunSummary(two),
      filledDifference: two.result.filled - one.result.filled,
      affinityDifference: two.result.affinity - one.result.affinity, sameSeat: kept,
      moved: moves(from: before.map(\.chair), to: after.map(\.chair)))
  }
}

/// Who changes place between two answers.
struct Move: Codable, Sendable, Hashable {
  let volunteerName: Name
  /// The role and mission they leave; nil for nobody's.
  let from: String?
  let to: String?
  let volunteer: VolunteerID
}

/// Somebody and the role they have in an answer, or none.
struct Chair: Sendable, Hashable {
  let volunteer: VolunteerID
  let volunteerName: Name
  let role: MissionRoleID?
  let title: String?
}

extension ProposalRow {
  var holding: Holding? { role.map { Holding(volunteer: volunteer, role: $0) } }

  var chair: Chair {
    let titles = [roleTitle, briefTitle].compactMap { $0?.description }
    return Chair(
      volunteer: volunteer, volunteerName: volunteerName, role: role,
      title: titles.isEmpty ? nil : titles.joined(separator: " – "))
  }
}

/// Who changes place, by name.
func moves(from before: [Chair], to after: [Chair]) -> [Move] {
  let (old, new) = (
    Dictionary(grouping: before, by: \.volunteer), Dictionary(grouping: after, by: \.volunteer)
  )
  var found: [Move] = []
  for volunteer in Set(old.keys).union(new.keys) {
    let (had, has) = ((old[volunteer] ?? []), (new[volunteer] ?? []))
    let left = had.filter { chair in chair.role != nil && !has.contains { $0.role == chair.role } }
    let came = has.filter { chair in chair.role != nil && !had.contains { $0.role == chair.role } }
    guard let name = (had.first ?? has.first)?.volunteerName else { continue }
    for number in 0..<max(left.count, came.count) {
      found.append(
        Move(
          volunteerName: name, from: number < left.count ? left[number].title : nil,
          to: number < came.count ? came[number].title : nil, volunteer: volunteer))
    }
  }
  return found.sorted {
    ($0.volunteerName.description, $0.volunteer) < ($1.volunteerName.description, $1.volunteer)
  }
}
