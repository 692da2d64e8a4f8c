public import Kernel

public enum AccountsLetterEntity {}

/// A letter that leaves at once and whose text, which may hold a secret, is kept nowhere.
public struct AccountsLetter: Sendable {
  /// Handed over again under the same id, it is the same letter.
  public let id: ID<AccountsLetterEntity>
  /// What a log may call it: `sign-in`.
  public let kind: Key
  /// Its language is the letter's.
  public let to: Contact
  /// May hold a secret, as the text may.
  public let subject: Words
  /// Without salutation and close.
  public let paragraphs: [Words]
  /// What the one thing to do is called, and its whole address.
  public let button: (words: Words, address: String)?

  public init(
    id: ID<AccountsLetterEntity>, kind: Key, to: Contact, subject: Words, paragraphs: [Words],
    button: (words: Words, address: String)?
  ) {
    self.id = id
    self.kind = kind
    self.to = to
    self.subject = subject
    self.paragraphs = paragraphs
    self.button = button
  }
}

/// Who takes letters to people. Throws when one is not on its way; it is handed over again then.
public typealias LetterCarrier = @Sendable (AccountsLetter, Context) async throws -> Void
