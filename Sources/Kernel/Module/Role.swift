/// What somebody is to Parvis. A policy judges one role at a time.
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

  /// Whether the role is the operator's own people, or Parvis itself.
  public var isStaff: Bool { self == .administrator || self == .manager || self == .system }
  /// Whether the role stands for a row of a module: a grant of it has a subject.
  public var needsSubject: Bool {
    switch self {
    case .reviewer, .member, .volunteer, .partner: true
    case .administrator, .manager, .system, .anyone: false
    }
  }
}

extension Set where Element == Role {
  /// The operator's own people.
  public static let staff: Set<Role> = [.administrator, .manager]
  /// All roles but Parvis's own, which may call everything.
  public static let everyone = Set(Role.allCases).subtracting([.system])
  /// Everybody who said who they are.
  public static let signedIn = everyone.subtracting([.anyone])
  /// The operator's own people and these.
  public static func staff(and roles: Role...) -> Set<Role> { staff.union(roles) }
}
