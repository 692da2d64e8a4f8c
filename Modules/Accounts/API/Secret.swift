public import Kernel

/// 256 random bits in somebody's hands: a link, a cookie. Kept by Parvis as a hash only, and never
/// printed by accident: its description hides it.
public struct Secret: Hashable, Sendable, CustomStringConvertible {
  /// The text that goes into a link or a cookie: 43 letters, digits, hyphens and underscores.
  public let text: String

  /// Reads such a text; nil for anything else.
  public init?(_ text: String) {
    guard text.utf8.count == 43,
      text.utf8.allSatisfy({
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
          || $0 == 95
      })
    else { return nil }
    self.text = text
  }

  public var description: String { "(secret)" }
}

/// Where a request for Accounts comes from. Made by the web face, for every call.
public struct Visit: Hashable, Sendable {
  /// The address of the portal, from the operator's settings and never from the request:
  /// `https://parvis.example.org`. Links begin with it, and passkeys are bound to it.
  public let origin: String
  /// The client's network address, as far as it can be believed.
  public let network: String
  /// What the browser calls itself; shown to the person beside their sessions.
  public let device: String?
  /// Of the page, and of what is written in answer to it.
  public let language: Language
  /// Ties log lines and the audit together.
  public let request: String?

  /// Cuts `network` to 64 characters and `device` to 200.
  public init(
    origin: String, network: String, device: String? = nil, language: Language,
    request: String? = nil
  ) {
    self.origin = origin
    self.network = String(network.prefix(64))
    self.device = device.map { String($0.prefix(200)) }
    self.language = language
    self.request = request
  }
}

/// The paths that letters and terminals lead to. The web face answers them.
public enum AccountsPath {
  /// Opens the page with one button: `/sign-in/link/<secret>`.
  public static let link = "/sign-in/link/"
  /// Followed by the secret of an invitation.
  public static let invitation = "/invitation/"
  /// Followed by the secret for the first administrator.
  public static let firstAdministrator = "/welcome/"
  /// Followed by what `actionLink` sealed.
  public static let action = "/a/"
  /// Followed by the secret of a demonstration's link.
  public static let lookAround = "/look-around/"
}
