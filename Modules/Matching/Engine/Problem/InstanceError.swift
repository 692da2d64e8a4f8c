/// Why an instance was refused: where, and what is wrong there.
public struct InstanceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of thing is wrong.
  public enum Kind: Sendable, Equatable {
    /// Arrays that do not fit together.
    case shape
    /// A number outside its range, or a sum that would overflow.
    case range
    /// An index that names nothing.
    case unknown
    /// The same thing twice.
    case duplicate
    /// Locks that no answer can satisfy together.
    case contradictoryLocks([Pair])
  }

  /// Tells programs what to do about it; people read the rest.
  public let kind: Kind
  /// Which entry, in words: "volunteer 3", "pin volunteer 2, role 5".
  public let place: String
  /// What is wrong there, in English.
  public let reason: String
  /// The whole in French, where a file can lead to it.
  private let french: String?

  public init(_ kind: Kind, at place: String, _ reason: String, french: String? = nil) {
    self.kind = kind
    self.place = place
    self.reason = reason
    self.french = french
  }

  public var description: String { "\(place): \(reason)" }

  /// Where and what; in English where nobody but a programmer can have caused it.
  public func description(in language: ExplanationLanguage) -> String {
    language == .french ? french ?? description : description
  }
}
