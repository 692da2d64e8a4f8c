internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel

struct WorkshopRow: Versioned {
  static let table = "accompaniment_workshop"
  static let noun = Words(en: "workshop", fr: "atelier")

  let id: WorkshopID
  var version: Int
  let editionId: EditionID
  let title: Name
  let kind: WorkshopKind
  let day: Day
  var cancelledAt: Instant?
  var cancelReason: Paragraph?
}

enum InvitationEntity {}

struct InvitationRow: Record {
  static let table = "accompaniment_invitation"

  let id: ID<InvitationEntity>
  let editionId: EditionID
  let workshop: WorkshopID
  let journey: JourneyID
  /// Nil until attendance was recorded.
  var present: Bool?
}

struct WorkshopView: Codable, Sendable {
  struct Guest: Codable, Sendable {
    let journey: JourneyID
    let organisation: OrganisationID
    let organisationName: Name
    let present: Bool?
  }

  let id: WorkshopID
  let version: Int
  let edition: EditionID
  let title: Name
  let kind: WorkshopKind
  let day: Day
  let cancelledAt: Instant?
  let cancelReason: Paragraph?
  /// How many organisations are invited.
  let invited: Int
  /// Those of them the reader may see.
  let guests: [Guest]

  init(_ row: WorkshopRow, for policy: AccompanimentPolicy, in connection: any Connection) throws {
    let invitations = try connection.select(InvitationRow.self, "WHERE workshop = \(row.id)")
    let journeys = try connection.select(
      JourneyRow.self,
      "WHERE id IN \(list: invitations.map(\.journey)) ORDER BY organisation_name, id"
    ).alphabetical { $0.organisationName }
    let presence = Dictionary(
      invitations.map { ($0.journey, $0.present) }, uniquingKeysWith: { first, _ in first })
    id = row.id
    version = row.version
    edition = row.editionId
    title = row.title
    kind = row.kind
    day = row.day
    cancelledAt = row.cancelledAt
    cancelReason = row.cancelReason
    invited = invitations.count
    guests = journeys.filter(policy.maySee).map {
      Guest(
        journey: $0.id, organisation: $0.organisation, organisationName: $0.organisationName,
        present: presence[$0.id] ?? nil)
    }
  }
}

/// A workshop as one journey sees it.
struct WorkshopLine: Codable, Sendable {
  let workshop: WorkshopID
  let title: Name
  let kind: WorkshopKind
  let day: Day
  let present: Bool?
  let cancelledAt: Instant?
}

func workshopLines(of journey: JourneyID, in connection: any Connection) throws -> [WorkshopLine] {
  try connection.rows(
    """
    SELECT w.id AS workshop, w.title, w.kind, w.day, i.present,
      w.cancelled_at
    FROM accompaniment_invitation i JOIN accompaniment_workshop w ON w.id = i.workshop
    WHERE i.journey = \(journey) ORDER BY w.day, w.title, w.id
    """
  ).map { try $0.decoded() }
}
