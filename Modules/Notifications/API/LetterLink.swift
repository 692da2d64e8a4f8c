public import Kernel

/// A page that a letter's reader may open without signing in, until its term.
public struct LetterLink: Hashable, Sendable {
  /// The page's path.
  public let page: String
  /// As what it is opened.
  public let grant: Grant
  /// Where the letter goes.
  public let address: EmailAddress
  /// The term of what is asked.
  public let expires: Instant

  public init(page: String, grant: Grant, address: EmailAddress, expires: Instant) {
    self.page = page
    self.grant = grant
    self.address = address
    self.expires = expires
  }
}

/// Makes the path of such a link; nil, or an error, where one must sign in.
public typealias LinkSealer = @Sendable (LetterLink) async throws -> String?
