internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

/// A change to try on a run, without changing anything.
struct WhatIfInput: Codable, Sendable {
  /// A role with another number of seats.
  struct Seats: Codable, Sendable {
    let role: MissionRoleID
    let seats: Whole<1, 10>
  }
  /// People who are not there: with a skill at a level, free on these half-days, on all unless told.
  struct Newcomers: Codable, Sendable {
    let skill: Key
    let level: SkillLevel
    let halfDays: [HalfDayID]?
    let count: Whole<1, 20>?
  }

  let run: RunID
  /// Somebody in a role.
  let keep: [Holding]?
  /// Somebody not in a role.
  let forbid: [Holding]?
  /// Somebody less.
  let without: [VolunteerID]?
  /// Somebody more.
  let newcomers: [Newcomers]?
  let seats: [Seats]?
  /// One more mission like this one.
  let missionsLike: [BriefID]?
  let withoutMissions: [BriefID]?
  let companyCap: Whole<1, 10>?
  let seekerPenalty: Whole<0, 100_000>?
  let minimumTeam: Whole<0, 20>?

  init(
    run: RunID, keep: [Holding]? = nil, forbid: [Holding]? = nil, without: [VolunteerID]? = nil,
    seats: [Seats]? = nil
  ) {
    self.run = run
    self.keep = keep
    self.forbid = forbid
    self.without = without
    self.seats = seats
    newcomers = nil
    missionsLike = nil
    withoutMissions = nil
    companyCap = nil
    seekerPenalty = nil
    minimumTeam = nil
  }

  fileprivate var isEmpty: Bool {
    let lists: [Int?] = [
      keep?.count, forbid?.count, without?.count, newcomers?.count, seats?.count,
      missionsLike?.count, withoutMissions?.count,
    ]
    return lists.allSatisfy { ($0 ?? 0) == 0 } && companyCap == nil && seekerPenalty == nil
      && minimumTeam == nil
  }

  /// Throws a `Problem` where the same thing is wanted both ways.
  fileprivate func refuseContradictions() throws {
    let (kept, gone) = (keep ?? [], Set(without ?? []))
    for (number, wish) in (forbid ?? []).enumerated() where kept.contains(wish) {
      throw Problem.invalid(
        "forbid[\(number)]", en: "is also to be kept", fr: "est aussi à garder")
    }
    for (number, wish) in kept.enumerated() where gone.contains(wish.volunteer) {
      throw Problem.invalid(
        "keep[\(number)].volunteer", en: "is also to be left out", fr: "est aussi à écarter")
    }
  }
}

/// What a change would come to.
struct WhatIfView: Codable, Sendable {
  let summary: Words
  let seatsBefore: Int
  let seatsAfter: Int
  let before: ScoreView
  let after: ScoreView
  /// Filled seats gained; negative when some are lost.
  let filledDifference: Int
  let pointsDifference: Int64
  /// Whether the teams after are proved best, and how far from it they can be in millionths.
  let status: String
  let gapPerMillion: Int?
  let moves: [Move]
}

extension MatchingModule {
  @UseCases var aboutWhatIf: [Endpoint] {
    whatIf
  }

  var whatIf: UseCase<WhatIfInput, WhatIfView> {
    .query(
      "matching.what-if", "/runs/{run}/what-if", by: .staff,
      Words(
        en: "Try a change on a run: who would move and what it would cost; nothing is stored",
        fr:
          "Essayer un changement sur un appariement : qui bougerait, à quel prix ; rien n’est enregistré"
      ),
      problems: [
        "matching/no-evidence", "matching/still-computing", "matching/run-failed",
        "matching/not-eligible", "matching/contradictory-locks",
      ]
    ) { (input: WhatIfInput, context) in
      try await tried(input, context)
    } answer: { (_: WhatIfInput, found: WhatIfView, _) in
      found
    }
  }

  /// What a change would come to. Throws a `Problem` where there is none, or it wants two things.
  func tried(_ input: WhatIfInput, _ context: Context) async throws -> WhatIfView {
    guard !input.isEmpty else {
      throw Problem.invalid(
        "keep", en: "or another change is needed: there is nothing to try",
        fr: "ou un autre changement est nécessaire : il n’y a rien à essayer")
    }
    try input.refuseContradictions()
    let evidence = try await requiredEvidence(of: input.run)
    return try await apart { try evidence.trying(input, context) }
  }
}

extension Evidence {
  /// Solves the run anew with the change, by its own strategy; among equally good teams those with
  /// the fewest moves are taken.
  fileprivate func trying(_ input: WhatIfInput, _ context: Context) throws -> WhatIfView {
    var (changed, order) = (situation, order)
    try changed.take(input, context)
    order.previous = holdings
    // Whom a run from another one kept is not locked: they may move where that is better.
    order.keeps = []
    order.rules.companyCap = input.companyCap ?? order.rules.companyCap
    order.rules.seekerPenalty = input.seekerPenalty ?? order.rules.seekerPenalty
    order.rules.minimumTeam = input.minimumTeam ?? order.rules.minimumTeam
    for wish in input.keep ?? [] {
      let person = try changed.known(wish.volunteer)
      let seat = try changed.known(wish.role)
      let reasons = exclusions(of: person, from: seat.role, in: seat.brief)
      guard reasons.isEmpty else {
        throw MatchingError.notEligible(reasons.map { $0.words(changed) })
      }
      order.keeps.insert(wish)
      order.locks.removeAll { $0.kind == .forbidden && $0.holding == wish }
    }
    for wish in input.forbid ?? [] {
      _ = (try changed.known(wish.volunteer), try changed.known(wish.role))
      order.refused.append(wish)
      order.keeps.remove(wish)
      order.locks.removeAll { $0.kind == .pinned && $0.holding == wish }
    }
    let instance = try changed.instance(order)
    let strategy = Strategies.named(solution.strategy) ?? OptimalStrategy()
    let found = try strategy.solve(
      instance, options: SolveOptions(timeLimit: MatchingModule.secondsOfAQuestion))
    let after = Evidence(situation: changed, order: order, instance: instance, solution: found)
    return WhatIfView(self, after, scoreBefore: try score(under: order.rules))
  }

  /// What the run's teams are worth under other rules, so that before and after are on one scale.
  private func score(under rules: RunRules) throws -> Score {
    var order = order
    order.rules.seekerPenalty = rules.seekerPenalty
    order.rules.minimumTeam = rules.minimumTeam
    let instance = try situation.instance(order)
    return Solution(
      strategy: solution.strategy, status: .feasible, assignment: solution.assignment, of: instance
    ).score
  }

  fileprivate var chairs: [Chair] {
    let seats = situation.seats
    let chosen = Dictionary(grouping: solution.assignment, by: \.volunteer)
    return situation.volunteers.enumerated().flatMap { number, volunteer -> [Chair] in
      let name = volunteer.contact.name
      guard let pairs = chosen[Int32(number)] else {
        return [Chair(volunteer: volunteer.id, volunteerName: name, role: nil, title: nil)]
      }
      return pairs.map { pair in
        let seat = seats[Int(pair.role)]
        return Chair(
          volunteer: volunteer.id, volunteerName: name, role: seat.role.id,
          title: "\(seat.role.title) – \(seat.brief.title)")
      }
    }
  }
}

extension WhatIfView {
  fileprivate init(_ before: Evidence, _ after: Evidence, scoreBefore old: Score) {
    let new = after.solution
    seatsBefore = before.instance.seatCount
    seatsAfter = after.instance.seatCount
    self.before = ScoreView(old)
    self.after = ScoreView(new.score)
    filledDifference = new.filled - old.filled
    pointsDifference = new.score.points - old.points
    status = new.status.rawValue
    gapPerMillion = new.gap.map { Int(($0 * 1_000_000).rounded(.up)) }
    moves = Matching.moves(from: before.chairs, to: after.chairs)
    let missing = self.after.shortfall - self.before.shortfall
    summary = Words(
      en: sentence(
        filled: filledDifference, missing: missing, points: pointsDifference, moves: moves.count,
        words: EnglishWhatIf()),
      fr: sentence(
        filled: filledDifference, missing: missing, points: pointsDifference, moves: moves.count,
        words: FrenchWhatIf()))
  }
}

extension MatchingCase {
  /// The case with what is to be tried. Throws `Problem.notFound` for what is no part of it.
  fileprivate mutating func take(_ input: WhatIfInput, _ context: Context) throws {
    for id in Set(input.without ?? []) {
      _ = try known(id)
      volunteers.removeAll { $0.id == id }
    }
    for change in input.seats ?? [] {
      _ = try known(change.role)
      briefs = briefs.map { $0.with(change.seats, in: change.role) }
    }
    for id in Set(input.withoutMissions ?? []) {
      _ = try known(id)
      briefs.removeAll { $0.id == id }
    }
    for id in input.missionsLike ?? [] { briefs.append(try known(id).again(context)) }
    for (number, wanted) in (input.newcomers ?? []).enumerated() {
      guard catalogue.skill(wanted.skill) != nil else {
        throw Problem.invalid(
          "newcomers[\(number)].skill", en: "is no skill of the catalogue",
          fr: "n’est pas une compétence du catalogue")
      }
      let days = halfDays.map(\.id)
      if let unknown = wanted.halfDays?.first(where: { !days.contains($0) }) {
        throw Problem.notFound(Words(en: "half-day", fr: "demi-journée"), unknown)
      }
      for _ in 0..<(wanted.count?.value ?? 1) {
        volunteers.append(newcomer(wanted, free: wanted.halfDays ?? days, context))
      }
    }
  }

  private func newcomer(
    _ wanted: WhatIfInput.Newcomers, free: [HalfDayID], _ context: Context
  ) -> Volunteer {
    let skill = skillName(wanted.skill)[context.language]
    return Volunteer(
      id: context.newID(), edition: edition.id,
      contact: Contact(
        name: Name("+ \(skill) \(wanted.level.value)") ?? .sample, email: .sample, language: .fr),
      regime: .ownTime, skills: [VolunteerSkill(skill: wanted.skill, level: wanted.level)],
      wishes: [], causes: [], languages: Language.allCases, halfDays: free,
      formats: [.onSite, .remote, .hybrid], capacity: 1, conflicts: [], previousEmployers: [])
  }

  fileprivate func known(_ id: VolunteerID) throws -> Volunteer {
    guard let volunteer = volunteer(id) else {
      throw Problem.notFound(
        Words(en: "volunteer in this run", fr: "volontaire de cet appariement"), id)
    }
    return volunteer
  }

  fileprivate func known(_ id: MissionRoleID) throws -> Seat {
    guard let seat = seat(id) else {
      throw Problem.notFound(Words(en: "role in this run", fr: "rôle de cet appariement"), id)
    }
    return seat
  }

  fileprivate func known(_ id: BriefID) throws -> Brief {
    guard let brief = briefs.first(where: { $0.id == id }) else {
      throw Problem.notFound(
        Words(en: "mission in this run", fr: "mission de cet appariement"), id)
    }
    return brief
  }
}

extension Brief {
  fileprivate func with(_ seats: Whole<1, 10>, in changed: MissionRoleID) -> Brief {
    with(
      id: id, title: title,
      roles: roles.map { role in
        role.id == changed ? role.with(id: role.id, seats: seats) : role
      })
  }

  /// Another mission of the same kind.
  fileprivate func again(_ context: Context) -> Brief {
    with(
      id: context.newID(), title: Name("+ \(title)") ?? title,
      roles: roles.map { $0.with(id: context.newID(), seats: $0.seats) })
  }

  private func with(id: BriefID, title: Name, roles: [BriefRole]) -> Brief {
    Brief(
      id: id, edition: edition, organisation: organisation, title: title, missionType: missionType,
      context: context, deliverable: deliverable, roles: roles, halfDays: halfDays, format: format,
      languages: languages)
  }
}

extension BriefRole {
  fileprivate func with(id: MissionRoleID, seats: Whole<1, 10>) -> BriefRole {
    BriefRole(
      id: id, title: title, skill: skill, level: level, niceToHave: niceToHave, seats: seats)
  }
}
