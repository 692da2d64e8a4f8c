internal import Kernel
internal import PartnersAPI

/// What happened, in the order it was said, for whoever may know.
struct Feed: Codable, Sendable {
  struct Item: Codable, Sendable {
    /// Ask for what came after it with this.
    let cursor: Int64
    let type: String
    let timestamp: Instant
    /// Ids of the things it is about.
    let data: JSON
  }
  let items: [Item]
  /// Where to go on, whether or not there was anything.
  let cursor: Int64
  /// Whether there is more already.
  let more: Bool
}

extension EventsModule {
  @UseCases var aboutFeed: [Endpoint] {
    feed
  }

  struct Follow: Codable, Sendable, Labelled {
    let after: Int64?
    let limit: Whole<1, 500>?
    let edition: EditionID?
    let types: [Name]?
    static let labels = [
      "after": Label(
        en: "After", fr: "Après",
        hint: Words(
          en: "The cursor of what came last; without one, from the beginning.",
          fr: "Le curseur du dernier reçu ; sans lui, depuis le début.")),
      "types": Label(en: "Types", fr: "Types"),
    ]
  }

  /// How far a call looks for what its caller may know.
  private static let farthest = 5000

  var feed: UseCase<Follow, Feed> {
    .query(
      "events.feed", "/events/feed", by: .staff(and: .partner),
      Words(
        en: "Follow what happens, from a cursor on",
        fr: "Suivre ce qui se passe, à partir d’un curseur"),
      problems: ["events/cursor-too-old"], traits: [.isFeed, .keepsToEdition],
      asking: { (_: Follow, context) in try await reader(context.actor) }
    ) { (input: Follow, reader, transaction) in
      let size = input.limit?.value ?? 100
      let types = (input.types ?? []).map(\.description)
      let forgotten = try transaction.eventsForgotten()
      if let after = input.after, after < forgotten {
        throw Problem.cursorTooOld(after, first: forgotten)
      }
      var cursor = input.after ?? forgotten
      let end =
        try transaction.rows(
          "SELECT COALESCE(MAX(sequence), 0) AS last FROM kernel_event"
        ).first?.get("last", as: Int64.self) ?? 0
      var items: [Feed.Item] = []
      var looked = 0
      // A limited caller was told already that another edition is not there.
      let edition: SQL =
        (transaction.actor.edition ?? input.edition).map { "AND edition_id = \($0)" } ?? ""
      while items.count < size, looked < Self.farthest {
        let rows = try transaction.rows(
          """
          SELECT id, sequence, name, edition_id, payload, occurred_at FROM kernel_event
          WHERE sequence > \(cursor) \(part: edition) ORDER BY sequence LIMIT 500
          """)
        looked += rows.count
        for row in rows where items.count < size {
          cursor = try row.get("sequence")
          let type: String = try row.get("name")
          guard types.isEmpty || types.contains(type), try reader.mayKnow(type, row) else {
            continue
          }
          let notice = try EventNotice(row)
          items.append(
            Feed.Item(
              cursor: cursor, type: type, timestamp: notice.timestamp, data: notice.data))
        }
        if rows.count < 500, items.count < size {
          cursor = max(cursor, end)
          break
        }
      }
      return Feed(items: items, cursor: cursor, more: cursor < end)
    }
  }

  private func reader(_ actor: Actor) async throws -> FeedReader {
    if actor.role == .administrator { return .everything }
    if actor.isStaff { return .work }
    if let contact = actor.subject(as: .partner, PartnerContactID.self),
      let partner = try await partnerOf(contact)
    {
      return .partner(partner)
    }
    return .nothing
  }
}

/// What somebody may know of what happens.
private enum FeedReader: Sendable {
  case everything
  /// The programmes, not who signs in or is erased.
  case work
  /// What everybody may know, and what is about the partner itself. Who takes part in which team is not
  /// told here: pages and reports say as much of that as people agreed to.
  case partner(PartnerID)
  case nothing

  private static let house = ["accounts.", "privacy.", "notifications.", "settings.", "token."]
  private static let open: Set<String> = [
    "programmes.edition-opened", "programmes.format-changed", "programmes.edition-closed",
    "applications.call-opened",
  ]

  func mayKnow(_ type: String, _ row: Row) throws -> Bool {
    switch self {
    case .everything: return true
    case .work: return !Self.house.contains { type.hasPrefix($0) }
    case .partner(let partner):
      if Self.open.contains(type) { return true }
      guard type.hasPrefix("partners.") else { return false }
      let payload = try JSON(parsing: row.get("payload", as: String.self))
      // One about a person says which: that is for pages.
      return payload["partner"] == .string(partner.description) && payload["volunteer"] == nil
    case .nothing: return false
    }
  }
}
