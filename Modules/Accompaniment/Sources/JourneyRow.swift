internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel

struct JourneyRow: Versioned {
  static let table = "accompaniment_journey"
  static let noun = Words(en: "journey", fr: "parcours")

  let id: JourneyID
  var version: Int
  let editionId: EditionID
  let application: ApplicationID
  let organisation: OrganisationID
  /// As it was called when the journey began; lists are in this order.
  let organisationName: Name
  var stage: JourneyStage
  var diagnosis: Diagnosis?
  var actionPlan: [Step]
  let startedAt: Instant
  /// When the organisation gave its place up.
  var endedAt: Instant?
  /// Where its organisation stands in the alphabet: the order of the lists.
  let organisationOrder: String

  /// Stages only move forward, whatever order things are done in.
  mutating func reach(_ next: JourneyStage) {
    let order = JourneyStage.allCases
    if let here = order.firstIndex(of: stage), let there = order.firstIndex(of: next), here < there
    {
      stage = next
    }
  }
}

struct Diagnosis: Codable, Sendable, Hashable {
  let strengths: Paragraph
  let difficulties: Paragraph
  let ambitions: Paragraph
}

/// One line of an action plan.
struct Step: Codable, Sendable, Hashable {
  let text: Text<500>
  let due: Day
}

/// A journey in a list.
struct JourneyLine: Codable, Sendable {
  let id: JourneyID
  let version: Int
  let edition: EditionID
  let organisation: OrganisationID
  let organisationName: Name
  let stage: JourneyStage
  let startedAt: Instant
  /// When the organisation gave its place up.
  let endedAt: Instant?

  init(_ row: JourneyRow) {
    id = row.id
    version = row.version
    edition = row.editionId
    organisation = row.organisation
    organisationName = row.organisationName
    stage = row.stage
    startedAt = row.startedAt
    endedAt = row.endedAt
  }
}

/// A journey with everything on it.
struct JourneyView: Codable, Sendable {
  let id: JourneyID
  let version: Int
  let edition: EditionID
  let organisation: OrganisationID
  let organisationName: Name
  let stage: JourneyStage
  let startedAt: Instant
  let endedAt: Instant?
  let diagnosis: Diagnosis?
  let needs: [NeedView]
  let briefs: [BriefView]
  let workshops: [WorkshopLine]
  let actionPlan: [Step]
  let followUps: [FollowUpView]

  init(_ row: JourneyRow, in connection: any Connection) throws {
    id = row.id
    version = row.version
    edition = row.editionId
    organisation = row.organisation
    organisationName = row.organisationName
    stage = row.stage
    startedAt = row.startedAt
    endedAt = row.endedAt
    diagnosis = row.diagnosis
    needs = try connection.select(
      NeedRow.self, "WHERE journey = \(row.id) ORDER BY priority, position"
    ).map(NeedView.init)
    briefs = try connection.select(
      BriefRow.self, "WHERE journey = \(row.id) ORDER BY title, id"
    ).map(BriefView.init)
    workshops = try workshopLines(of: row.id, in: connection)
    actionPlan = row.actionPlan
    followUps = try connection.select(
      FollowUpRow.self, "WHERE journey = \(row.id) ORDER BY months"
    ).map(FollowUpView.init)
  }
}
