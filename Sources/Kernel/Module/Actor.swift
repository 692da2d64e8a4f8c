/// What somebody is to Parvis. A token is scoped to one.
public enum Role: String, Codable, CaseIterable, Sendable, Hashable {
  /// Installs, backs up, upgrades; may do whatever the programme manager may.
  case administrator
  /// The operator's staff who run editions.
  case manager
  /// Scores applications and deliberates.
  case reviewer
  /// Belongs to an applying or accompanied organisation.
  case member
  /// An employee or job seeker who takes part.
  case volunteer
  /// A contact of a partner: company, public backer, employment agency.
  case partner
  /// Parvis itself: events, periodic work.
  case system
  /// Nobody has said who they are.
  case anyone
}

/// Who acts. Comes with every call.
public struct Actor: Codable, Hashable, Sendable, CustomStringConvertible {
  public let role: Role
  /// The row that stands for the person in the module that knows them: a reviewer's id, a member's,
  /// a volunteer's, a partner contact's. Staff need none.
  public let subject: String?

  public init(_ role: Role, subject: String? = nil) {
    self.role = role
    self.subject = subject
  }

  public static let administrator = Actor(.administrator)
  public static let manager = Actor(.manager)
  public static let system = Actor(.system)
  public static let anyone = Actor(.anyone)

  public var isStaff: Bool { role == .administrator || role == .manager || role == .system }

  /// The subject as an id of the module's own; nil when the actor has another role or none.
  public func subject<Entity>(as role: Role, _ type: ID<Entity>.Type = ID<Entity>.self) -> ID<
    Entity
  >? {
    self.role == role ? subject.flatMap { ID<Entity>($0) } : nil
  }

  public var description: String { subject.map { "\(role.rawValue):\($0)" } ?? role.rawValue }
}

extension Set where Element == Role {
  public static let staff: Set<Role> = [.administrator, .manager]
  public static let everyone = Set(Role.allCases).subtracting([.system])
  public static let signedIn = everyone.subtracting([.anyone])
  public static func staff(and roles: Role...) -> Set<Role> { staff.union(roles) }
}
