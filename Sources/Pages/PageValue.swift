public import Kernel

/// One value as a page shows it. The renderer writes it in the person's language: days, hours and
/// numbers need no words of their own.
public indirect enum PageValue: Sendable, Hashable {
  case words(Words)
  /// What a person wrote: shown as it is, line breaks kept, never taken for anything else.
  case text(String)
  /// What a person wrote in a language that is known, so that it is read aloud as such.
  case quoted(String, Language)
  case day(Day)
  case moment(Instant, Zone)
  case number(Int64)
  /// In minutes, shown in hours.
  case minutes(Int64)
  /// In hundredths: scores, shares from 0 to 1 are shown in per cent by `percent`.
  case hundredths(Int64)
  case percent(Int64)
  case yesNo(Bool)
  case tag(StateTag)
  case link(Link)
  case email(EmailAddress)
  case phone(String)
  case list([PageValue])
  /// A button of one line: a form without fields a person fills in.
  case button(Form)
  /// There is none, said as such.
  case none

  public static func words(en: String, fr: String) -> PageValue { .words(Words(en: en, fr: fr)) }
  public static func number(_ value: Int) -> PageValue { .number(Int64(value)) }
  public static func minutes(_ value: Int) -> PageValue { .minutes(Int64(value)) }
  public static func text(_ value: some CustomStringConvertible) -> PageValue {
    .text(value.description)
  }
  /// A link by its words and where it leads.
  public static func link(_ words: Words, _ path: String) -> PageValue { .link(Link(words, path)) }
  public static func link(_ name: some CustomStringConvertible, _ path: String) -> PageValue {
    .link(Link(Words(name.description), path))
  }
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
  case plain
  case info
  case good
  case warning
  case bad
}

/// The state something is in.
public struct StateTag: Sendable, Hashable {
  public let words: Words
  public let tone: Tone
  public init(_ words: Words, _ tone: Tone = .plain) {
    self.words = words
    self.tone = tone
  }
}

/// A way to another page of the portal, or to an address outside (`https://`, `mailto:`). Its words
/// make sense alone.
public struct Link: Sendable, Hashable {
  public let words: Words
  public let path: String
  public let note: PageValue?
  public init(_ words: Words, _ path: String, note: PageValue? = nil) {
    self.words = words
    self.path = path
    self.note = note
  }
}
