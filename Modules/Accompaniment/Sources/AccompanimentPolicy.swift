internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel

/// What an actor may see and do here. What one may not see answers like what does not exist.
struct AccompanimentPolicy: Sendable {
  let actor: Actor
  /// The organisation the actor is a member of.
  let organisation: OrganisationID?

  func maySee(_ journey: JourneyRow) -> Bool {
    actor.isStaff || organisation == journey.organisation
  }

  /// What `maySee` says of journeys, as a condition on their rows.
  var visibleJourneys: SQL { actor.isStaff ? "1 = 1" : "organisation = \(organisation)" }

  /// What `maySee` says of briefs, likewise.
  var visibleBriefs: SQL {
    if actor.isStaff { return "1 = 1" }
    switch actor.role {
    case .volunteer, .partner: return "state = 'published'"
    case .administrator, .manager, .reviewer, .member, .system, .anyone:
      return "organisation = \(organisation)"
    }
  }

  func maySee(_ brief: BriefRow) -> Bool {
    if actor.isStaff || organisation == brief.organisation { return true }
    switch actor.role {
    case .volunteer, .partner: return brief.state == .published
    case .administrator, .manager, .reviewer, .member, .system, .anyone: return false
    }
  }

  /// The journey. Throws `Problem.notFound`, also when it is not the actor's to see.
  func journey(_ id: JourneyID, in connection: any Connection) throws -> JourneyRow {
    guard let row = try connection.find(JourneyRow.self, id), maySee(row) else {
      throw Problem.notFound(JourneyRow.noun, id)
    }
    return row
  }

  /// The need and the journey it belongs to.
  func need(_ id: NeedID, in connection: any Connection) throws -> NeedRow {
    guard let row = try connection.find(NeedRow.self, id),
      let journey = try connection.find(JourneyRow.self, row.journey), maySee(journey)
    else { throw Problem.notFound(NeedRow.noun, id) }
    return row
  }

  func brief(_ id: BriefID, in connection: any Connection) throws -> BriefRow {
    guard let row = try connection.find(BriefRow.self, id), maySee(row) else {
      throw Problem.notFound(BriefRow.noun, id)
    }
    return row
  }
}

extension AccompanimentModule {
  func policy(for actor: Actor) async throws -> AccompanimentPolicy {
    var organisation: OrganisationID?
    if let member = actor.subject(as: .member, MemberID.self) {
      organisation = try await applications.organisation(of: member)
    }
    return AccompanimentPolicy(actor: actor, organisation: organisation)
  }
}
