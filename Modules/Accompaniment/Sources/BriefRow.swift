internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import ProgrammesAPI

struct BriefRow: Versioned {
  static let table = "accompaniment_brief"
  static let noun = Words(en: "mission brief", fr: "cahier des charges")

  let id: BriefID
  var version: Int
  let editionId: EditionID
  let journey: JourneyID
  let organisation: OrganisationID
  let organisationName: Name
  let need: NeedID
  let missionType: Key
  var title: Name
  var context: Paragraph
  var deliverable: Name
  var roles: [BriefRole]
  var halfDays: [HalfDayID]
  var format: Format
  var languages: [Language]
  var state: BriefState
  /// Its rank among the published briefs of the edition; nil for a draft.
  var position: Int?
  var publishedAt: Instant?
  var cancelledAt: Instant?
  var cancelReason: Paragraph?
  /// Where its organisation and its title stand in the alphabet: the order of the lists.
  let organisationOrder: String
  var titleOrder: String

  /// Refuses what needs the brief to stand. Throws `AccompanimentError`.
  func expectStanding() throws {
    guard cancelledAt == nil else { throw AccompanimentError.briefCancelled }
  }

  var contract: Brief {
    Brief(
      id: id, edition: editionId, organisation: organisation, title: title,
      missionType: missionType, context: context, deliverable: deliverable, roles: roles,
      halfDays: halfDays, format: format, languages: languages)
  }
}

struct BriefView: Codable, Sendable {
  let id: BriefID
  let version: Int
  let edition: EditionID
  let journey: JourneyID
  let organisation: OrganisationID
  let organisationName: Name
  let need: NeedID
  let missionType: Key
  let title: Name
  let context: Paragraph
  let deliverable: Name
  let roles: [BriefRole]
  let halfDays: [HalfDayID]
  let format: Format
  let languages: [Language]
  let state: BriefState
  let publishedAt: Instant?
  let cancelledAt: Instant?
  let cancelReason: Paragraph?

  init(_ row: BriefRow) {
    id = row.id
    version = row.version
    edition = row.editionId
    journey = row.journey
    organisation = row.organisation
    organisationName = row.organisationName
    need = row.need
    missionType = row.missionType
    title = row.title
    context = row.context
    deliverable = row.deliverable
    roles = row.roles
    halfDays = row.halfDays
    format = row.format
    languages = row.languages
    state = row.state
    publishedAt = row.publishedAt
    cancelledAt = row.cancelledAt
    cancelReason = row.cancelReason
  }
}

func publishedBriefs(of edition: EditionID, in connection: any Connection) throws -> [BriefRow] {
  try connection.select(
    BriefRow.self,
    """
    WHERE edition_id = \(edition) AND state = 'published' AND cancelled_at IS NULL
    ORDER BY position
    """)
}
