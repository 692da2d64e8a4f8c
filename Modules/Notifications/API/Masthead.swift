public import Kernel

/// Who runs this instance, as letters say it.
public struct Masthead: Hashable, Sendable {
  /// Nil where the operator gave none.
  public let name: Name?
  /// As it stands on paper, with its lines.
  public let address: String?
  /// Where people may write to; nil where the operator gave none.
  public let email: EmailAddress?
  /// `#0c3b46`.
  public let colour: String?

  public init(
    name: Name?, address: String? = nil, email: EmailAddress? = nil, colour: String? = nil
  ) {
    self.name = name
    self.address = address
    self.email = email
    self.colour = colour
  }
}
