internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI

/// What is asked of the engine about a case.
struct InstanceOrder: Sendable {
  var rules = RunRules()
  var locks: [LockRow] = []
  var weights = AffinityWeights.standard
  /// An earlier answer: among equally good ones, the one that keeps most of it is wanted.
  var previous: [Holding] = []
  /// Who holds a seat now, whatever the rules say of it today: they keep it.
  var holding: [Holding] = []
  /// Who must keep their seat.
  var keeps: Set<Holding> = []
  /// Whether empty seats alone are looked at, and nobody is to be moved.
  var isRepair = false
  /// Pairs that are out besides the locks.
  var refused: [Holding] = []
}

extension MatchingCase {
  /// The instance for the engine. Volunteers and roles keep the order of the lists. Throws
  /// `MatchingError` when locks contradict each other or a hard rule.
  func instance(_ order: InstanceOrder) throws -> Instance {
    let seats = seats
    let roleIndex = index(seats.map(\.role.id))
    let volunteerIndex = index(volunteers.map(\.id))
    let holders = Dictionary(grouping: order.holding, by: \.volunteer)
    var edges = EdgeList()
    for volunteer in volunteers {
      let held = Set((holders[volunteer.id] ?? []).compactMap { roleIndex[$0.role] })
      edges.add(
        volunteer, openRoles(of: volunteer, in: seats, holding: held), of: seats, holding: held
      ) { affinity(of: volunteer, for: $0, weights: order.weights).points }
    }
    let rules = try engineRules(order, edges, PairIndex(volunteerIndex, roleIndex), seats)
    let taken = Dictionary(grouping: order.holding, by: \.role).mapValues(\.count)
    let overCap = holdersOverCap(order)
    let companies = companyIndex()
    let missionIndex = index(briefs.map(\.id))
    do {
      return try Instance(
        missionCount: briefs.count, companyCount: companies.count,
        roleMission: seats.map { Int32(missionIndex[$0.brief.id] ?? 0) },
        roleSeats: seats.map { Int32(max($0.role.seats.value, taken[$0.role.id] ?? 0)) },
        capacity: edges.capacity,
        company: volunteers.map { volunteer in
          // An agency is no company: whoever it sends does not count for the mix.
          volunteer.regime == .jobSeeker || overCap.contains(volunteer.id)
            ? -1 : volunteer.partner.flatMap { companies[$0] }.map(Int32.init) ?? -1
        },
        seeker: volunteers.map { $0.regime == .jobSeeker }, edgeStart: edges.starts,
        edgeRole: edges.roles, edgeWeight: edges.points, rules: rules)
    } catch {
      throw MatchingError.contradictoryLocks(named(error, seats))
    }
  }

  /// Who keeps a seat without a lock that says so: a run from another one held on to them.
  func keptWithoutLock(_ order: InstanceOrder) -> Set<Pair> {
    let locked = Set(order.locks.filter { $0.kind == .pinned }.map(\.holding))
    let people = PairIndex(index(volunteers.map(\.id)), index(seats.map(\.role.id)))
    return Set(people.pairs(order.keeps.filter { !locked.contains($0) }))
  }

  private func engineRules(
    _ order: InstanceOrder, _ edges: EdgeList, _ index: PairIndex, _ seats: [Seat]
  ) throws -> Rules {
    var pins: [Pair] = []
    for lock in order.locks where lock.kind == .pinned {
      guard let pair = index.pair(lock.holding) else { continue }
      try refuseImpossiblePin(volunteers[Int(pair.volunteer)], seats[Int(pair.role)])
      pins.append(pair)
    }
    pins += index.pairs(Array(order.keeps))
    let locked = order.locks.filter { $0.kind == .forbidden && !order.keeps.contains($0.holding) }
      .map(\.holding)
    // A forbidden pair that no rule would allow anyway needs no lock.
    let forbidden = index.pairs(locked + order.refused.filter { !order.keeps.contains($0) }).filter(
      edges.contains)
    return Rules(
      // A cap that binds nobody tells the engine to repair without moving anybody.
      companyCap: order.rules.companyCap.map { Int32($0.value) }
        ?? (order.isRepair ? Int32(max(1, volunteers.count)) : nil),
      seekerPenalty: Int64(order.rules.seekerPenalty?.value ?? 0), pins: unique(pins),
      forbidden: unique(forbidden),
      minimumTeam: order.rules.minimumTeam.map { minimum in
        briefs.map { _ in Int32(minimum.value) }
      } ?? [], previous: unique(index.pairs(order.previous).filter(edges.contains)))
  }

  /// Holders beyond the company cap, whose company was corrected since: they stay, and do not count.
  private func holdersOverCap(_ order: InstanceOrder) -> Set<VolunteerID> {
    guard let cap = order.rules.companyCap?.value else { return [] }
    let partner = Dictionary(volunteers.map { ($0.id, $0.partner) }) { first, _ in first }
    let brief = Dictionary(seats.map { ($0.role.id, $0.brief.id) }) { first, _ in first }
    var teams: [[String]: Int] = [:]
    var found: Set<VolunteerID> = []
    for holding in order.holding {
      guard let company = partner[holding.volunteer] ?? nil, let brief = brief[holding.role] else {
        continue
      }
      let team = [company.description, brief.description]
      teams[team, default: 0] += 1
      if teams[team, default: 0] > cap { found.insert(holding.volunteer) }
    }
    return found
  }

  /// The roles a volunteer could take: those no hard rule excludes and that do not meet at the same
  /// half-day as what they hold, and what they hold.
  private func openRoles(of volunteer: Volunteer, in seats: [Seat], holding held: Set<Int>)
    -> [Int]
  {
    guard held.count < max(1, volunteer.capacity) else { return held.sorted() }
    let busy = Set(held.flatMap { seats[$0].brief.halfDays })
    let teams = Set(held.map { seats[$0].brief.id })
    return seats.indices.filter { number in
      if held.contains(number) { return true }
      let seat = seats[number]
      return !teams.contains(seat.brief.id) && busy.isDisjoint(with: seat.brief.halfDays)
        && exclusions(of: volunteer, from: seat.role, in: seat.brief).isEmpty
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

  /// The companies in the order of their numbers in the instance.
  var companiesInOrder: [PartnerID] {
    companyIndex().sorted { $0.value < $1.value }.map(\.key)
  }

  private func refuseImpossiblePin(_ volunteer: Volunteer, _ seat: Seat) throws {
    let reasons = exclusions(of: volunteer, from: seat.role, in: seat.brief)
    guard reasons.isEmpty else {
      throw MatchingError.notEligible(reasons.map { $0.words(self) })
    }
  }

  private func named(_ error: InstanceError, _ seats: [Seat]) -> Words {
    guard case .contradictoryLocks(let pairs) = error.kind else {
      return Words(error.description)
    }
    let names = pairs.map { pair in
      "\(volunteers[Int(pair.volunteer)].contact.name) – \(seats[Int(pair.role)].role.title)"
    }
    let all = names.joined(separator: ", ")
    return Words(
      en: "Not all of these can be kept: \(all).",
      fr: "Tout cela ne peut être gardé à la fois : \(all).")
  }
}

/// Where people and roles are in the instance.
private struct PairIndex {
  let volunteers: [VolunteerID: Int]
  let roles: [MissionRoleID: Int]

  init(_ volunteers: [VolunteerID: Int], _ roles: [MissionRoleID: Int]) {
    self.volunteers = volunteers
    self.roles = roles
  }

  func pair(_ holding: Holding) -> Pair? {
    guard let volunteer = volunteers[holding.volunteer], let role = roles[holding.role] else {
      return nil
    }
    return Pair(volunteer: Int32(volunteer), role: Int32(role))
  }

  func pairs(_ holdings: [Holding]) -> [Pair] { holdings.compactMap(pair) }
}

/// The eligible pairs, volunteer by volunteer.
private struct EdgeList {
  var starts: [Int32] = [0]
  var roles: [Int32] = []
  var points: [Int32] = []
  var capacity: [Int32] = []

  mutating func add(
    _ volunteer: Volunteer, _ open: [Int], of seats: [MatchingCase.Seat], holding held: Set<Int>,
    worth: (MatchingCase.Seat) -> Int
  ) {
    for number in open {
      roles.append(Int32(number))
      points.append(Int32(worth(seats[number])))
    }
    starts.append(Int32(roles.count))
    let free = open.filter { !held.contains($0) }.map { seats[$0] }
    let further = max(0, volunteer.capacity - held.count)
    capacity.append(Int32(held.count + (canHoldSeveral(free) ? further : min(1, further))))
  }

  /// Holding two places is only safe where no two of the missions meet at the same half-day, and
  /// no mission offers two roles to the same person.
  private func canHoldSeveral(_ open: [MatchingCase.Seat]) -> Bool {
    guard Set(open.map(\.brief.id)).count == open.count else { return false }
    let days = open.flatMap(\.brief.halfDays)
    return Set(days).count == days.count
  }

  func contains(_ pair: Pair) -> Bool {
    roles[Int(starts[Int(pair.volunteer)])..<Int(starts[Int(pair.volunteer) + 1])]
      .contains(pair.role)
  }
}

private func unique(_ pairs: [Pair]) -> [Pair] { Set(pairs).sorted() }

func index<ID: Hashable>(_ ids: [ID]) -> [ID: Int] {
  Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
}
