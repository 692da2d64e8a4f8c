/// What is still open in an edition, and would be left so by closing it.
public struct Unfinished: Codable, Hashable, Sendable {
  /// `<module>.<what>`: `missions.running`. The same for all of a kind.
  public let kind: String
  /// As one would say it to somebody who is about to close: “Missions that are not closed”.
  public let title: Words
  /// At least 1.
  public let count: Int

  public init(_ kind: String, _ title: Words, count: Int) {
    self.kind = kind
    self.title = title
    self.count = count
  }
}

extension Module {
  /// None: it leaves nothing open.
  public func unfinished(
    in edition: EditionID, _ connection: any Connection
  ) throws -> [Unfinished] { [] }

  /// What each statement counts (`SELECT COUNT(*) AS n …`), where it counts anything. Throws
  /// `StorageError`.
  public func counting(
    _ statements: [(kind: String, title: Words, SQL)], _ connection: any Connection
  ) throws -> [Unfinished] {
    try statements.compactMap { kind, title, statement in
      let count: Int = try connection.rows(statement).first?.get("n") ?? 0
      return count == 0 ? nil : Unfinished(kind, title, count: count)
    }
  }
}

extension Transaction {
  /// What all modules have open in an edition at this moment, in the order of the modules. Throws
  /// `StorageError`.
  public func unfinished(in edition: EditionID) throws -> [Unfinished] {
    try context.routes.modules.flatMap { try $0.unfinished(in: edition, self) }
  }
}
