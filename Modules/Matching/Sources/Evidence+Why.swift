internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI

extension Evidence {
  /// Throws `Problem.notFound` for somebody who was not part of the run.
  func number(of volunteer: VolunteerID) throws -> Int {
    guard let number = situation.volunteers.firstIndex(where: { $0.id == volunteer }) else {
      throw Problem.notInRun(volunteer)
    }
    return number
  }

  /// Throws `Problem.notFound` for a role that was not part of the run.
  func number(of role: MissionRoleID) throws -> Int {
    guard let number = situation.seats.firstIndex(where: { $0.role.id == role }) else {
      throw Problem.notFound(Words(en: "role in this run", fr: "rôle de cet appariement"), role)
    }
    return number
  }

  func why(_ volunteer: VolunteerID) throws -> VolunteerWhy {
    let number = try number(of: volunteer)
    let found = explainer.volunteer(number)
    return VolunteerWhy(
      volunteerName: situation.volunteers[number].contact.name,
      why: Words { explainer.words(found, in: $0) },
      placed: found.placements.map {
        seat($0.role, affinity: $0.affinity, pinned: $0.pinned ? true : nil)
      },
      openRoles: found.openRoles, contribution: found.contribution.map(CostView.init),
      alternative: found.alternative.map {
        seat(Int($0.pair.role), affinity: $0.affinity, cost: $0.cost.map(CostView.init))
      }, exclusions: found.exclusions.prefix(5).map(RuleView.init),
      nearest: found.openRoles == 0 ? nearest(to: situation.volunteers[number]) : [],
      volunteer: volunteer)
  }

  /// The roles the fewest rules keep somebody from.
  private func nearest(to volunteer: Volunteer) -> [NearMissView] {
    let all = situation.seats.map { seat in
      (seat: seat, rules: exclusions(of: volunteer, from: seat.role, in: seat.brief))
    }.filter { !$0.rules.isEmpty }
    // Among as many rules, a level that is too low is nearer than a skill that is not there.
    func distance(_ rules: [Exclusion]) -> Int {
      rules.reduce(0) { $0 + ($1.isOfDegree ? 2 : 3) }
    }
    let ordered = all.enumerated().sorted {
      (distance($0.element.rules), $0.offset) < (distance($1.element.rules), $1.offset)
    }
    return ordered.prefix(3).map { near in
      let words = near.element.rules.map { $0.words(situation) }
      return NearMissView(
        roleTitle: near.element.seat.role.title, briefTitle: near.element.seat.brief.title,
        missing: Words(
          en: words.map(\.en).joined(separator: "; "), fr: words.map(\.fr).joined(separator: " ; ")),
        role: near.element.seat.role.id)
    }
  }

  func why(_ role: MissionRoleID) throws -> RoleWhy {
    let number = try number(of: role)
    let seat = situation.seats[number]
    let found = explainer.emptySeats(ofRole: number)
    let holders = holders(of: number)
    let move = found?.cheapestMove
    return RoleWhy(
      roleTitle: seat.role.title, briefTitle: seat.brief.title, seats: seat.role.seats.value,
      empty: found?.empty ?? 0,
      why: found.map { whyEmpty($0) } ?? filled(holders.count),
      eligible: found?.eligible ?? instance.edgeRole.count { Int($0) == number },
      holders: holders,
      cheapestMove: move.map { move in
        PersonView(
          volunteerName: situation.volunteers[Int(move.pair.volunteer)].contact.name,
          affinity: move.affinity, cost: move.cost.map(CostView.init),
          volunteer: situation.volunteers[Int(move.pair.volunteer)].id)
      }, nearMisses: (found?.nearMisses ?? []).map(RuleView.init), role: role,
      brief: seat.brief.id)
  }

  func why(_ volunteer: VolunteerID, in role: MissionRoleID) throws -> PairWhy {
    let pair = Pair(
      volunteer: Int32(try number(of: volunteer)), role: Int32(try number(of: role)))
    let person = situation.volunteers[Int(pair.volunteer)]
    let seat = situation.seats[Int(pair.role)]
    let found = explainer.pair(pair)
    let affinity =
      instance.edge(of: pair) == nil
      ? nil : situation.affinity(of: person, for: seat, weights: order.weights)
    return PairWhy(
      verdict: PairWhy.Verdict(found), volunteerName: person.contact.name,
      roleTitle: seat.role.title, briefTitle: seat.brief.title,
      why: Words { explainer.words(found, of: pair, in: $0) }, affinity: affinity?.points,
      fit: affinity?.fit(of: person, for: seat.role, situation),
      cost: found.cost.map(CostView.init), holders: holders(of: Int(pair.role)),
      volunteer: volunteer, role: role)
  }

  private func filled(_ count: Int) -> Words {
    Words(
      en: count == 1 ? "Its only seat is filled." : "Its \(count) seats are filled.",
      fr: count == 1 ? "Sa seule place est pourvue." : "Ses \(count) places sont pourvues.")
  }

  /// The engine's sentences; and where no price says what a move costs, who could move.
  private func whyEmpty(_ found: SeatExplanation) -> Words {
    let words = Words { explainer.words(found, in: $0) }
    guard let move = found.cheapestMove, move.cost == nil else { return words }
    let name = situation.volunteers[Int(move.pair.volunteer)].contact.name
    return Words(
      en: words.en + " Of those who could take it, \(name) fits best (affinity \(move.affinity)).",
      fr: words.fr
        + " Parmi les personnes éligibles, \(name) convient le mieux (affinité \(move.affinity)).")
  }

  private func holders(of role: Int) -> [PersonView] {
    solution.assignment.filter { Int($0.role) == role }.map { pair in
      PersonView(
        volunteerName: situation.volunteers[Int(pair.volunteer)].contact.name,
        affinity: instance.edge(of: pair).map { Int(instance.edgeWeight[$0]) } ?? 0,
        volunteer: situation.volunteers[Int(pair.volunteer)].id)
    }
  }

  private func seat(
    _ role: Int, affinity: Int, pinned: Bool? = nil, cost: CostView? = nil
  ) -> SeatView {
    let seat = situation.seats[role]
    return SeatView(
      roleTitle: seat.role.title, briefTitle: seat.brief.title, affinity: affinity,
      pinned: pinned, cost: cost, role: seat.role.id, brief: seat.brief.id)
  }
}

extension PairVerdict {
  fileprivate var cost: Cost? { if case .outbid(let cost, _) = self { cost } else { nil } }
}
