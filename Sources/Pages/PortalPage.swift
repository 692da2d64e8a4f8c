public import Kernel

/// A read that gives content for people instead of JSON: next to `Endpoint`, and like it in all else.
public struct PortalPage: Sendable {
  /// `<module>.<what>`: `missions.team`. Stable: letters' links name it.
  public let id: String
  /// Parts in braces are fields of the input: `/missions/{mission}`. Never below `/v1`.
  public let path: String
  /// Who may open it at all; the module's policy decides about the row.
  public let callers: Set<Role>
  /// What menus and links call it.
  public let title: Words
  /// Shown in the menu of whoever may open it; only for pages whose path has no braces.
  public let inMenu: Bool
  /// Whether a letter's link may open it without signing in. Not for what is sensitive: staff's pages,
  /// a partner's people, personal data beyond the person's own.
  public let byLetter: Bool
  /// What path and query may hold; reflected at the first call, then known.
  public let input: @Sendable () -> JSONSchema
  let answer: @Sendable (JSON, Reading) async throws(Problem) -> PageContent

  /// The names in braces, in order.
  public var pathFields: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
  }

  /// A page that only reads its module's rows. The input is decoded from path and query.
  public init<Input: Codable & Sendable>(
    _ id: String, _ path: String, by callers: Set<Role>, _ title: Words, inMenu: Bool = false,
    byLetter: Bool = false,
    content: @escaping @Sendable (Input, Transaction) throws -> PageContent
  ) {
    self.init(
      id, path, by: callers, title, inMenu: inMenu, byLetter: byLetter, asking: { _, _ in }
    ) { (input: Input, _: Void, transaction) in try content(input, transaction) }
  }

  /// A page that asks other modules first, then reads its own rows on one consistent state.
  public init<Input: Codable & Sendable, Answers: Sendable>(
    _ id: String, _ path: String, by callers: Set<Role>, _ title: Words, inMenu: Bool = false,
    byLetter: Bool = false,
    asking: @escaping @Sendable (Input, Context) async throws -> Answers,
    content: @escaping @Sendable (Input, Answers, Transaction) throws -> PageContent
  ) {
    self.id = id
    self.path = path
    self.callers = callers
    self.title = title
    self.inMenu = inMenu
    self.byLetter = byLetter
    input = { .reflecting(Input.self) }
    answer = { (json, reading) throws(Problem) in
      try await reading.read(
        by: callers, checking: { try json.valid(as: Input.self) },
        asking: { input, context in try await asking(input, context) }
      ) { input, answers, transaction in try content(input, answers, transaction) }
    }
  }
}

/// A file of the portal that a module makes: a calendar, a deliverable as it was handed in.
public struct PortalFile: Sendable {
  /// `<module>.<what>`: `missions.calendar`. Stable.
  public let id: String
  /// Parts in braces are fields of the input. Never below `/v1`.
  public let path: String
  /// Who may have it at all; the module's policy decides about the row.
  public let callers: Set<Role>
  /// Whether a letter's link may open it without signing in.
  public let byLetter: Bool
  /// What path and query may hold; reflected at the first call, then known.
  public let input: @Sendable () -> JSONSchema
  let answer: @Sendable (JSON, Reading) async throws(Problem) -> FileContent

  /// A file that is made when asked for: other modules are asked first, then rows read.
  public init<Input: Codable & Sendable, Answers: Sendable>(
    _ id: String, _ path: String, by callers: Set<Role>, byLetter: Bool = false,
    asking: @escaping @Sendable (Input, Context) async throws -> Answers,
    content: @escaping @Sendable (Input, Answers, Transaction) throws -> FileContent
  ) {
    self.id = id
    self.path = path
    self.callers = callers
    self.byLetter = byLetter
    input = { .reflecting(Input.self) }
    answer = { (json, reading) throws(Problem) in
      try await reading.read(
        by: callers, checking: { try json.valid(as: Input.self) },
        asking: { input, context in try await asking(input, context) }
      ) { input, answers, transaction in try content(input, answers, transaction) }
    }
  }
}

/// A file's contents, never shown as a page: it is saved under its name.
public struct FileContent: Sendable, Hashable {
  /// What it is saved as, with its ending.
  public let name: String
  /// `text/calendar`. HTML is not served.
  public let type: String
  /// Empty where `kept` says which contents are sent.
  public let bytes: [UInt8]
  /// Kept contents that are sent in place of `bytes`.
  public let kept: SentFile?
  /// A file that is made at the moment.
  public init(name: String, type: String, bytes: [UInt8]) {
    self.name = name
    self.type = type
    self.bytes = bytes
    kept = nil
  }
  /// A file as it was handed in.
  public init(_ file: SentFile) {
    name = file.name.description
    type = file.type.mediaType
    bytes = []
    kept = file
  }
}

/// A module that has a place in the portal.
public protocol PortalModule: Module {
  /// In the order of the menu.
  var pages: [PortalPage] { get }
  /// What it hands out beside its pages.
  var files: [PortalFile] { get }
}

extension PortalModule {
  /// None: it hands out nothing.
  public var files: [PortalFile] { [] }
}

extension Module {
  /// What it has in the portal; nothing for a module that has no place there.
  public var portalPages: [PortalPage] { (self as? any PortalModule)?.pages ?? [] }
}

extension PortalPage {
  /// Whether this is the page at an address: `/missions/3f2a…`.
  public func isAt(_ address: String) -> Bool {
    let own = path.split(separator: "/")
    let parts = address.split(separator: "/")
    return own.count == parts.count
      && zip(own, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}

extension Platform {
  /// Every page of the modules that have some.
  public var pages: [PortalPage] { modules.flatMap(\.portalPages) }
  /// Every file that modules hand out.
  public var files: [PortalFile] { modules.flatMap { ($0 as? any PortalModule)?.files ?? [] } }

  /// What a page says to somebody. Throws `Problem`, as a use case does.
  public func content(
    of page: PortalPage, as actor: Actor, _ input: JSON = [:], language: Language = .en,
    request: String? = nil
  ) async throws(Problem) -> PageContent {
    try await page.answer(
      input, Reading(self, as: actor, language: language, request: request))
  }

  /// The same by the id of the page, for tests.
  /// Throws `Problem`; `notFound` where no page has this id.
  public func content(
    of page: String, as actor: Actor, _ input: JSON = [:], language: Language = .en
  ) async throws(Problem) -> PageContent {
    guard let page = pages.first(where: { $0.id == page }) else {
      throw Problem.notFound(Words(en: "page", fr: "page"), page)
    }
    return try await content(of: page, as: actor, input, language: language)
  }

  /// What a file holds for somebody. Throws `Problem`, as a use case does.
  public func contents(
    of file: PortalFile, as actor: Actor, _ input: JSON = [:], language: Language = .en,
    request: String? = nil
  ) async throws(Problem) -> FileContent {
    try await file.answer(
      input, Reading(self, as: actor, language: language, request: request))
  }
}

extension JSON {
  /// The input a page was opened with. What is no value of the page's is no page: a link with a wrong
  /// id in it leads nowhere, as one with an unknown id.
  func valid<Input: Codable>(as type: Input.Type) throws -> Input {
    let faults = JSONSchema.reflecting(Input.self).faults(in: self)
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
    return try decoded(as: Input.self)
  }
}
