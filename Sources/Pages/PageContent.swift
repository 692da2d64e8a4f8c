public import Kernel

/// What a page says: values without HTML, the same for every renderer and test.
public struct PageContent: Sendable, Hashable {
  /// The heading, and the title of the window.
  public var title: Words
  /// A line above the title: what the page belongs to.
  public var over: Words?
  /// A line below it.
  public var lead: Words?
  /// The way back: from far to near, without the page itself.
  public var trail: [Link]
  /// In the order they are read.
  public var blocks: [Block]

  /// Content with what the builder lists; throws what the builder throws.
  public init(
    title: Words, over: Words? = nil, lead: Words? = nil, trail: [Link] = [],
    @BlockBuilder _ blocks: () throws -> [Block]
  ) rethrows {
    self.title = title
    self.over = over
    self.lead = lead
    self.trail = trail
    self.blocks = try blocks()
  }

  /// Every way to another page, wherever it stands, in order: paths of the portal and addresses outside.
  public var ways: [String] { trail.map(\.path) + blocks.flatMap(\.ways) }

  /// Every form of the page, wherever it stands, in order.
  public var forms: [Form] { blocks.flatMap(\.forms) }
}

extension Block {
  /// The forms in this block and in what it holds.
  public var forms: [Form] {
    switch self {
    case .form(let form): [form]
    case .section(let section): section.blocks.flatMap(\.forms)
    case .details(_, let blocks): blocks.flatMap(\.forms)
    case .beside(let left, let right): (left + right).flatMap(\.forms)
    case .actions(let actions):
      actions.compactMap { if case .form(let form) = $0 { form } else { nil } }
    case .table(let table): table.rows.flatMap { $0.cells.flatMap(\.forms) }
    case .facts(let facts): facts.flatMap(\.value.forms)
    case .people(let people): people.flatMap { $0.facts.flatMap(\.value.forms) }
    case .paragraph(let value): value.forms
    case .timeline(let moments): moments.flatMap { $0.text?.forms ?? [] }
    case .notice, .tasks, .links, .chart, .files, .progress, .tiles, .code: []
    }
  }
}

extension Block {
  /// Where this block and what it holds lead to.
  public var ways: [String] {
    switch self {
    case .section(let section): section.blocks.flatMap(\.ways)
    case .details(_, let blocks): blocks.flatMap(\.ways)
    case .beside(let left, let right): (left + right).flatMap(\.ways)
    case .paragraph(let value): value.ways
    case .facts(let facts): facts.flatMap { $0.value.ways + ($0.change.map { [$0.path] } ?? []) }
    case .notice(let notice): notice.links.map(\.path)
    case .table(let table):
      table.rows.flatMap { ($0.page.map { [$0] } ?? []) + $0.cells.flatMap(\.ways) }
    case .people(let people):
      people.flatMap { ($0.page.map { [$0] } ?? []) + $0.facts.flatMap(\.value.ways) }
    case .timeline(let moments):
      moments.flatMap { ($0.page.map { [$0] } ?? []) + ($0.text?.ways ?? []) }
    case .tasks(let tasks): tasks.compactMap(\.page)
    case .links(let links): links.map(\.path)
    case .actions(let actions):
      actions.compactMap { if case .link(let link) = $0 { link.path } else { nil } }
    case .files(let files): files.map(\.path)
    case .tiles(let tiles): tiles.compactMap(\.page)
    case .form(let form): form.cancel.map { [$0.path] } ?? []
    case .chart, .progress, .code: []
    }
  }
}

extension PageValue {
  fileprivate var ways: [String] {
    switch self {
    case .link(let link): [link.path]
    case .list(let values): values.flatMap(\.ways)
    default: []
    }
  }
}

extension PageValue {
  fileprivate var forms: [Form] {
    switch self {
    case .button(let form): [form]
    case .list(let values): values.flatMap(\.forms)
    default: []
    }
  }
}

/// Lets pages be written as a list of blocks, with `if`, `switch` and `for`.
@resultBuilder
public enum BlockBuilder {
  /// One block.
  public static func buildExpression(_ block: Block) -> [Block] { [block] }
  /// Blocks that were made elsewhere.
  public static func buildExpression(_ blocks: [Block]) -> [Block] { blocks }
  /// All of them, in the order they stand.
  public static func buildBlock(_ parts: [Block]...) -> [Block] { parts.flatMap { $0 } }
  /// None where the condition does not hold.
  public static func buildOptional(_ part: [Block]?) -> [Block] { part ?? [] }
  /// As it stands.
  public static func buildEither(first part: [Block]) -> [Block] { part }
  /// As it stands.
  public static func buildEither(second part: [Block]) -> [Block] { part }
  /// All of them, in the order of the loop.
  public static func buildArray(_ parts: [[Block]]) -> [Block] { parts.flatMap { $0 } }
}
