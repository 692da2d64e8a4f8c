import MatchingEngine
import Testing

@Suite struct ExplanationTests {
  private static let context = ExplanationContext(
    volunteer: { ["Ada", "Ben", "Cleo", "Dan"][$0] }, role: { ["cook", "driver", "tutor"][$0] },
    mission: { ["Canteen", "School"][$0] }, company: { _ in "Acme" },
    requirement: { role in
      role == 2 ? Phrase(french: "soutien scolaire ≥ 3", english: "tutoring ≥ 3") : nil
    },
    exclusions: { pair in
      pair.volunteer == 3
        ? [Phrase(french: "pas disponible le mercredi", english: "not available on Wednesday")]
        : []
    })

  /// Ada and Ben want the one seat of cook; tutor has two seats and only Cleo can take one.
  private func example(_ rules: Rules = Rules(), company: [Int32]? = nil) throws -> Explainer {
    let instance = try smallInstance(
      edges: [[(0, 100), (1, 40)], [(0, 90)], [(2, 70)], []], seats: [1, 1, 2],
      missions: [0, 0, 1], company: company, rules: rules)
    return Explainer(
      try OptimalStrategy().solve(instance), of: instance, context: Self.context)
  }

  @Test func `what somebody got is said with its alternative and what that would cost`() throws {
    let explainer = try example()
    let ada = explainer.volunteer(0)
    #expect(ada.placements.map(\.role) == [1])
    #expect(ada.placements.map(\.affinity) == [40])
    #expect(ada.placements.map(\.pinned) == [false])
    let alternative = try #require(ada.alternative)
    #expect(alternative.pair == Pair(volunteer: 0, role: 0))
    #expect(alternative.obstacles == [.volunteerBusy(roles: [1]), .roleFull(seats: 1)])
    // Ada as cook leaves Ben without a role and nobody to drive: 100 points for 130.
    #expect(alternative.cost == Cost(seats: 1, points: 30, certainty: .exact))
    #expect(ada.contribution == Cost(seats: 1, points: 40, certainty: .exact))
    #expect(explainer.volunteer(1).contribution == Cost(seats: 1, points: 30, certainty: .exact))
    let english = explainer.words(ada, in: .english)
    #expect(english[0] == "Ada has role driver of mission Canteen, affinity 40.")
    #expect(english.contains { $0.hasPrefix("The best alternative is role cook") })
    let french = explainer.words(ada, in: .french)
    #expect(french[0] == "Ada a le rôle driver de la mission Canteen, affinité 40.")
    #expect(french.count == english.count)
  }

  @Test func `an empty seat is explained by who could take it, and what one more would change`()
    throws
  {
    let explainer = try example()
    #expect(explainer.rolesWithEmptySeats == [2])
    let seat = try #require(explainer.emptySeats(ofRole: 2))
    #expect(seat.empty == 1)
    #expect(seat.eligible == 1)
    let shortage = try #require(seat.shortage)
    #expect(shortage.roles == [2])
    #expect(shortage.seats == 2 && shortage.places == 1 && shortage.volunteers == 1)
    #expect(seat.nearMisses.map(\.count) == [1])
    let words = explainer.words(seat, in: .english)
    #expect(words.contains { $0.contains("“tutoring ≥ 3” fills one seat") })
    #expect(words.contains { $0.contains("not available on Wednesday") })
    #expect(explainer.words(seat, in: .french).contains { $0.contains("soutien scolaire ≥ 3") })
    #expect(explainer.emptySeats(ofRole: 0) == nil)
  }

  @Test func `sentences count in words, one or several`() throws {
    let explainer = try example()
    let seat = try #require(explainer.emptySeats(ofRole: 2))
    #expect(
      explainer.words(seat, in: .french) == [
        "Rôle tutor : 1 place vide sur 2.",
        "1 volontaire peut prendre 1 de ces 2 places, pas davantage.",
        "Un volontaire de plus avec « soutien scolaire ≥ 3 » remplirait une place ; 1 place de ce "
          + "profil est vide.",
        "1 volontaire libre n’en est exclu que par une règle : pas disponible le mercredi.",
      ])
    #expect(
      explainer.words(seat, in: .english) == [
        "Role tutor: 1 of 2 seats empty.",
        "1 volunteer can take 1 of these 2 seats, and no more.",
        "One more volunteer with “tutoring ≥ 3” fills one seat; 1 seat of that kind is empty.",
        "1 free volunteer is kept from it by one rule alone: not available on Wednesday.",
      ])
    let dan = explainer.volunteer(3)
    #expect(
      explainer.words(dan, in: .french).contains("Exclu de 3 rôles : pas disponible le mercredi."))
    let ada = explainer.words(explainer.volunteer(0), in: .english)
    #expect(ada.contains("Their capacity is already used (role driver)."))
  }

  @Test func `what costs nothing is said in French with a negation`() throws {
    let instance = try smallInstance(edges: [[(0, 10)], [(0, 10)]], seats: [1])
    let explainer = Explainer(try OptimalStrategy().solve(instance), of: instance)
    let out = try #require((0..<2).first { explainer.volunteer($0).placements.isEmpty })
    let said = explainer.words(explainer.volunteer(out), in: .french).joined(separator: " ")
    #expect(said.contains("elle ne coûterait rien à l’ensemble."), "\(said)")
    let placed = explainer.words(explainer.volunteer(1 - out), in: .french).joined(separator: " ")
    #expect(placed.contains("l’ensemble ne perdrait rien."), "\(placed)")
  }

  @Test func `nobody is called by another name than the product's`() throws {
    let labels = FairnessFigure.allCases.map { $0.label(in: .french) }
    #expect(labels.contains("Volontaires placés"))
    #expect(!labels.joined().contains("énévole"))
  }

  @Test func `nobody is told that a rule excluded them without its name`() throws {
    let explainer = try example()
    let dan = explainer.volunteer(3)
    #expect(dan.openRoles == 0)
    #expect(dan.exclusions.map(\.count) == [3])
    #expect(explainer.words(dan, in: .english).joined().contains("not available on Wednesday"))
    let verdict = explainer.pair(Pair(volunteer: 3, role: 1))
    #expect(
      explainer.words(verdict, of: Pair(volunteer: 3, role: 1), in: .french) == [
        "Dan n’est pas éligible au rôle driver : pas disponible le mercredi."
      ])
  }

  @Test func `locks are named as locks`() throws {
    let pin = Pair(volunteer: 0, role: 0)
    let ban = Pair(volunteer: 2, role: 2)
    let explainer = try example(Rules(pins: [pin], forbidden: [ban]))
    #expect(explainer.pair(pin) == .chosen(pinned: true))
    #expect(explainer.pair(ban) == .forbidden)
    #expect(explainer.words(explainer.volunteer(0), in: .english)[0].contains("(locked)"))
    let cleo = explainer.volunteer(2)
    #expect(cleo.forbiddenRoles == 1 && cleo.openRoles == 0)
    #expect(explainer.words(cleo, in: .english).joined().contains("forbidden by a lock"))
  }

  @Test func `the company cap is named when it keeps somebody out`() throws {
    let instance = try smallInstance(
      edges: [[(0, 10)], [(0, 9)]], seats: [2], company: [0, 0], rules: Rules(companyCap: 1))
    let explainer = Explainer(
      try OptimalStrategy().solve(instance), of: instance, context: Self.context)
    let seat = try #require(explainer.emptySeats(ofRole: 0))
    #expect(seat.keptOutByCap == [1])
    #expect(seat.shortage == nil)
    let ben = explainer.volunteer(1)
    #expect(ben.alternative?.obstacles == [.companyCap(company: 0, mission: 0, cap: 1)])
    #expect(explainer.words(ben, in: .french).joined().contains("entreprise Acme"))
  }

  @Test func `an answer without a proof is explained without costs`() throws {
    let instance = try smallInstance(edges: [[(0, 10)], [(0, 9)]], seats: [1])
    let explainer = Explainer(try GreedyStrategy().solve(instance), of: instance)
    let left = explainer.volunteer(1)
    #expect(left.alternative?.cost == nil)
    #expect(left.contribution == nil)
    #expect(left.seatWanted?.role == 0)
    #expect(left.seatWanted?.gain == nil)
    #expect(explainer.words(left, in: .english).joined().contains("one more person"))
  }

  /// Locks, priorities and an earlier answer, but no rule that couples volunteers.
  private func uncoupled(_ seed: UInt64) throws -> Instance {
    var random = SeededRandom(seed: 60_000 + seed)
    let instance = randomInstance(&random)
    var rules = instance.rules
    (rules.companyCap, rules.seekerPenalty, rules.minimumTeam) = (nil, 0, [])
    return try instance.with(rules: rules)
  }

  private func loss(from best: Score, to other: Score?) throws -> Cost {
    let other = try #require(other)
    return Cost(
      seats: best.filled - other.filled, points: best.points - other.points, certainty: .exact)
  }

  @Test(arguments: 0..<200)
  func `without coupling rules a cost is what solving again shows`(seed: UInt64) throws {
    let instance = try uncoupled(seed)
    let solution = try OptimalStrategy().solve(instance)
    let explainer = Explainer(solution, of: instance)
    for pair in allPairs(of: instance) {
      guard case .outbid(let cost?, _) = explainer.pair(pair), cost.certainty == .exact else {
        continue
      }
      var rules = instance.rules
      rules.pins.append(pair)
      guard let forced = try? instance.with(rules: rules) else { continue }
      let loss = try loss(from: solution.score, to: Exhaustive(forced).best)
      #expect(cost == loss, "\(pair)")
    }
  }

  @Test(arguments: 0..<200)
  func `what somebody contributes is what is missing without them`(seed: UInt64) throws {
    let instance = try uncoupled(seed)
    let solution = try OptimalStrategy().solve(instance)
    let explainer = Explainer(solution, of: instance)
    for volunteer in 0..<instance.volunteerCount {
      let explanation = explainer.volunteer(volunteer)
      guard let contribution = explanation.contribution, explanation.placements.count == 1,
        !explanation.placements[0].pinned, contribution.certainty == .exact
      else { continue }
      var rules = instance.rules
      let own = allPairs(of: instance).filter { Int($0.volunteer) == volunteer }
      rules.forbidden += own.filter { !rules.forbidden.contains($0) }
      let without = Exhaustive(try instance.with(rules: rules)).best
      let loss = try loss(from: solution.score, to: without)
      #expect(contribution == loss, "\(volunteer)")
    }
  }

  @Test(arguments: 0..<200)
  func `what one more seat is said to bring it brings`(seed: UInt64) throws {
    let instance = try uncoupled(seed)
    let solution = try OptimalStrategy().solve(instance)
    let explainer = Explainer(solution, of: instance)
    for volunteer in 0..<instance.volunteerCount {
      guard let wanted = explainer.volunteer(volunteer).seatWanted, let gain = wanted.gain,
        gain.certainty == .exact
      else { continue }
      var seats = instance.roleSeats
      seats[wanted.role] += 1
      let roomier = try Instance(
        missionCount: instance.missionCount, companyCount: instance.companyCount,
        roleMission: instance.roleMission, roleSeats: seats, capacity: instance.capacity,
        company: instance.company, seeker: instance.seeker, edgeStart: instance.edgeStart,
        edgeRole: instance.edgeRole, edgeWeight: instance.edgeWeight, rules: instance.rules)
      let loss = try loss(from: solution.score, to: Exhaustive(roomier).best)
      #expect(gain == loss, "\(volunteer)")
    }
  }

  @Test(arguments: 0..<150)
  func `a shortage is one`(seed: UInt64) throws {
    var random = SeededRandom(seed: 70_000 + seed)
    let instance = randomInstance(&random, RandomShape(companies: 0...0, rules: seed % 2 == 0))
    let explainer = Explainer(try OptimalStrategy().solve(instance), of: instance)
    for role in explainer.rolesWithEmptySeats {
      guard let shortage = explainer.emptySeats(ofRole: role)?.shortage else { continue }
      #expect(shortage.missing > 0)
      #expect(shortage.roles.contains(role))
      // Only these roles: nobody can fill more of their seats, whatever the teams.
      var seats = instance.roleSeats
      for other in seats.indices where !shortage.roles.contains(other) {
        // Seats of other roles stay for those who are pinned there.
        seats[other] = Int32(instance.rules.pins.count { Int($0.role) == other })
      }
      var rules = instance.rules
      rules.previous = []
      let alone = try Instance(
        missionCount: instance.missionCount, companyCount: 0, roleMission: instance.roleMission,
        roleSeats: seats, capacity: instance.capacity, company: instance.company,
        seeker: instance.seeker, edgeStart: instance.edgeStart, edgeRole: instance.edgeRole,
        edgeWeight: instance.edgeWeight, rules: rules)
      let elsewhere = instance.rules.pins.count { !shortage.roles.contains(Int($0.role)) }
      #expect(try #require(Exhaustive(alone).best).filled - elsewhere == shortage.places)
    }
  }
}
