public import Kernel

/// What other modules may ask about programmes, editions and the catalogue.
public protocol ProgrammesAPI: Sendable {
  /// The edition. Throws `Problem.notFound`.
  func edition(_ id: EditionID) async throws -> Edition
  /// All editions, the last to start first.
  func editions() async throws -> [Edition]
  /// The kick-off half-days of an edition, in order of time.
  func halfDays(of edition: EditionID) async throws -> [HalfDay]
  /// The operator's skills and mission types, in the order of the catalogue.
  func catalogue() async throws -> Catalogue
}

public struct EditionOpened: Event {
  public static let name = "programmes.edition-opened"
  public let id: EditionID
  public var aggregate: String { id.description }
  public var edition: EditionID? { id }
  public init(id: EditionID) { self.id = id }
}

/// The edition moved between on site, remote and hybrid; whatever was announced must be re-issued.
public struct FormatChanged: Event {
  public static let name = "programmes.format-changed"
  public let id: EditionID
  public let format: Format
  public var aggregate: String { id.description }
  public var edition: EditionID? { id }
  public init(id: EditionID, format: Format) {
    self.id = id
    self.format = format
  }
}

public struct EditionClosed: Event {
  public static let name = "programmes.edition-closed"
  public let id: EditionID
  /// Why it was closed though something was open; nil where nothing was.
  public let despite: Paragraph?
  public var aggregate: String { id.description }
  public var edition: EditionID? { id }
  public init(id: EditionID, despite: Paragraph? = nil) {
    self.id = id
    self.despite = despite
  }
}
