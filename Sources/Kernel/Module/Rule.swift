/// A rule that people must know, under a name of its own: what is refused or done by itself, and when.
public struct Rule: Sendable, Hashable {
  /// `<module>.<what>`: `missions.longest-day`. Documents and people quote it.
  public let id: String
  /// The rule in a sentence, with its numbers.
  public let words: Words
  /// The code of the problem that whoever runs into it is told; nil where nobody is refused anything.
  public let problem: String?

  public init(_ id: String, _ words: Words, refusedWith problem: String? = nil) {
    self.id = id
    self.words = words
    self.problem = problem
  }
}
