public import Kernel

/// What a page says to whoever opened the link of a sign-in letter. Opening it signs nobody in.
public enum LinkState: String, Codable, CaseIterable, Sendable, Hashable {
  /// This is the browser that asked: show the one button.
  case ready
  /// Another browser: say to type the code where one asked.
  case elsewhere
  /// It, or its code, signed somebody in before.
  case used
  /// A newer one was asked for since.
  case replaced
  /// Ten minutes passed.
  case expired
  /// Nothing of the kind, or ended after too many wrong codes.
  case unknown
}

/// What a letter asks for, and of whom: one page, as one hat, about one row, until its deadline.
public struct ActionRequest: Hashable, Sendable {
  /// The path of the page it opens.
  public let page: String
  /// The hat it acts as: never staff's, nor one that wants a second factor.
  public let grant: Grant
  /// The row the page is about.
  public let row: String
  /// Where the letter goes: the link is good while this address has that hat.
  public let address: EmailAddress
  /// The deadline of the thing.
  public let expires: Instant

  public init(
    page: String, grant: Grant, row: String, address: EmailAddress, expires: Instant
  ) {
    self.page = page
    self.grant = grant
    self.row = row
    self.address = address
    self.expires = expires
  }
}

/// What an action link opens: that page and what it offers, nothing else.
public struct ActionVisit: Hashable, Sendable {
  /// Whoever has an account is that person, under this one hat.
  public let actor: Actor
  /// The hat it acts as, as it is now.
  public let hat: Hat
  /// As it was asked for.
  public let page: String
  /// As it was asked for.
  public let row: String
  /// The deadline of the thing; the link opens nothing from then on.
  public let expires: Instant
  /// Goes into the page's forms.
  public let formToken: String

  public init(
    actor: Actor, hat: Hat, page: String, row: String, expires: Instant, formToken: String
  ) {
    self.actor = actor
    self.hat = hat
    self.page = page
    self.row = row
    self.expires = expires
    self.formToken = formToken
  }

  /// Whether a form came from this page. Takes the same time whatever it is given.
  public func accepts(formToken given: String) -> Bool { isSame(given, formToken) }
}

/// Staff somebody is invited to be, as the page of the invitation shows it.
public struct InvitationView: Codable, Hashable, Sendable {
  /// Where the letter went; it becomes theirs when they accept.
  public let address: EmailAddress
  /// As whoever invited them wrote it.
  public let name: Name
  /// What they become.
  public let role: StaffRole
  /// Three days after it was made.
  public let expires: Instant

  public init(address: EmailAddress, name: Name, role: StaffRole, expires: Instant) {
    self.address = address
    self.name = name
    self.role = role
    self.expires = expires
  }
}

/// Whom a link of a demonstration lets somebody look around as.
public struct GuideView: Hashable, Sendable {
  /// Nil where no hat says one.
  public let name: Name?
  /// What they are, in words.
  public let hats: [Words]

  public init(name: Name?, hats: [Words]) {
    self.name = name
    self.hats = hats
  }
}

/// What the operator's own people are.
public enum StaffRole: String, Codable, CaseIterable, Sendable, Hashable, SQLConvertible {
  /// Everything staff may, and who is staff.
  case administrator
  /// Runs programmes; does not say who is staff, nor how letters leave.
  case manager

  /// As an actor bears it.
  public var role: Role {
    switch self {
    case .administrator: .administrator
    case .manager: .manager
    }
  }
}
