internal import Kernel

/// A fact as it is told outside: what happened, when, and to which things, by their ids. Names, addresses
/// and what people wrote stay inside; whoever may know more asks for it.
struct EventNotice: Codable, Sendable {
  let type: String
  let timestamp: Instant
  let data: JSON

  /// Of a row of the outbox.
  init(_ row: Row) throws {
    type = try row.get("name")
    timestamp = try row.get("occurred_at")
    let payload = try JSON(parsing: row.get("payload", as: String.self))
    data = Self.ids(
      in: payload, event: try row.get("id"), edition: try row.get(ifPresent: "edition_id"))
  }

  init(type: String, timestamp: Instant, data: JSON) {
    self.type = type
    self.timestamp = timestamp
    self.data = data
  }

  private static func ids(in payload: JSON, event: String, edition: String?) -> JSON {
    var data: [String: JSON] = [:]
    if case .object(let members) = payload {
      for (name, value) in members where isIDs(value) { data[name] = value }
    }
    data["event"] = .string(event)
    if let edition { data["edition"] = .string(edition) }
    return .object(data)
  }

  private static func isIDs(_ value: JSON) -> Bool {
    switch value {
    case .string(let text): ID<EventEntity>(text) != nil
    case .array(let items): !items.isEmpty && items.allSatisfy(isIDs)
    case .null, .bool, .integer, .number, .object: false
    }
  }
}
