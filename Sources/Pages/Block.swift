public import Kernel

/// One piece of a page's content. There is no HTML in it: how it looks, is read aloud and printed is
/// the renderer's business.
public indirect enum Block: Sendable, Hashable {
  /// A heading and what stands under it; sections nest, at most three deep.
  case section(Section)
  /// One paragraph; text of a person keeps its own.
  case paragraph(PageValue)
  /// A list of names and values, in the order given.
  case facts([Fact])
  /// What to know before the rest, set off.
  case notice(Notice)
  /// A list with columns, as cards where there is no room.
  case table(Table)
  /// Somebody each, in the order given.
  case people([PersonCard])
  /// In the order given, which is that of time.
  case timeline([Moment])
  /// What is to be done, each with its state: a task list.
  case tasks([TaskLine])
  /// One below the other, each with what to know of it.
  case links([Link])
  /// Buttons in a row: links that look like buttons, and forms without fields.
  case actions([PageAction])
  /// What an endpoint takes, filled in by a person.
  case form(Form)
  /// Bars, and the same numbers as a table.
  case chart(Chart)
  /// One below the other, each with its kind and size.
  case files([FileLine])
  /// A text that a telephone's camera reads off the page, and what it is for. What it holds stands beside it
  /// in words.
  case code(String, Words)
  /// n of m, in words and as a bar.
  case progress(Progress)
  /// A few numbers beside each other.
  case tiles([Tile])
  /// More for whoever wants it: closed until opened.
  case details(Words, [Block])
  /// Two things that are read beside each other: answers and criteria. One below the other where
  /// there is no room.
  case beside([Block], [Block])
}

extension Block {
  /// A section with what the builder lists; throws what the builder throws.
  public static func section(
    _ title: Words, id: String? = nil, @BlockBuilder _ blocks: () throws -> [Block]
  ) rethrows -> Block {
    .section(Section(title, id: id, try blocks()))
  }
  /// One paragraph of the house's own words.
  public static func paragraph(_ words: Words) -> Block { .paragraph(.words(words)) }
  /// The same from both languages.
  public static func paragraph(en: String, fr: String) -> Block {
    .paragraph(.words(Words(en: en, fr: fr)))
  }
  /// What a person wrote, with its paragraphs.
  public static func prose(_ text: some CustomStringConvertible) -> Block {
    .paragraph(.text(text.description))
  }
  /// The same, written one after the other.
  public static func facts(_ facts: Fact...) -> Block { .facts(facts) }
  /// A notice; without a tone, one that only informs.
  public static func notice(
    _ tone: Tone = .info, _ title: Words, _ text: Words? = nil, links: [Link] = []
  ) -> Block {
    .notice(Notice(tone, title, text, links: links))
  }
  /// The same, written one after the other.
  public static func links(_ links: Link...) -> Block { .links(links) }
  /// The same, written one after the other.
  public static func actions(_ actions: PageAction...) -> Block { .actions(actions) }
}

/// What stands under one heading.
public struct Section: Sendable, Hashable {
  /// The heading; its level follows from how deep the section is.
  public let title: Words
  /// What a link may lead to (`#team`); made from the place on the page where none is given.
  public let id: String?
  /// In the order they are read.
  public let blocks: [Block]
  public init(_ title: Words, id: String? = nil, _ blocks: [Block]) {
    self.title = title
    self.id = id
    self.blocks = blocks
  }
}

/// A name and a value: one line of facts.
public struct Fact: Sendable, Hashable {
  /// A few words, without a colon.
  public let name: Words
  /// One value; several as a list.
  public let value: PageValue
  /// Where it can be changed.
  public let change: Link?
  public init(_ name: Words, _ value: PageValue, change: Link? = nil) {
    self.name = name
    self.value = value
    self.change = change
  }
  /// The same from both languages.
  public init(en: String, fr: String, _ value: PageValue, change: Link? = nil) {
    self.init(Words(en: en, fr: fr), value, change: change)
  }
}

/// What the reader should know before the rest.
public struct Notice: Sendable, Hashable {
  /// Said in words too: the title must do without the colour.
  public let tone: Tone
  /// A sentence, or a few words.
  public let title: Words
  /// Nil where the title says everything.
  public let text: Words?
  /// What can be done about it.
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
  /// As the reader may know them; words where nobody is there yet.
  public let name: Words
  /// What they do here: “Project lead, Example & Co.”
  public let role: Words?
  /// Only what the reader may see of them.
  public let facts: [Fact]
  /// Where they stand; nil where that is nothing to know.
  public let tag: StateTag?
  /// Their own page; nil where the reader may not open it, or there is none.
  public let page: String?
  /// Somebody by their name, the same in every language.
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
  /// A day, or a moment in a zone.
  public let when: PageValue
  /// What happens then.
  public let title: Words
  /// More about it; nil where the title says enough.
  public let text: PageValue?
  /// Where it stands; nil where that is nothing to know.
  public let tag: StateTag?
  /// Where it is; nil where it has no page.
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
  /// What to do, as one would say it.
  public let title: Words
  /// What to know before beginning.
  public let hint: Words?
  /// How far it is, in words.
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
  /// A link that looks like a button.
  public static func link(_ words: Words, _ path: String) -> PageAction { .link(Link(words, path)) }
}

/// A file to be had.
public struct FileLine: Sendable, Hashable {
  /// What it is, not what it is saved as.
  public let name: Words
  /// Where it is had: a path of the portal.
  public let path: String
  /// `application/pdf`.
  public let type: String
  /// Its size; nil where that is not known before it is made.
  public let bytes: Int?
  /// When and by whom, for example.
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
  /// Without a colon: the renderer sets it.
  public let label: Words
  /// From 0 to `of`.
  public let done: Int
  /// May be 0, where there is nothing to do.
  public let of: Int
  /// What it counts: “reviews”.
  public let unit: Words?
  /// So many of a total.
  public init(_ label: Words, done: Int, of total: Int, unit: Words? = nil) {
    self.label = label
    self.done = done
    self.of = total
    self.unit = unit
  }
}

/// A number that is looked at first.
public struct Tile: Sendable, Hashable {
  /// A number, hours or a share: short enough to be set large.
  public let value: PageValue
  /// Below the number.
  public let label: Words
  /// Where what it counts is listed; nil where it leads nowhere.
  public let page: String?
  public init(_ value: PageValue, _ label: Words, page: String? = nil) {
    self.value = value
    self.label = label
    self.page = page
  }
}

/// Bars, with the same numbers as a table.
public struct Chart: Sendable, Hashable {
  /// One group and what it comes to.
  public struct Bar: Sendable, Hashable {
    /// The group.
    public let label: Words
    /// In the unit of the chart.
    public let value: Int64
    public init(_ label: Words, _ value: Int64) {
      self.label = label
      self.value = value
    }
  }
  /// Also the caption of the table.
  public let title: Words
  /// What the values are in: minutes where it says hours, hundredths where it says score.
  public let unit: Figure.Unit
  /// What the bars are: “company”.
  public let grouping: Words
  /// In the order given.
  public let bars: [Bar]
  public init(_ title: Words, unit: Figure.Unit = .count, by grouping: Words, _ bars: [Bar]) {
    self.title = title
    self.unit = unit
    self.grouping = grouping
    self.bars = bars
  }
}
