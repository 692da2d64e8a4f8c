public import Kernel

/// One piece of a page's content. There is no HTML in it: how it looks, is read aloud and printed is
/// the renderer's business.
public indirect enum Block: Sendable, Hashable {
  /// A heading and what stands under it; sections nest, at most three deep.
  case section(Section)
  case paragraph(PageValue)
  case facts([Fact])
  case notice(Notice)
  case table(Table)
  case people([PersonCard])
  case timeline([Moment])
  /// What is to be done, each with its state: a task list.
  case tasks([TaskLine])
  case links([Link])
  /// Buttons in a row: links that look like buttons, and forms without fields.
  case actions([PageAction])
  case form(Form)
  case chart(Chart)
  case files([FileLine])
  /// A text that a telephone's camera reads off the page, and what it is for. What it holds stands beside it
  /// in words.
  case code(String, Words)
  case progress(Progress)
  case tiles([Tile])
  /// More for whoever wants it: closed until opened.
  case details(Words, [Block])
  /// Two things that are read beside each other: answers and criteria. One below the other where
  /// there is no room.
  case beside([Block], [Block])
}

extension Block {
  public static func section(
    _ title: Words, id: String? = nil, @BlockBuilder _ blocks: () throws -> [Block]
  ) rethrows -> Block {
    .section(Section(title, id: id, try blocks()))
  }
  public static func paragraph(_ words: Words) -> Block { .paragraph(.words(words)) }
  public static func paragraph(en: String, fr: String) -> Block {
    .paragraph(.words(Words(en: en, fr: fr)))
  }
  /// What a person wrote, with its paragraphs.
  public static func prose(_ text: some CustomStringConvertible) -> Block {
    .paragraph(.text(text.description))
  }
  public static func facts(_ facts: Fact...) -> Block { .facts(facts) }
  public static func notice(
    _ tone: Tone = .info, _ title: Words, _ text: Words? = nil, links: [Link] = []
  ) -> Block {
    .notice(Notice(tone, title, text, links: links))
  }
  public static func links(_ links: Link...) -> Block { .links(links) }
  public static func actions(_ actions: PageAction...) -> Block { .actions(actions) }
}

public struct Section: Sendable, Hashable {
  public let title: Words
  /// What a link may lead to (`#team`); made from the place on the page where none is given.
  public let id: String?
  public let blocks: [Block]
  public init(_ title: Words, id: String? = nil, _ blocks: [Block]) {
    self.title = title
    self.id = id
    self.blocks = blocks
  }
}

/// A name and a value: one line of facts.
public struct Fact: Sendable, Hashable {
  public let name: Words
  public let value: PageValue
  /// Where it can be changed.
  public let change: Link?
  public init(_ name: Words, _ value: PageValue, change: Link? = nil) {
    self.name = name
    self.value = value
    self.change = change
  }
  public init(en: String, fr: String, _ value: PageValue, change: Link? = nil) {
    self.init(Words(en: en, fr: fr), value, change: change)
  }
}

/// What the reader should know before the rest.
public struct Notice: Sendable, Hashable {
  public let tone: Tone
  public let title: Words
  public let text: Words?
  public let links: [Link]
  public init(_ tone: Tone, _ title: Words, _ text: Words? = nil, links: [Link] = []) {
    self.tone = tone
    self.title = title
    self.text = text
    self.links = links
  }
}

/// Somebody as others on the page may know them.
public struct PersonCard: Sendable, Hashable {
  public let name: Words
  /// What they do here: “Project lead, Example & Co.”
  public let role: Words?
  public let facts: [Fact]
  public let tag: StateTag?
  public let page: String?
  public init(
    _ name: some CustomStringConvertible, role: Words? = nil, facts: [Fact] = [],
    tag: StateTag? = nil, page: String? = nil
  ) {
    self.init(words: Words(name.description), role: role, facts: facts, tag: tag, page: page)
  }
  /// A place that waits for somebody has words, no name.
  public init(
    words: Words, role: Words? = nil, facts: [Fact] = [], tag: StateTag? = nil, page: String? = nil
  ) {
    name = words
    self.role = role
    self.facts = facts
    self.tag = tag
    self.page = page
  }
}

/// Something on a line of time.
public struct Moment: Sendable, Hashable {
  public let when: PageValue
  public let title: Words
  public let text: PageValue?
  public let tag: StateTag?
  public let page: String?
  public init(
    _ when: PageValue, _ title: Words, _ text: PageValue? = nil, tag: StateTag? = nil,
    page: String? = nil
  ) {
    self.when = when
    self.title = title
    self.text = text
    self.tag = tag
    self.page = page
  }
}

/// One thing to do, and how far it is.
public struct TaskLine: Sendable, Hashable {
  public let title: Words
  public let hint: Words?
  public let state: StateTag
  /// Where it is done; nil when it cannot be done yet.
  public let page: String?
  public init(_ title: Words, hint: Words? = nil, state: StateTag, page: String?) {
    self.title = title
    self.hint = hint
    self.state = state
    self.page = page
  }
}

/// A button in a row of buttons.
public enum PageAction: Sendable, Hashable {
  /// Leads to a page.
  case link(Link)
  /// Does something at once (or after asking once more), without anything to fill in.
  case form(Form)
  public static func link(_ words: Words, _ path: String) -> PageAction { .link(Link(words, path)) }
}

/// A file to be had.
public struct FileLine: Sendable, Hashable {
  public let name: Words
  public let path: String
  /// `application/pdf`.
  public let type: String
  public let bytes: Int?
  public let note: PageValue?
  public init(
    _ name: Words, _ path: String, type: String, bytes: Int? = nil, note: PageValue? = nil
  ) {
    self.name = name
    self.path = path
    self.type = type
    self.bytes = bytes
    self.note = note
  }
}

/// How far something is: n of m.
public struct Progress: Sendable, Hashable {
  public let label: Words
  public let done: Int
  public let of: Int
  /// What it counts: “reviews”.
  public let unit: Words?
  public init(_ label: Words, done: Int, of total: Int, unit: Words? = nil) {
    self.label = label
    self.done = done
    self.of = total
    self.unit = unit
  }
}

/// A number that is looked at first.
public struct Tile: Sendable, Hashable {
  public let value: PageValue
  public let label: Words
  public let page: String?
  public init(_ value: PageValue, _ label: Words, page: String? = nil) {
    self.value = value
    self.label = label
    self.page = page
  }
}

/// Bars, with the same numbers as a table.
public struct Chart: Sendable, Hashable {
  public struct Bar: Sendable, Hashable {
    public let label: Words
    public let value: Int64
    public init(_ label: Words, _ value: Int64) {
      self.label = label
      self.value = value
    }
  }
  public let title: Words
  public let unit: Figure.Unit
  /// What the bars are: “company”.
  public let grouping: Words
  public let bars: [Bar]
  public init(_ title: Words, unit: Figure.Unit = .count, by grouping: Words, _ bars: [Bar]) {
    self.title = title
    self.unit = unit
    self.grouping = grouping
    self.bars = bars
  }
}
