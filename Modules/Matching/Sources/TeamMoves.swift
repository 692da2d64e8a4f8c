internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

// Two teams become one, or some of a team go on with another brief. Whoever changes team is asked again;
// the others stay as they are.
extension MatchingModule {
  @UseCases var aboutTeamMoves: [Endpoint] {
    mergeTeams
    splitTeam
    resendOffer
  }

  struct MergeTeams: Codable, Sendable {
    let edition: EditionID
    /// The team that is left.
    let brief: BriefID
    /// The team that goes; its mission ends.
    let other: BriefID
    let confirmBy: Day
    /// For the people and the organisations to read.
    let reason: Paragraph
    let despite: Paragraph?
  }
  struct SplitTeam: Codable, Sendable {
    let edition: EditionID
    let brief: BriefID
    /// The brief they go on with.
    let other: BriefID
    let volunteers: [VolunteerID]
    let confirmBy: Day
    let reason: Paragraph
    let despite: Paragraph?
  }
  struct Moved: Codable, Sendable {
    let offers: [PlaceView]
    /// Those who were in both teams: they stay once, with the place they have.
    let staying: [PlaceView]
  }
  struct Resend: Codable, Sendable {
    let place: PlaceID
  }

  var mergeTeams: UseCase<MergeTeams, Moved> {
    .command(
      "matching.merge-teams", .post, "/editions/{edition}/team-merges", by: .staff,
      Words(
        en: "Make one team of two: the people of one are offered the other, and its mission ends",
        fr: "Réunir deux équipes : les personnes de l’une reçoivent l’autre, sa mission prend fin"),
      problems: [
        "matching/rule-broken", "matching/not-eligible", "matching/not-published",
      ], relying: Self.situationChanges,
      asking: { input, _ in try await gather(input.edition) }
    ) { (input: MergeTeams, situation: MatchingCase, transaction) in
      let held = try team(of: input.other, into: input.brief, situation, transaction)
      let moved = try move(
        held, to: input.brief, until: input.confirmBy, because: input.reason,
        despite: input.despite, situation, transaction)
      try transaction.emit(
        TeamsMerged(
          edition: input.edition, kept: input.brief, gone: input.other, reason: input.reason))
      return moved
    }
  }

  var splitTeam: UseCase<SplitTeam, Moved> {
    .command(
      "matching.split-team", .post, "/editions/{edition}/team-splits", by: .staff,
      Words(
        en: "Split a team: those named are offered another brief, the others stay",
        fr:
          "Scinder une équipe : les personnes nommées reçoivent un autre cahier, les autres restent"
      ),
      problems: [
        "matching/rule-broken", "matching/not-eligible", "matching/not-published",
      ], relying: Self.situationChanges,
      asking: { input, _ in try await gather(input.edition) }
    ) { (input: SplitTeam, situation: MatchingCase, transaction) in
      let wanted = Set(input.volunteers)
      let held = try team(of: input.brief, into: input.other, situation, transaction)
      let moving = held.filter { wanted.contains($0.volunteer) }
      let faults = input.volunteers.enumerated().filter { _, volunteer in
        !moving.contains { $0.volunteer == volunteer }
      }.map { index, _ in
        FieldProblem(
          "volunteers[\(index)]", en: "has no place in this team",
          fr: "n’a pas de place dans cette équipe")
      }
      guard faults.isEmpty, !moving.isEmpty else {
        throw faults.isEmpty
          ? Problem.invalid("volunteers", en: "name at least one", fr: "nommez-en au moins un")
          : Problem.invalidInput(faults)
      }
      return try move(
        moving, to: input.other, until: input.confirmBy, because: input.reason,
        despite: input.despite, situation, transaction)
    }
  }

  var resendOffer: UseCase<Resend, PlaceView> {
    .command(
      "matching.resend-offer", .post, "/places/{place}/letters", by: .staff,
      Words(
        en: "Send an offer to somebody again, with the term it has",
        fr: "Renvoyer une offre à quelqu’un, avec le terme qu’elle a"),
      problems: ["matching/wrong-place-state"]
    ) { (input: Resend, transaction) in
      let place = try transaction.get(PlaceRow.self, input.place)
      guard place.state == .offered, place.confirmBy > transaction.now else {
        throw MatchingError.wrongPlaceState(place.state == .offered ? .lapsed : place.state)
      }
      try transaction.noteLetter(about: place)
      try transaction.emit(
        PlaceOffered(
          edition: place.editionId, place: place.id, brief: place.brief, role: place.role,
          volunteer: place.volunteer, confirmBy: place.confirmBy, againAt: transaction.now))
      return PlaceView(place)
    }
  }

  /// Who holds a place or an offer in a team that may go to another.
  private func team(
    of brief: BriefID, into other: BriefID, _ situation: MatchingCase, _ transaction: Transaction
  ) throws -> [PlaceRow] {
    let standing = try Standing(of: situation.edition.id, in: transaction)
    for id in [brief, other] where !situation.briefs.contains(where: { $0.id == id }) {
      throw Problem.notFound(Words(en: "team", fr: "équipe"), id)
    }
    for (id, field) in [(brief, "brief"), (other, "other")] where standing.done.contains(id) {
      throw Problem.invalid(
        field, en: "is the team of a mission that is over",
        fr: "est l’équipe d’une mission terminée")
    }
    guard brief != other else {
      throw Problem.invalid("other", en: "is the same team", fr: "est la même équipe")
    }
    return standing.active.filter { $0.brief == brief }
  }

  /// Takes places back and offers their people the fitting roles of another team, beyond its seats
  /// where it must be; whoever is in that team already stays there as they are. Throws what stands
  /// against it, with whom.
  private func move(
    _ places: [PlaceRow], to brief: BriefID, until day: Day, because reason: Paragraph,
    despite: Paragraph?, _ situation: MatchingCase, _ transaction: Transaction
  ) throws -> Moved {
    let deadline = situation.edition.zone.end(of: day)
    guard deadline > transaction.now else { throw MatchingError.deadlinePast(day) }
    for var place in places {
      place.remark = reason
      try release(
        &place, as: place.state == .offered ? .declined : .withdrawn, in: transaction)
    }
    let seats = situation.seats.filter { $0.brief.id == brief }
    let there = try Standing(of: situation.edition.id, in: transaction).active.filter {
      $0.brief == brief
    }
    var offers: [PlaceView] = []
    var staying: [PlaceView] = []
    var breaks: [Words] = []
    var forbids: [Words] = []
    for place in places {
      if let own = there.first(where: { $0.volunteer == place.volunteer }) {
        staying.append(PlaceView(own))
        continue
      }
      if offers.contains(where: { $0.volunteer == place.volunteer }) { continue }
      let standing = try Standing(of: situation.edition.id, in: transaction)
      let skill = situation.seat(place.role)?.role.skill
      let found = try seats.map { seat in
        let placing = try placing(
          Holding(volunteer: place.volunteer, role: seat.role.id), situation, standing)
        let rank = [
          placing.forbids.count, placing.breaks.count, seat.role.skill == skill ? 0 : 1,
          standing.free(seat) > 0 ? 0 : 1,
        ]
        return (seat: seat, placing: placing, rank: rank)
      }.min { $0.rank.lexicographicallyPrecedes($1.rank) }
      guard let found, let person = situation.volunteer(place.volunteer) else { continue }
      forbids += found.placing.forbids.map { named(person, $0) }
      breaks += found.placing.breaks.map { named(person, $0) }
      let affinity = situation.affinity(of: person, for: found.seat, weights: standing.weights)
      offers.append(
        PlaceView(
          try Matching.offer(
            found.seat, to: person, affinity: affinity.points,
            reason: affinity.words(for: person, role: found.seat.role, situation),
            until: deadline, replacing: nil, situation: situation, in: transaction)))
    }
    guard forbids.isEmpty else { throw MatchingError.notEligible(forbids) }
    guard breaks.isEmpty || despite != nil else { throw MatchingError.ruleBroken(breaks) }
    return Moved(offers: offers, staying: staying)
  }

  private func named(_ person: Volunteer, _ words: Words) -> Words {
    Words(
      en: "\(person.contact.name): \(words.en)", fr: "\(person.contact.name) : \(words.fr)")
  }
}
