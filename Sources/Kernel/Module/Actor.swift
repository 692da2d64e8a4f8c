/// A person at work: who they are, what they act as in this call, and what else they may be. Comes with
/// every call. A policy sees one grant; nobody is more by being several things.
public struct Actor: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The same whatever they act as.
  public let person: Person
  /// What the person acts as now.
  public let grant: Grant
  /// Everything the person may act as, `grant` among it.
  public let grants: [Grant]
  /// For whom, when the grant is somebody else's: staff who enter what a reviewer told them.
  public let behalf: Person?
  /// The one edition whose things they may reach; nil for all. Of a token that was made so.
  public let edition: EditionID?

  /// Somebody who acts as `grant`, and could act as others of `grants`.
  public init(
    _ person: Person, as grant: Grant, of grants: [Grant] = [], onBehalfOf behalf: Person? = nil,
    within edition: EditionID? = nil
  ) {
    self.edition = edition
    self.person = person
    self.grant = grant
    self.grants = grants.contains(grant) ? grants : [grant] + grants
    self.behalf = behalf
  }

  /// Somebody who is one thing only, and known by that unless `person` says more.
  public init(
    _ role: Role, subject: String? = nil, person: Person? = nil, within edition: EditionID? = nil
  ) {
    let grant = Grant(role, subject: subject)
    self.init(person ?? .known(as: grant), as: grant, within: edition)
  }

  /// An administrator of whom no more is known; for plays and tests.
  public static let administrator = Actor(.administrator)
  /// A programme manager of whom no more is known; for plays and tests.
  public static let manager = Actor(.manager)
  /// Parvis itself; may call every use case.
  public static let system = Actor(.system)
  /// Who did not say who they are.
  public static let anyone = Actor(.anyone)

  /// Of `grant`: what a policy judges.
  public var role: Role { grant.role }
  /// Of `grant`: the id of the row that stands for the person; staff have none.
  public var subject: String? { grant.subject }
  /// Whether they act as staff now, or are Parvis itself; what else they may be does not count.
  public var isStaff: Bool { role.isStaff }

  /// The subject as an id of the module's own; nil when the actor has another role or none.
  public func subject<Entity>(as role: Role, _ type: ID<Entity>.Type = ID<Entity>.self) -> ID<
    Entity
  >? {
    grant.subject(as: role)
  }

  /// Everything of that kind that the person is: the associations somebody belongs to, whichever they
  /// act for now.
  public func subjects<Entity>(as role: Role, _ type: ID<Entity>.Type = ID<Entity>.self) -> [ID<
    Entity
  >] {
    grants.compactMap { $0.subject(as: role) }
  }

  /// The same person under another of their grants; nil when it is not theirs.
  public func acting(as grant: Grant) -> Actor? {
    grants.first { $0.role == grant.role && $0.subject == grant.subject }.map {
      Actor(person, as: $0, of: grants, onBehalfOf: behalf, within: edition)
    }
  }

  /// The person under the grant a use case is for, where the call does not say: the present one if it
  /// will do, else the only one that does. Throws `Problem.whichGrant` when several would do.
  public func implied(for callers: Set<Role>) throws(Problem) -> Actor {
    if callers.contains(role) || grants.count == 1 { return self }
    let able = grants.filter { callers.contains($0.role) }
    guard able.count <= 1 else { throw Problem.whichGrant(able) }
    return able.first.flatMap(acting(as:)) ?? self
  }

  /// The grant as it is written: `role`, or `role:subject`.
  public var description: String { grant.description }
}

extension Problem {
  /// Somebody who is several things did not say as which they act.
  static func whichGrant(_ able: [Grant]) -> Problem {
    let list = able.map(\.description).joined(separator: ", ")
    return Problem(
      "which-grant", status: 409, title: Words(en: "Acting as whom?", fr: "À quel titre ?"),
      detail: Words(
        en: "You may do this as several: \(list).",
        fr: "Vous pouvez agir à plusieurs titres : \(list)."),
      advice: Words(
        en: "Say as which, with the header Parvis-Actor or --as.",
        fr: "Précisez lequel, avec l’en-tête Parvis-Actor ou --as."))
  }
}
