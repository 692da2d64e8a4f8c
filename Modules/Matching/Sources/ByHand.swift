internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

// After publication staff place people themselves: they know what no file says. What that breaks and
// what it costs is said first; some rules give way to a reason, two never do.
extension MatchingModule {
  @UseCases var aboutSeatsByHand: [Endpoint] {
    previewOffer
    offerByHand
    swapPlaces
  }

  struct PreviewOffer: Codable, Sendable {
    let edition: EditionID
    let volunteer: VolunteerID
    let role: MissionRoleID
  }
  struct Give: Codable, Sendable {
    let edition: EditionID
    let volunteer: VolunteerID
    let role: MissionRoleID
    let confirmBy: Day
    /// Why, where a rule is broken by it.
    let despite: Paragraph?
  }
  struct Swap: Codable, Sendable {
    let place: PlaceID
    let other: PlaceID
    let confirmBy: Day
    let reason: Paragraph
    let despite: Paragraph?
  }

  /// What it would mean to place somebody in a role.
  struct Placing: Codable, Sendable {
    let volunteer: VolunteerID
    let volunteerName: Name
    let role: MissionRoleID
    let roleTitle: Name
    let briefTitle: Name
    let points: Int
    /// The points of the best of those who wait for this seat and may have it; nil where nobody may.
    let best: Int?
    let bestName: Name?
    /// What gives way to a reason.
    let breaks: [Words]
    /// What nothing gives way to.
    let forbids: [Words]
  }
  struct Swapped: Codable, Sendable {
    let offers: [PlaceView]
  }

  var previewOffer: UseCase<PreviewOffer, Placing> {
    .query(
      "matching.preview-offer", "/editions/{edition}/offers/preview", by: .staff,
      Words(
        en: "Show what offering somebody a seat would break and cost",
        fr: "Montrer ce que proposer une place à quelqu’un enfreindrait et coûterait"),
      asking: { input, _ in try await gather(input.edition) }
    ) { (input: PreviewOffer, situation: MatchingCase, transaction) in
      try previewOffer(input, situation, transaction)
    }
  }

  /// What it would mean to place somebody in a role. Throws `MatchingError.notPublished`.
  func previewOffer(
    _ input: PreviewOffer, _ situation: MatchingCase, _ transaction: Transaction
  ) throws -> Placing {
    let standing = try Standing(of: input.edition, in: transaction)
    return try placing(Holding(volunteer: input.volunteer, role: input.role), situation, standing)
  }

  var offerByHand: UseCase<Give, PlaceView> {
    .command(
      "matching.offer", .post, "/editions/{edition}/offers", by: .staff,
      Words(
        en: "Offer an empty seat to somebody; a rule that gives way wants a reason",
        fr: "Proposer une place vide à quelqu’un ; enfreindre une règle demande un motif"),
      problems: [
        "matching/rule-broken", "matching/not-eligible", "matching/seat-taken",
        "matching/not-published",
      ], relying: Self.situationChanges,
      asking: { input, _ in try await gather(input.edition) }
    ) { (input: Give, situation: MatchingCase, transaction) in
      let standing = try Standing(of: input.edition, in: transaction)
      let holding = Holding(volunteer: input.volunteer, role: input.role)
      return PlaceView(
        try give(
          holding, until: input.confirmBy, despite: input.despite, situation, standing, transaction)
      )
    }
  }

  var swapPlaces: UseCase<Swap, Swapped> {
    .command(
      "matching.swap", .post, "/places/{place}/swaps", by: .staff,
      Words(
        en: "Let two people change seats; both are asked again",
        fr: "Échanger les places de deux personnes ; les deux sont sollicitées à nouveau"),
      problems: [
        "matching/rule-broken", "matching/not-eligible", "matching/wrong-place-state",
        "matching/not-published",
      ], relying: Self.situationChanges,
      asking: { input, context in try await gather(for: input.place, as: context.actor) }
    ) { (input: Swap, situation: MatchingCase, transaction) in
      var one = try transaction.get(PlaceRow.self, input.place)
      var other = try transaction.get(PlaceRow.self, input.other)
      guard one.editionId == other.editionId else {
        throw Problem.invalid(
          "other", en: "is of another edition", fr: "est d’une autre édition")
      }
      guard one.role != other.role, one.volunteer != other.volunteer else {
        throw Problem.invalid(
          "other", en: "is the same seat or the same person",
          fr: "est la même place ou la même personne")
      }
      for place in [one, other] where !place.state.isActive {
        throw MatchingError.wrongPlaceState(place.state)
      }
      one.remark = input.reason
      other.remark = input.reason
      try release(&one, as: one.state == .offered ? .declined : .withdrawn, in: transaction)
      try release(&other, as: other.state == .offered ? .declined : .withdrawn, in: transaction)
      let wishes = [
        (Holding(volunteer: one.volunteer, role: other.role), other.id),
        (Holding(volunteer: other.volunteer, role: one.role), one.id),
      ]
      var offers: [PlaceView] = []
      for (holding, replaced) in wishes {
        let standing = try Standing(of: one.editionId, in: transaction)
        offers.append(
          PlaceView(
            try give(
              holding, until: input.confirmBy, despite: input.despite, replacing: replaced,
              situation, standing, transaction)))
      }
      return Swapped(offers: offers)
    }
  }

  /// Offers the seat when nothing forbids it, and what it breaks has a reason. Throws a `Problem`.
  private func give(
    _ holding: Holding, until day: Day, despite: Paragraph?, replacing: PlaceID? = nil,
    _ situation: MatchingCase, _ standing: Standing, _ transaction: Transaction
  ) throws -> PlaceRow {
    let deadline = situation.edition.zone.end(of: day)
    guard deadline > transaction.now else { throw MatchingError.deadlinePast(day) }
    let found = try placing(holding, situation, standing)
    guard found.forbids.isEmpty else { throw MatchingError.notEligible(found.forbids) }
    guard let seat = situation.seat(holding.role),
      let volunteer = situation.volunteer(holding.volunteer)
    else { throw Problem.notFound(Words(en: "role", fr: "rôle"), holding.role) }
    guard standing.free(seat) > 0 else { throw MatchingError.seatTaken(seat.role.title) }
    guard found.breaks.isEmpty || despite != nil else {
      throw MatchingError.ruleBroken(found.breaks)
    }
    let affinity = situation.affinity(of: volunteer, for: seat, weights: standing.weights)
    return try Matching.offer(
      seat, to: volunteer, affinity: affinity.points,
      reason: affinity.words(for: volunteer, role: seat.role, situation), until: deadline,
      replacing: replacing, situation: situation, in: transaction)
  }

  func placing(
    _ holding: Holding, _ situation: MatchingCase, _ standing: Standing
  ) throws -> Placing {
    guard let volunteer = situation.volunteer(holding.volunteer) else {
      throw Problem.notFound(Words(en: "volunteer", fr: "volontaire"), holding.volunteer)
    }
    guard let seat = situation.seat(holding.role) else {
      throw Problem.notFound(Words(en: "role", fr: "rôle"), holding.role)
    }
    let against = exclusions(of: volunteer, from: seat.role, in: seat.brief)
    var breaks = against.filter(\.isOfProfile).map { $0.words(situation) }
    var forbids = against.filter { !$0.isOfProfile }.map { $0.words(situation) }
    breaks += standing.breaches(by: volunteer, in: seat, situation)
    forbids += standing.obstacles(for: volunteer, in: seat)
    func points(_ other: Volunteer) -> Int {
      situation.affinity(of: other, for: seat, weights: standing.weights).points
    }
    let waiting = situation.volunteers.filter { other in
      other.id != volunteer.id && !standing.holders.contains(other.id)
        && Matching.exclusions(of: other, from: seat.role, in: seat.brief).isEmpty
    }
    let best = waiting.max { (points($0), $1.id) < (points($1), $0.id) }
    return Placing(
      volunteer: volunteer.id, volunteerName: volunteer.contact.name, role: seat.role.id,
      roleTitle: seat.role.title, briefTitle: seat.brief.title, points: points(volunteer),
      best: best.map(points), bestName: best?.contact.name, breaks: breaks, forbids: forbids)
  }
}

/// The places of an edition whose teams are published, as they stand.
struct Standing {
  let active: [PlaceRow]
  let rules: RunRules
  let weights: AffinityWeights
  let done: Set<BriefID>
  let forbidden: Set<Holding>

  /// Throws `MatchingError.notPublished` before there are teams.
  init(of edition: EditionID, in transaction: Transaction) throws {
    guard
      let run = try transaction.first(
        RunRow.self, "WHERE edition_id = \(edition) AND state = 'published'")
    else { throw MatchingError.notPublished }
    rules = run.rules
    active = try transaction.select(
      PlaceRow.self, "WHERE edition_id = \(edition) ORDER BY number"
    ).filter(\.state.isActive)
    weights = try currentWeights(in: transaction)
    done = Set(
      try transaction.select(DoneTeamRow.self, "WHERE edition_id = \(edition)").map(\.id))
    forbidden = Set(
      try locks(of: edition, in: transaction).filter { $0.kind == .forbidden }.map(\.holding))
  }

  var holders: Set<VolunteerID> { Set(active.map(\.volunteer)) }

  func free(_ seat: MatchingCase.Seat) -> Int {
    seat.role.seats.value - active.count { $0.role == seat.role.id }
  }

  /// Rules of the run that staff may set aside.
  func breaches(
    by volunteer: Volunteer, in seat: MatchingCase.Seat, _ situation: MatchingCase
  ) -> [Words] {
    var found: [Words] = []
    if let cap = rules.companyCap?.value, let partner = volunteer.partner {
      let mates = active.filter { $0.brief == seat.brief.id }.count { place in
        situation.volunteer(place.volunteer)?.partner == partner
      }
      if mates >= cap {
        found.append(
          Words(
            en: "the team has \(mates) of the same company already; \(cap) is the most",
            fr:
              "l’équipe compte déjà \(mates) personnes de la même entreprise ; le maximum est \(cap)"
          ))
      }
    }
    let held = active.filter { $0.volunteer == volunteer.id && $0.brief != seat.brief.id }
    if held.count >= volunteer.capacity {
      found.append(
        Words(
          en: "holds \(held.count) places already, and gives time for \(volunteer.capacity)",
          fr: "a déjà \(held.count) places, et donne du temps pour \(volunteer.capacity)"))
    }
    if forbidden.contains(Holding(volunteer: volunteer.id, role: seat.role.id)) {
      found.append(
        Words(en: "you kept them out of this role", fr: "vous l’avez écarté de ce rôle"))
    }
    return found
  }

  /// What cannot be.
  func obstacles(for volunteer: Volunteer, in seat: MatchingCase.Seat) -> [Words] {
    var found: [Words] = []
    if active.contains(where: { $0.volunteer == volunteer.id && $0.brief == seat.brief.id }) {
      found.append(
        Words(en: "is on this team already", fr: "fait déjà partie de cette équipe"))
    }
    if done.contains(seat.brief.id) {
      found.append(Words(en: "the mission is over", fr: "la mission est terminée"))
    }
    let days = Set(seat.brief.halfDays)
    if active.contains(where: {
      $0.volunteer == volunteer.id && $0.brief != seat.brief.id
        && !days.isDisjoint(with: $0.halfDays)
    }) {
      found.append(
        Words(
          en: "is with another team on the same half-day",
          fr: "est avec une autre équipe à la même demi-journée"))
    }
    return found
  }
}
