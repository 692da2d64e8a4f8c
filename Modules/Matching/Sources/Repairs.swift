internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

/// The teams of a published run as they stand, repaired by the engine when somebody leaves or comes:
/// whoever holds a place or an offer keeps it, and only empty seats go to others.
struct Repair {
  /// Somebody who is to be offered a seat.
  struct Offer {
    let volunteer: Volunteer
    let seat: MatchingCase.Seat
    let affinity: Affinity
  }

  private let situation: MatchingCase
  private let order: InstanceOrder
  private let instance: Instance
  private let live: LiveMatching
  private let seats: [MatchingCase.Seat]

  /// `standing` are the places as they stand, with those that are being given up; `refusing` says who
  /// is not to be asked this time for what.
  init(
    _ situation: MatchingCase, rules: RunRules, locks: [LockRow], weights: AffinityWeights,
    standing: [PlaceRow], givenUp: [PlaceRow] = [], refusing: [Holding]
  ) throws {
    let situation = situation.withHolders(of: standing)
    let leaving = Set(givenUp.map(\.holding))
    var order = InstanceOrder(rules: rules, weights: weights)
    order.isRepair = true
    order.locks = locks.filter { $0.kind == .forbidden && !leaving.contains($0.holding) }
    order.holding = standing.map(\.holding)
    order.keeps = Set(order.holding).subtracting(leaving)
    order.refused = refusing.filter { !leaving.contains($0) }
    let instance = try situation.instance(order)
    seats = situation.seats
    let (volunteers, roles) = (index(situation.volunteers.map(\.id)), index(seats.map(\.role.id)))
    let pairs = order.holding.compactMap { holding -> Pair? in
      guard let volunteer = volunteers[holding.volunteer], let role = roles[holding.role] else {
        return nil
      }
      return Pair(volunteer: Int32(volunteer), role: Int32(role))
    }
    live = try LiveMatching(
      instance,
      solution: Solution(strategy: "standing", status: .feasible, assignment: pairs, of: instance))
    self.situation = situation
    self.order = order
    self.instance = instance
  }

  /// The places are given up and the newcomers are there: who is offered what.
  func offers(afterGivingUp places: [PlaceRow], andArrivalOf newcomers: [VolunteerID]) -> [Offer] {
    let freed = places.flatMap { place -> [LiveMatching.Change] in
      guard let pair = pair(place.volunteer, place.role) else { return [] }
      return live.forbid(pair)
    }
    let numbers = index(situation.volunteers.map(\.id))
    let seated = newcomers.flatMap { newcomer -> [LiveMatching.Change] in
      numbers[newcomer].map { live.restore(Int32($0)) } ?? []
    }
    return net(freed + seated).compactMap(offer)
  }

  /// What is left of changes made one after the other: who was seated by one and moved on by a later one is where
  /// the later one put them, and nowhere else.
  private func net(_ changes: [LiveMatching.Change]) -> [LiveMatching.Change] {
    var left: [LiveMatching.Change] = []
    for change in changes {
      if let from = change.from,
        let place = left.firstIndex(where: { $0.volunteer == change.volunteer && $0.to == from })
      {
        let first = left.remove(at: place)
        if change.to != nil, change.to != first.from {
          var whole = change
          whole.from = first.from
          left.append(whole)
        }
      } else {
        left.append(change)
      }
    }
    return left
  }

  private func pair(_ volunteer: VolunteerID, _ role: MissionRoleID) -> Pair? {
    guard let volunteer = situation.volunteers.firstIndex(where: { $0.id == volunteer }),
      let role = seats.firstIndex(where: { $0.role.id == role })
    else { return nil }
    return Pair(volunteer: Int32(volunteer), role: Int32(role))
  }

  private func offer(_ change: LiveMatching.Change) -> Offer? {
    guard let role = change.to else { return nil }
    let (volunteer, seat) = (situation.volunteers[Int(change.volunteer)], seats[Int(role)])
    // Nobody who holds a seat is moved, whatever the engine would gain.
    guard change.from == nil || !order.keeps.contains(where: { $0.volunteer == volunteer.id })
    else { return nil }
    return Offer(
      volunteer: volunteer, seat: seat,
      affinity: situation.affinity(of: volunteer, for: seat, weights: order.weights))
  }
}

extension MatchingCase {
  /// The case with everybody who holds one of the places, also those who left the edition: they
  /// stand where they are until their place is given up.
  func withHolders(of places: [PlaceRow]) -> MatchingCase {
    let known = Set(volunteers.map(\.id))
    var all = self
    var added: Set<VolunteerID> = []
    for place in places
    where !known.contains(place.volunteer) && added.insert(place.volunteer).inserted {
      all.volunteers.append(
        Volunteer(
          id: place.volunteer, edition: edition.id,
          contact: Contact(name: place.volunteerName, email: .sample, language: .fr),
          regime: place.regime, skills: [], wishes: [], causes: [], languages: [], halfDays: [],
          formats: [], capacity: 1, conflicts: [], previousEmployers: []))
    }
    return all
  }
}

/// The places and locks of an edition as a repair looked at them: what it found holds only where they
/// are still so.
struct Situation: Sendable, Equatable {
  private let places: Int
  private let changes: Int64
  private let locks: [ID<LockRow>]

  init(of edition: EditionID, in connection: any Connection) throws {
    let counted = try connection.rows(
      """
      SELECT COUNT(*) AS places, COALESCE(SUM(version), 0) AS changes FROM matching_place
      WHERE edition_id = \(edition)
      """
    ).first
    places = try counted?.get("places") ?? 0
    changes = try counted?.get("changes") ?? 0
    locks = try connection.select(LockRow.self, "WHERE edition_id = \(edition) ORDER BY id")
      .map(\.id)
  }
}
