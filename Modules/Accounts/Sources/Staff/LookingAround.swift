public import AccountsAPI
public import Kernel

/// A link to look around a demonstration as one of its people.
struct GuideRow: Record {
  static let table = "accounts_guide"

  let id: ID<GuideRow>
  let person: PersonID
  let hash: String
  let expiresAt: Instant
  var usedAt: Instant?

  func state(at now: Instant) -> LinkState {
    usedAt != nil ? .used : now >= expiresAt ? .expired : .ready
  }
}

extension AccountsModule {
  /// A single-use link to look around as whoever reads an address, whose path is given; earlier ones
  /// end. The roles of staff are given to them where they do not have them. Throws
  /// `AccountsError.notADemonstration` anywhere else.
  public func lookAroundPath(
    as address: EmailAddress, called name: Name? = nil, roles: [StaffRole] = []
  ) async throws -> String {
    guard isDemonstration else { throw AccountsError.notADemonstration }
    let secret = try Secret.draw()
    return try await host.command(
      "accounts.link-to-look-around", as: Actor(.owner, as: Grant(.administrator))
    ) { transaction in
      guard var person = try transaction.person(proving: address, in: .fr) else {
        throw AccountsError.signedOut
      }
      if let name, person.name != name {
        person.name = name
        try transaction.update(person)
      }
      for role in roles where try !transaction.roles(of: person.id).contains(role) {
        try transaction.give(role, to: person.id)
      }
      try transaction.execute(
        "DELETE FROM accounts_guide WHERE person = \(person.id) AND used_at IS NULL")
      try transaction.insert(
        GuideRow(
          id: transaction.newID(), person: person.id, hash: secret.hash,
          expiresAt: transaction.now.advanced(bySeconds: Lifetime.guide), usedAt: nil))
      return AccountsPath.lookAround + secret.text
    }
  }

  public func guide(_ secret: Secret) async throws -> GuideView {
    let now = host.clock.now
    let row = try await host.read { try $0.first(GuideRow.self, "WHERE hash = \(secret.hash)") }
    let state = row?.state(at: now) ?? .unknown
    guard isDemonstration, let row, state == .ready else {
      throw AccountsError.guide(isDemonstration ? state : .unknown)
    }
    let standing = try await standing(of: row.person, .strong)
    return GuideView(name: standing.name, hats: standing.hats.map(\.label))
  }

  public func lookAround(_ secret: Secret, _ visit: Visit) async throws -> Entry {
    try await ticket("link", visit.network, upTo: limits.fromANetwork)
    guard isDemonstration else { throw AccountsError.guide(.unknown) }
    return try await enter("accounts.look-around", visit, strength: .strong) { transaction in
      let row = try transaction.first(GuideRow.self, "WHERE hash = \(secret.hash)")
      let state = row?.state(at: transaction.now) ?? .unknown
      guard var row, state == .ready,
        let person = try transaction.find(PersonRow.self, row.person), person.disabledAt == nil
      else { throw AccountsError.guide(state == .ready ? .unknown : state) }
      row.usedAt = transaction.now
      try transaction.update(row)
      return person
    }
  }
}
