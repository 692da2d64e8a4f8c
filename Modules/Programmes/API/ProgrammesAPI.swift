public import Kernel

/// What other modules may ask about programmes, editions and the catalogue.
/// Members throw `StorageError`, and what they say beside.
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

/// An edition is open. Said when staff open it, and when they reopen a closed one.
public struct EditionOpened: Event {
  public static let name = "programmes.edition-opened"
  /// The edition that is open now.
  public let id: EditionID
  public var aggregate: String { id.description }
  public var edition: EditionID? { id }
  public init(id: EditionID) { self.id = id }
}

/// The edition moved between on site, remote and hybrid; whatever was announced must be re-issued.
/// Said when staff change it while planned or open, never to the format it had.
public struct FormatChanged: Event {
  public static let name = "programmes.format-changed"
  /// The edition, which is not closed.
  public let id: EditionID
  /// The one that holds from now on.
  public let format: Format
  public var aggregate: String { id.description }
  public var edition: EditionID? { id }
  public init(id: EditionID, format: Format) {
    self.id = id
    self.format = format
  }
}

/// An edition is over. Said when staff close an open one; it may open again later.
public struct EditionClosed: Event {
  public static let name = "programmes.edition-closed"
  /// The edition that is closed now.
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
