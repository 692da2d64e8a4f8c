internal import ApplicationsAPI
internal import Kernel
internal import NotificationsAPI
internal import PartnersAPI

/// Whom a letter is for, and as what they read it: the page it leads to is open to that hat.
struct Reader: Sendable {
  enum Standing: Codable, Hashable, Sendable {
    case volunteer(VolunteerID)
    case member(of: OrganisationID)
    case contact(of: PartnerID)
    case reviewer(ReviewerID)
    /// Somebody who has left: what is open to everybody is open to them.
    case nobody

    var role: Role {
      switch self {
      case .volunteer: .volunteer
      case .member: .member
      case .contact: .partner
      case .reviewer: .reviewer
      case .nobody: .anyone
      }
    }
  }

  let contact: Contact
  let standing: Standing

  init(_ contact: Contact, _ standing: Standing) {
    self.contact = contact
    self.standing = standing
  }
}

extension Organisation {
  var readers: [Reader] { contacts.map { Reader($0, .member(of: id)) } }
}

extension Partner {
  var readers: [Reader] { contacts.map { Reader($0, .contact(of: id)) } }
}

extension Directory {
  func volunteer(_ id: VolunteerID) async throws -> Reader {
    Reader(try await contact(of: id), .volunteer(id))
  }
}

/// Where a letter leads: the page of the portal, and what doing it is called.
struct Door: Codable, Sendable, Equatable {
  /// Below the portal: `/missions/…`.
  let path: String
  let words: Words
  /// As what its reader opens it; known once the letter has one.
  var standing: Reader.Standing?
  /// A letter that asks for something opens its page without signing in until then, where Accounts
  /// lets that hat do so.
  var opensUntil: Instant?
  /// The same, counted from when the letter is written, for what has no term of its own.
  var opensForDays: Int?

  /// For letters that inform: whoever follows it signs in.
  static func to(_ path: String, en: String, fr: String) -> Door {
    Door(path: path, words: Words(en: en, fr: fr))
  }
  /// For letters that ask: the term is that of the thing.
  static func asking(_ path: String, until: Instant?, en: String, fr: String) -> Door {
    Door(path: path, words: Words(en: en, fr: fr), opensUntil: until)
  }
  static func asking(_ path: String, days: Int, en: String, fr: String) -> Door {
    Door(path: path, words: Words(en: en, fr: fr), opensForDays: days)
  }

  /// Ready for one reader's letter.
  func opened(to standing: Reader.Standing?, from now: Instant) -> Door {
    var door = self
    door.standing = standing
    if let days = opensForDays {
      door.opensUntil = now.advanced(bySeconds: Int64(days) * 86_400)
      door.opensForDays = nil
    }
    return door
  }
}

extension NotificationsModule {
  /// Where the portal is: as the operator set it for letters, else where it says it is.
  func portal(_ settings: MailSettingsRow) -> String? { settings.portal ?? origin() }

  /// The address a message's button leads to. Made when it leaves: a link that opens a page without
  /// signing in is kept nowhere.
  func address(of row: MessageRow, below portal: String?) async -> String? {
    guard let portal, let door = row.door else { return nil }
    return portal + (await sealed(door, for: row.recipient) ?? door.path)
  }

  /// A link that opens the page as the reader, where they may; nil where they sign in.
  private func sealed(_ door: Door, for address: EmailAddress) async -> String? {
    guard let until = door.opensUntil, host.clock.now < until, let standing = door.standing,
      let grant = try? await grant(of: standing, at: address)
    else { return nil }
    return try? await seal(
      LetterLink(page: door.path, grant: grant, address: address, expires: until))
  }

  private func grant(
    of standing: Reader.Standing, at address: EmailAddress
  ) async throws -> Grant? {
    switch standing {
    case .volunteer(let id):
      Grant(.volunteer, subject: id.description)
    case .member(of: let organisation):
      try await directory.applications.member(at: address, of: organisation).map {
        Grant(.member, subject: $0.description)
      }
    case .reviewer(let id): Grant(.reviewer, subject: id.description)
    // A partner's people are not to be seen by whoever has a letter.
    case .contact, .nobody: nil
    }
  }
}
