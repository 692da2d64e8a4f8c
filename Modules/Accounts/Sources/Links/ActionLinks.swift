public import AccountsAPI
internal import Crypto
internal import Foundation
internal import Kernel

/// What an action link says, sealed: who has the link cannot read it, nor change it.
private struct Sealed: Codable {
  let page: String
  let grant: Grant
  let row: String
  let address: EmailAddress
  let expires: Instant
}

extension AccountsModule {
  @UseCases var aboutActionLinks: [Endpoint] {
    rotateKey
  }

  public func actionLink(to request: ActionRequest) async throws -> String {
    guard !request.grant.role.isStaff, !strongRoles.contains(request.grant.role),
      request.grant.role != .anyone
    else { throw AccountsError.notByLink(request.grant.role) }
    let now = host.clock.now
    let key: KeyRow
    if let known = try await host.read({ try $0.youngKey(at: now) }) {
      key = known
    } else {
      key = try await host.database.write { try $0.presentKey(at: now) }
    }
    guard let secret = key.key else { throw AccountsError.actionTampered }
    let text = try JSON.data(
      of: Sealed(
        page: request.page, grant: request.grant, row: request.row, address: request.address,
        expires: request.expires))
    let box = try AES.GCM.seal(text, using: secret, authenticating: Data("action \(key.id)".utf8))
    guard let combined = box.combined else { throw AccountsError.actionTampered }
    return AccountsPath.action + "\(key.id)." + base64URL(combined)
  }

  public func openAction(_ token: String) async throws -> ActionVisit {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    let now = host.clock.now
    guard token.utf8.count <= 4096, parts.count == 2, let number = Int(parts[0]),
      String(number) == parts[0], let sealed = fromBase64URL(String(parts[1])),
      // One spelling a link.
      base64URL(sealed) == parts[1],
      let row = try await host.read({ try $0.find(KeyRow.self, number) }),
      row.retiredAt == nil, row.createdAt.advanced(bySeconds: Lifetime.keyBelieved) > now,
      let key = row.key, let box = try? AES.GCM.SealedBox(combined: sealed),
      let text = try? AES.GCM.open(
        box, using: key, authenticating: Data("action \(number)".utf8)),
      let said = try? JSON(parsing: text).decoded(as: Sealed.self)
    else {
      try await failed("action-link")
      throw AccountsError.actionTampered
    }
    guard now < said.expires else { throw AccountsError.actionExpired }
    let owner = try await host.read { connection in
      try connection.find(AddressRow.self, said.address).flatMap {
        try connection.find(PersonRow.self, $0.person)
      }
    }
    let hat = try await hats(ofAddress: said.address).first {
      $0.grant.role == said.grant.role && $0.grant.subject == said.grant.subject
    }
    guard let hat, owner?.disabledAt == nil else {
      try await failed("action-link")
      throw AccountsError.actionChangedHands
    }
    // Whoever has an account is that person here too, under this one hat.
    let actor = Actor(owner.map { .account($0.id) } ?? .known(as: hat.grant), as: hat.grant)
    let form = HMAC<SHA256>.authenticationCode(for: Data(("form " + token).utf8), using: key)
    return ActionVisit(
      actor: actor, hat: hat, page: said.page, row: said.row, expires: said.expires,
      formToken: base64URL(Data(form)))
  }

  /// A key that is too old to seal makes way; one that is too old to be believed goes.
  var rotateKeys: Job {
    .every(seconds: 86_400, "accounts.rotate-keys") { transaction in
      _ = try transaction.presentKey(at: transaction.now)
      try transaction.execute(
        """
        DELETE FROM accounts_key
        WHERE created_at < \(transaction.now.advanced(bySeconds: -Lifetime.keyBelieved))
        """)
    }
  }

  struct Rotate: Codable, Sendable {
    /// Whether links that were sent stop working too.
    let endOld: Bool?
  }
  struct Rotated: Codable, Sendable {
    let key: Int
    let since: Instant
    let oldEnded: Bool
  }

  var rotateKey: UseCase<Rotate, Rotated> {
    .command(
      "accounts.rotate-key", .post, "/accounts/keys", by: [.administrator],
      Words(
        en: "Seal action links with a new key, and end those sent if need be",
        fr: "Sceller les liens d’action avec une nouvelle clé, et annuler les anciens au besoin")
    ) { (input: Rotate, transaction) in
      if input.endOld == true {
        try transaction.execute(
          "UPDATE accounts_key SET retired_at = \(transaction.now) WHERE retired_at IS NULL")
      }
      let row = try transaction.newKey(at: transaction.now)
      return Rotated(key: row.id, since: row.createdAt, oldEnded: input.endOld == true)
    }
  }
}
