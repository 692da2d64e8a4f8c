extension Endpoint {
  /// What is special about a use case, said by its module so that no face needs to know its name.
  public enum Trait: Sendable {
    /// Its answer is shown this once and kept nowhere: it takes no idempotency key.
    case answersWithSecret
    /// Its answer moves until it says `isOver`, and can be followed.
    case isFollowed
    /// It answers with a file (`SentFile`), whose contents are sent.
    case answersWithFile
    /// It answers with what is of the edition its caller is limited to, and nothing else.
    case keepsToEdition
    /// Its items stand under cursors, and more come: it can be followed from one on.
    case isFeed
    /// What it answers may still be in the making (`state` says `computing`): this is how it is followed.
    case starts(LongWork)
    /// Whoever is not known may call it, and it writes to the address at this path of its input: how often is
    /// limited, by network and by that address.
    case countsAttempts(address: String)
    /// How people read its answer where the type alone does not tell.
    case shown(@Sendable (JSON, Language) -> Display)
  }

  /// The use cases about one piece of long work. Each takes the work's id as `input`.
  public struct LongWork: Sendable {
    /// The field of their inputs that names the work.
    public let input: String
    /// How far it is: the id of a use case that is followed.
    public let progress: String
    /// Stops it; the best so far is kept.
    public let stop: String
    /// The code of the problem `stop` answers with where there is nothing left to stop.
    public let isOverAlready: String
    /// What came of it, once it is over, and the field of that answer that holds it.
    public let result: (useCase: String, field: String)

    public init(
      input: String, progress: String, stop: String, isOverAlready: String,
      result: (useCase: String, field: String)
    ) {
      self.input = input
      self.progress = progress
      self.stop = stop
      self.isOverAlready = isOverAlready
      self.result = result
    }
  }

  /// An answer as people read it, and the schema that orders its fields.
  public struct Display: Sendable {
    /// Not what programs get: they get the answer itself.
    public let output: JSON
    public let schema: JSONSchema

    public init(_ output: JSON, as schema: JSONSchema) {
      self.output = output
      self.schema = schema
    }
  }

  /// Whether its answer is shown once and kept nowhere.
  public var answersWithSecret: Bool {
    traits.contains { if case .answersWithSecret = $0 { true } else { false } }
  }
  /// Whether it keeps callers who are limited to an edition to it by itself.
  var keepsToEdition: Bool {
    traits.contains { if case .keepsToEdition = $0 { true } else { false } }
  }
  /// Whether it answers with a file.
  public var answersWithFile: Bool {
    traits.contains { if case .answersWithFile = $0 { true } else { false } }
  }
  /// The field of its input that takes a file; nil where none does.
  public var fileField: String? { input().properties.first { $0.schema.isFile }?.name }
  /// Whether its answer moves, and can be followed to its end.
  public var isFollowed: Bool {
    traits.contains { if case .isFollowed = $0 { true } else { false } }
  }
  /// Whether its items can be followed from a cursor on.
  public var isFeed: Bool {
    traits.contains { if case .isFeed = $0 { true } else { false } }
  }
  /// The long work a call of it may begin; nil where it begins none.
  public var longWork: LongWork? {
    for case .starts(let work) in traits { return work }
    return nil
  }
  /// Where its input holds the address that it writes to, where attempts at it are counted.
  public var addressOfAttempts: String? {
    for case .countsAttempts(let path) in traits { return path }
    return nil
  }
  /// `output` as people read it; nil where the type of the answer says enough.
  public func shown(_ output: JSON, in language: Language) -> Display? {
    for case .shown(let display) in traits { return display(output, language) }
    return nil
  }
}
