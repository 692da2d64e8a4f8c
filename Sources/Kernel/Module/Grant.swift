/// One thing a person may act as: a role and, for roles that stand for a row, whose.
public struct Grant: Codable, Hashable, Sendable, CustomStringConvertible {
  /// What they act as.
  public let role: Role
  /// The row that stands for the person in the module that knows them: a reviewer's id, a member's,
  /// a volunteer's, a partner contact's. Staff need none.
  public let subject: String?
  /// The edition the subject belongs to, where it belongs to one. Says what a page is about; it does
  /// not limit staff.
  public let edition: EditionID?

  public init(_ role: Role, subject: String? = nil, edition: EditionID? = nil) {
    self.role = role
    self.subject = subject
    self.edition = edition
  }

  /// The subject as an id of the module's own; nil when the grant is of another role or has none.
  public func subject<Entity>(as role: Role, _ type: ID<Entity>.Type = ID<Entity>.self) -> ID<
    Entity
  >? {
    self.role == role ? subject.flatMap { ID<Entity>($0) } : nil
  }

  /// `role`, or `role:subject`.
  public var description: String { subject.map { "\(role.rawValue):\($0)" } ?? role.rawValue }

  /// Reads `role` or `role:subject`; nil for a role that is none, and for Parvis's own.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let role = parts.first.flatMap({ Role(rawValue: String($0)) }), role != .system else {
      return nil
    }
    self.init(role, subject: parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : nil)
  }
}

/// A grant in people's words: “Volunteer, Édition 2020”, “Member of Clown’Up”.
public struct Hat: Codable, Hashable, Sendable {
  /// What is worn; the rest is for people.
  public let grant: Grant
  /// Short enough to choose by.
  public let label: Words
  /// What the person is called there.
  public let name: Name?

  public init(_ grant: Grant, label: Words, name: Name? = nil) {
    self.grant = grant
    self.label = label
    self.name = name
  }
}
