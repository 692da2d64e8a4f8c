public import Kernel

/// One value as a page shows it. The renderer writes it in the person's language: days, hours and
/// numbers need no words of their own.
public indirect enum PageValue: Sendable, Hashable {
  /// The house's own words.
  case words(Words)
  /// What a person wrote: shown as it is, line breaks kept, never taken for anything else.
  case text(String)
  /// What a person wrote in a language that is known, so that it is read aloud as such.
  case quoted(String, Language)
  /// Written out, in the person's language.
  case day(Day)
  /// Day and time, by the clocks of that zone.
  case moment(Instant, Zone)
  /// Whole; with spaces or commas between thousands, as the language has them.
  case number(Int64)
  /// In minutes, shown in hours.
  case minutes(Int64)
  /// In hundredths: scores, shares from 0 to 1 are shown in per cent by `percent`.
  case hundredths(Int64)
  /// Whole per cent.
  case percent(Int64)
  /// As a word.
  case yesNo(Bool)
  /// A state, in words and with a tone.
  case tag(StateTag)
  /// A way to another page.
  case link(Link)
  /// Can be written to by a click.
  case email(EmailAddress)
  /// As it is written; can be called by a touch.
  case phone(String)
  /// Several values, one after the other.
  case list([PageValue])
  /// A button of one line: a form without fields a person fills in.
  case button(Form)
  /// There is none, said as such.
  case none

  /// The same from both languages.
  public static func words(en: String, fr: String) -> PageValue { .words(Words(en: en, fr: fr)) }
  /// The same from an `Int`.
  public static func number(_ value: Int) -> PageValue { .number(Int64(value)) }
  /// Minutes, shown in hours.
  public static func minutes(_ value: Int) -> PageValue { .minutes(Int64(value)) }
  /// What a person wrote, from a value that holds a text.
  public static func text(_ value: some CustomStringConvertible) -> PageValue {
    .text(value.description)
  }
  /// A link by its words and where it leads.
  public static func link(_ words: Words, _ path: String) -> PageValue { .link(Link(words, path)) }
  /// A link by a name, the same in every language.
  public static func link(_ name: some CustomStringConvertible, _ path: String) -> PageValue {
    .link(Link(Words(name.description), path))
  }
  /// A state by its words; without a tone, a plain one.
  public static func tag(_ words: Words, _ tone: Tone = .plain) -> PageValue {
    .tag(StateTag(words, tone))
  }
  /// The value where there is one.
  public static func optional<T>(_ value: T?, _ shown: (T) -> PageValue) -> PageValue {
    value.map(shown) ?? .none
  }
}

extension PageValue: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self = .words(Words(value)) }
}

/// What something means for the reader, beside its words: never by colour alone.
public enum Tone: String, Sendable, Hashable, CaseIterable {
  /// Nothing beyond the words.
  case plain
  /// Good to know.
  case info
  /// Done, or as it should be.
  case good
  /// Something to look at.
  case warning
  /// Wrong, or about to take something away.
  case bad
}

/// The state something is in.
public struct StateTag: Sendable, Hashable {
  /// What is read; enough by itself.
  public let words: Words
  /// How it is shown.
  public let tone: Tone
  public init(_ words: Words, _ tone: Tone = .plain) {
    self.words = words
    self.tone = tone
  }
}

/// A way to another page of the portal, or to an address outside (`https://`, `mailto:`). Its words
/// make sense alone.
public struct Link: Sendable, Hashable {
  /// Say where it leads: “Read the brief”, not “here”.
  public let words: Words
  /// Of the portal, from its root; or an address outside.
  public let path: String
  /// More beside the link, where links stand in a list.
  public let note: PageValue?
  public init(_ words: Words, _ path: String, note: PageValue? = nil) {
    self.words = words
    self.path = path
    self.note = note
  }
}
