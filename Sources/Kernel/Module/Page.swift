/// A part of a long list: ask again with `after` set to `next` for the rest.
public struct Page<Item: Codable & Sendable>: Codable, Sendable {
  public let items: [Item]
  public let next: String?

  public init(items: [Item], next: String?) {
    self.items = items
    self.next = next
  }
}

extension Connection {
  /// Up to `limit` (100 unless told, at most 500) records in the order of their ids, from behind
  /// `after` on. `condition` is what follows `WHERE`.
  public func page<R: Record>(
    _ type: R.Type, where condition: SQL, after: R.ID?, limit: Whole<1, 500>?
  ) throws -> Page<R> where R.ID: CustomStringConvertible {
    let size = limit?.value ?? 100
    let start: SQL = after.map { "AND id > \($0)" } ?? ""
    let found = try select(
      type, "WHERE (\(part: condition)) \(part: start) ORDER BY id LIMIT \(size + 1)")
    let items = Array(found.prefix(size))
    return Page(items: items, next: found.count > size ? items.last?.id.description : nil)
  }
}

extension Page {
  public func map<Other>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
    Page<Other>(items: try items.map(transform), next: next)
  }
}
