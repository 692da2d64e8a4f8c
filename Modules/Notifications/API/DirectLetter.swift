public import Kernel

/// A letter that another module writes and that leaves at once, whatever its reader chose about
/// digests: a sign-in link, a code. Its text may hold a secret and is kept nowhere.
public struct DirectLetter: Sendable {
  /// What the one thing to do is called, and the whole address it is done at.
  public struct Button: Sendable {
    /// On the button, in the letter's language.
    public let words: Words
    /// May hold a secret; whole, with scheme and host.
    public let address: String

    public init(_ words: Words, address: String) {
      self.words = words
      self.address = address
    }
  }

  /// Drawn by the caller: handed over again under the same id, it is the same message.
  public let id: MessageID
  /// What the log calls it: `sign-in`. Nothing of what it says.
  public let kind: Key
  /// Its language is the letter's.
  public let to: Contact
  /// May hold a secret; kept nowhere, as the text.
  public let subject: Words
  /// Without salutation and close.
  public let paragraphs: [Words]
  /// Nil where there is nothing to do, only to know.
  public let button: Button?

  public init(
    id: MessageID, kind: Key, to: Contact, subject: Words, paragraphs: [Words],
    button: Button? = nil
  ) {
    self.id = id
    self.kind = kind
    self.to = to
    self.subject = subject
    self.paragraphs = paragraphs
    self.button = button
  }
}
