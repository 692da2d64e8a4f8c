internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI

/// What something costs the whole: seats first, then points; negative where it brings some.
struct CostView: Codable, Sendable, Hashable {
  /// How sure the figures are.
  enum Certainty: String, Codable, CaseIterable, Sendable {
    case exact
    case atLeast = "at-least"
    case about
  }
  let seats: Int
  let points: Int64
  let certainty: Certainty

  init(_ cost: Cost) {
    seats = cost.seats
    points = cost.points
    switch cost.certainty {
    case .exact: certainty = .exact
    case .atLeast: certainty = .atLeast
    case .about: certainty = .about
    }
  }
}

/// A role somebody has or might have.
struct SeatView: Codable, Sendable, Hashable {
  let roleTitle: Name
  let briefTitle: Name
  let affinity: Int
  /// Whether a lock keeps it.
  var pinned: Bool?
  /// What having it would cost the whole; nil when the strategy proves nothing.
  var cost: CostView?
  let role: MissionRoleID
  let brief: BriefID
}

/// Somebody who has or might have a role.
struct PersonView: Codable, Sendable, Hashable {
  let volunteerName: Name
  let affinity: Int
  var cost: CostView?
  let volunteer: VolunteerID
}

/// A hard rule and how often it excludes.
struct RuleView: Codable, Sendable, Hashable {
  let rule: Words
  let count: Int
}

/// A role somebody is kept from, and what would have to be otherwise.
struct NearMissView: Codable, Sendable, Hashable {
  let roleTitle: Name
  let briefTitle: Name
  let missing: Words
  let role: MissionRoleID
}

/// Why a volunteer got what they got.
struct VolunteerWhy: Codable, Sendable {
  let volunteerName: Name
  let why: Words
  let placed: [SeatView]
  /// Roles they could take.
  let openRoles: Int?
  /// What the whole would lose without them.
  let contribution: CostView?
  /// The cheapest other role.
  let alternative: SeatView?
  /// The rules that kept somebody without an open role out most.
  let exclusions: [RuleView]
  /// For somebody without an open role: those the fewest rules keep them from.
  let nearest: [NearMissView]
  let volunteer: VolunteerID
}

/// Why a role has whom it has, and why seats of it are empty.
struct RoleWhy: Codable, Sendable {
  let roleTitle: Name
  let briefTitle: Name
  let seats: Int
  let empty: Int
  let why: Words
  /// Volunteers who could take it.
  let eligible: Int
  let holders: [PersonView]
  /// Bringing somebody here from elsewhere: the cheapest.
  let cheapestMove: PersonView?
  /// Rules that alone keep free volunteers out.
  let nearMisses: [RuleView]
  let role: MissionRoleID
  let brief: BriefID
}

/// Why a volunteer is or is not in a role.
struct PairWhy: Codable, Sendable {
  enum Verdict: String, Codable, CaseIterable, Sendable {
    case chosen
    case pinned
    case forbidden
    case notEligible = "not-eligible"
    case outbid
  }
  let verdict: Verdict
  let volunteerName: Name
  let roleTitle: Name
  let briefTitle: Name
  let why: Words
  /// The points of the pair, and what they are made of; nil when it is not eligible.
  let affinity: Int?
  let fit: Words?
  /// What having it would cost the whole; nil when it is there, or nothing is proved.
  let cost: CostView?
  /// Who has the role.
  let holders: [PersonView]
  let volunteer: VolunteerID
  let role: MissionRoleID
}

extension MatchingModule {
  private struct OneVolunteer: Codable, Sendable {
    let run: RunID
    let volunteer: VolunteerID
  }
  private struct OneRole: Codable, Sendable {
    let run: RunID
    let role: MissionRoleID
  }
  private struct OnePair: Codable, Sendable {
    let run: RunID
    let volunteer: VolunteerID
    let role: MissionRoleID
  }

  private static let problems = [
    "matching/no-evidence", "matching/still-computing", "matching/run-failed",
  ]

  var explainVolunteer: Endpoint {
    .query(
      "matching.explain", "/runs/{run}/volunteers/{volunteer}", by: .staff,
      Words(
        en: "Say why a volunteer has a place in a run, or none, and what would have to change",
        fr: "Dire pourquoi un volontaire a une place ou non, et ce qui devrait changer"),
      problems: Self.problems
    ) { (input: OneVolunteer, transaction) in
      _ = try finishedRun(input.run, in: transaction)
      // Whoever came after the run was made has what was written down for them.
      guard let evidence = try evidence(of: input.run, in: transaction),
        evidence.situation.volunteer(input.volunteer) != nil
      else { return try asStored(input.volunteer, in: input.run, transaction) }
      return try evidence.why(input.volunteer)
    }
  }

  var explainRole: Endpoint {
    .query(
      "matching.explain-role", "/runs/{run}/roles/{role}", by: .staff,
      Words(
        en: "Say who has a role in a run, why seats of it are empty, and what would fill them",
        fr: "Dire qui tient un rôle, pourquoi des places y restent vides et ce qui les pourvoirait"),
      problems: Self.problems
    ) { (input: OneRole, transaction) in
      try requiredEvidence(of: input.run, in: transaction).why(input.role)
    }
  }

  var explainPair: Endpoint {
    .query(
      "matching.explain-pair", "/runs/{run}/volunteers/{volunteer}/roles/{role}", by: .staff,
      Words(
        en: "Say why a volunteer is not in a role, and what having them there would cost",
        fr: "Dire pourquoi un volontaire n’est pas sur un rôle, et ce que cela coûterait"),
      problems: Self.problems
    ) { (input: OnePair, transaction) in
      try requiredEvidence(of: input.run, in: transaction).why(input.volunteer, in: input.role)
    }
  }

  /// What was written down for a volunteer whom the evidence, if there is any, does not know.
  private func asStored(
    _ volunteer: VolunteerID, in run: RunID, _ transaction: Transaction
  ) throws -> VolunteerWhy {
    let rows = try transaction.select(
      ProposalRow.self, "WHERE run = \(run) AND volunteer = \(volunteer) ORDER BY position")
    guard let first = rows.first else { throw Problem.notInRun(volunteer) }
    return VolunteerWhy(
      volunteerName: first.volunteerName, why: first.explanation ?? first.reason,
      placed: rows.compactMap { row in
        guard let role = row.role, let brief = row.brief, let roleTitle = row.roleTitle,
          let briefTitle = row.briefTitle
        else { return nil }
        return SeatView(
          roleTitle: roleTitle, briefTitle: briefTitle, affinity: row.affinity, role: role,
          brief: brief)
      }, openRoles: nil, contribution: nil, alternative: nil, exclusions: [],
      nearest: [], volunteer: volunteer)
  }
}

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
      why: found.map { empty in Words { explainer.words(empty, in: $0) } }
        ?? Words(
          en: holders.count == 1
            ? "Its only seat is filled." : "Its \(holders.count) seats are filled.",
          fr: holders.count == 1
            ? "Sa seule place est pourvue." : "Ses \(holders.count) places sont pourvues."),
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

extension RuleView {
  init(_ count: ExclusionCount) { self.init(rule: count.rule.words, count: count.count) }
}

extension PairWhy.Verdict {
  init(_ verdict: PairVerdict) {
    switch verdict {
    case .chosen(let pinned): self = pinned ? .pinned : .chosen
    case .forbidden: self = .forbidden
    case .notEligible: self = .notEligible
    case .outbid: self = .outbid
    }
  }
}

extension PairVerdict {
  fileprivate var cost: Cost? { if case .outbid(let cost, _) = self { cost } else { nil } }
}

extension Problem {
  fileprivate static func notInRun(_ volunteer: VolunteerID) -> Problem {
    notFound(Words(en: "volunteer in this run", fr: "volontaire de cet appariement"), volunteer)
  }
}
