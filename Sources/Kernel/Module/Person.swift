/// Who somebody is, whatever they act as: the key of the audit, of idempotency keys, of “logged by”.
/// Written as one text: `person:<id>` for who has an account, `owner` for whoever holds the data
/// directory, `token:<id>` for a program, `parvis` for Parvis itself, `anyone` for who did not say,
/// and a grant (`volunteer:<id>`) for who is known by that alone.
public struct Person: SingleTextValue {
  public let description: String

  /// Whoever holds the data directory: the command line's usual person.
  public static let owner = Person(known: "owner")
  /// Parvis itself: events, periodic work.
  public static let parvis = Person(known: "parvis")
  /// Somebody who did not say who they are. Not one person: nothing is kept under this key.
  public static let anyone = Person(known: "anyone")

  /// Somebody with an account.
  public static func account(_ id: PersonID) -> Person { Person(known: "person:\(id)") }
  /// A program with a token of its own.
  public static func token(_ id: String) -> Person { Person(known: "token:\(id)") }
  /// Somebody of whom no more is known than what they are.
  public static func known(as grant: Grant) -> Person {
    switch grant.role {
    case .system: .parvis
    case .anyone: .anyone
    case .administrator, .manager, .reviewer, .member, .volunteer, .partner:
      Person(known: grant.description)
    }
  }

  /// Whether this is one person, told apart from others who do the same work: whoever holds the data
  /// directory, and staff of whom no more than the role is known, are not.
  public var isTold: Bool { description.contains(":") }

  /// The account, where there is one.
  public var account: PersonID? {
    description.hasPrefix("person:") ? PersonID(String(description.dropFirst(7))) : nil
  }

  /// Reads the form above; nil for a blank or overlong text, or one with spaces or controls in it.
  public init?(_ text: String) {
    guard (1...200).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    description = text
  }
  private init(known text: String) { description = text }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 1, maximum: 200, format: nil, pattern: "^[!-~]+$"))
  }
  public static var sample: Self { .owner }
  public static var expectation: Words {
    Words(
      en: "a person, such as person:3f2a…-…, owner or volunteer:3f2a…-…",
      fr: "une personne, telle que person:3f2a…-…, owner ou volunteer:3f2a…-…")
  }
}

/// Marks the identity of somebody with an account.
public enum PersonEntity {}
/// Which account; Accounts makes them.
public typealias PersonID = ID<PersonEntity>
