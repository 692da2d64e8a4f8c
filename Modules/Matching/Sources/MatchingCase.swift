internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

/// Everything a run of one edition looks at, and its translation into the engine's numbers.
struct MatchingCase: Sendable {
  let edition: Edition
  let catalogue: Catalogue
  let briefs: [Brief]
  /// What each organisation works for.
  let causes: [OrganisationID: Set<Key>]
  let organisationNames: [OrganisationID: Name]
  let volunteers: [Volunteer]
  let partnerNames: [PartnerID: Name]

  /// A role with the brief it belongs to.
  struct Seat: Sendable {
    let brief: Brief
    let role: BriefRole
  }

  var seats: [Seat] { briefs.flatMap { brief in brief.roles.map { Seat(brief: brief, role: $0) } } }

  func affinity(of volunteer: Volunteer, for seat: Seat, weights: AffinityWeights) -> Affinity {
    Affinity(
      of: volunteer, for: seat.role, in: seat.brief, causes: causes[seat.brief.organisation] ?? [],
      weights: weights)
  }

  func partnerName(of volunteer: Volunteer) -> Name? {
    volunteer.partner.flatMap { partnerNames[$0] }
  }
}

/// What a run asks for beyond the hard rules.
struct RunRules: Codable, Sendable, Hashable {
  /// At most this many people of one company in a team.
  var companyCap: Whole<1, 10>?
  /// Points a team costs that could have a job seeker and has none.
  var seekerPenalty: Whole<0, 100_000>?
  /// The smallest team every mission should have.
  var minimumTeam: Whole<0, 20>?
}

extension MatchingCase {
  /// The instance for the engine. Volunteers and roles keep the order of the lists. Throws
  /// `MatchingError` when locks contradict each other or a hard rule.
  func instance(
    rules: RunRules, locks: [LockRow], weights: AffinityWeights, previous: [PlaceRow]
  ) throws -> Instance {
    let seats = seats
    let volunteerIndex = index(volunteers.map(\.id))
    let roleIndex = index(seats.map(\.role.id))
    let companies = companyIndex()
    var starts: [Int32] = [0]
    var roles: [Int32] = []
    var points: [Int32] = []
    var capacity: [Int32] = []
    for volunteer in volunteers {
      var open: [Seat] = []
      var byBrief: [BriefID: Int] = [:]
      for (number, seat) in seats.enumerated()
      where exclusions(of: volunteer, from: seat.role, in: seat.brief).isEmpty {
        open.append(seat)
        let worth = Int32(affinity(of: volunteer, for: seat, weights: weights).points)
        byBrief[seat.brief.id, default: 0] += 1
        roles.append(Int32(number))
        points.append(worth)
      }
      starts.append(Int32(roles.count))
      capacity.append(canHoldSeveral(open, byBrief) ? Int32(volunteer.capacity) : 1)
    }
    let missionIndex = index(briefs.map(\.id))
    func pairs(_ kind: LockKind) throws -> [Pair] {
      try locks.filter { $0.kind == kind }.compactMap { lock in
        guard let volunteer = volunteerIndex[lock.volunteer], let role = roleIndex[lock.role] else {
          return nil
        }
        if kind == .pinned { try refuseImpossiblePin(volunteers[volunteer], seats[role]) }
        return Pair(volunteer: Int32(volunteer), role: Int32(role))
      }
    }
    // A forbidden pair that no rule would allow anyway needs no lock.
    let forbidden = try pairs(.forbidden).filter { pair in
      let seat = seats[Int(pair.role)]
      return exclusions(of: volunteers[Int(pair.volunteer)], from: seat.role, in: seat.brief)
        .isEmpty
    }
    let kept = previous.compactMap { place -> Pair? in
      guard let volunteer = volunteerIndex[place.volunteer], let role = roleIndex[place.role] else {
        return nil
      }
      return Pair(volunteer: Int32(volunteer), role: Int32(role))
    }
    do {
      return try Instance(
        missionCount: briefs.count, companyCount: companies.count,
        roleMission: seats.map { Int32(missionIndex[$0.brief.id] ?? 0) },
        roleSeats: seats.map { Int32($0.role.seats.value) }, capacity: capacity,
        company: volunteers.map { volunteer in
          volunteer.partner.flatMap { companies[$0] }.map(Int32.init) ?? -1
        },
        seeker: volunteers.map { $0.regime == .jobSeeker }, edgeStart: starts, edgeRole: roles,
        edgeWeight: points,
        rules: Rules(
          companyCap: rules.companyCap.map { Int32($0.value) },
          seekerPenalty: Int64(rules.seekerPenalty?.value ?? 0), pins: try pairs(.pinned),
          forbidden: forbidden,
          minimumTeam: rules.minimumTeam.map { minimum in
            briefs.map { _ in Int32(minimum.value) }
          } ?? [], previous: kept))
    } catch let error as InstanceError {
      throw MatchingError.contradictoryLocks(named(error, seats))
    }
  }

  /// Holding two places is only safe where no two of the missions meet at the same half-day, and
  /// no mission offers two roles to the same person.
  private func canHoldSeveral(_ open: [Seat], _ byBrief: [BriefID: Int]) -> Bool {
    guard byBrief.values.allSatisfy({ $0 == 1 }) else { return false }
    let days = open.flatMap(\.brief.halfDays)
    return Set(days).count == days.count
  }

  private func refuseImpossiblePin(_ volunteer: Volunteer, _ seat: Seat) throws {
    let reasons = exclusions(of: volunteer, from: seat.role, in: seat.brief)
    guard reasons.isEmpty else {
      throw MatchingError.notEligible(reasons.map { $0.words(catalogue) })
    }
  }

  /// The companies that count for the mix: an agency or a public backer is no company.
  private func companyIndex() -> [PartnerID: Int] {
    var found: [PartnerID: Int] = [:]
    for volunteer in volunteers where volunteer.regime != .jobSeeker {
      if let partner = volunteer.partner, found[partner] == nil { found[partner] = found.count }
    }
    return found
  }

  private func named(_ error: InstanceError, _ seats: [Seat]) -> String {
    guard case .contradictoryLocks(let pairs) = error.kind else { return error.description }
    let names = pairs.map { pair in
      "\(volunteers[Int(pair.volunteer)].contact.name) – \(seats[Int(pair.role)].role.title)"
    }
    return "\(names.joined(separator: ", ")): \(error.reason)"
  }
}

private func index<ID: Hashable>(_ ids: [ID]) -> [ID: Int] {
  Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
}
