/// What went wrong, for the person who can do something about it. Rendered as RFC 9457 over HTTP and
/// as text on the command line.
public struct Problem: Error, Codable, Hashable, Sendable {
  /// Stable, machine-readable: `applications/deadline-passed`.
  public var code: String
  /// The HTTP status; the command line's exit code follows from it.
  public var status: Int
  /// A few words; the same for every problem of this code.
  public var title: Words
  /// What happened this time, in a sentence.
  public var detail: Words
  /// What to do now.
  public var advice: Words?
  /// Empty where no field is at fault.
  public var fields: [FieldProblem]
  /// How many seconds to wait before trying again, where that helps.
  public var retryAfter: Int?

  public init(
    _ code: String, status: Int, title: Words, detail: Words, advice: Words? = nil,
    fields: [FieldProblem] = [], retryAfter: Int? = nil
  ) {
    self.code = code
    self.status = status
    self.title = title
    self.detail = detail
    self.advice = advice
    self.fields = fields
    self.retryAfter = retryAfter
  }
}

/// One field, line or cell at fault.
public struct FieldProblem: Codable, Hashable, Sendable {
  /// The path of the field (`answers.budget`), or the place in a file (`line 4, email`).
  public var field: String
  /// The rest of a sentence about the field: “is required”.
  public var message: Words

  /// A fault of one field, or of the whole where `field` is empty.
  public init(_ field: String, en: String, fr: String) {
    self.field = field
    message = Words(en: en, fr: fr)
  }

  init(decoding error: DecodingError) {
    func place(_ path: [any CodingKey]) -> String {
      path.reduce("") { whole, key in
        key.intValue.map { "\(whole)[\($0)]" } ?? joined(whole, key.stringValue)
      }
    }
    switch error {
    case .keyNotFound(let key, let context):
      self.init(place(context.codingPath + [key]), en: "is required", fr: "est obligatoire")
    case .dataCorrupted(let context) where context.underlyingError is TextFault:
      let words = (context.underlyingError as? TextFault)?.words ?? Words("")
      self.init(place(context.codingPath), en: words.en, fr: words.fr)
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      self.init(
        place(context.codingPath), en: context.debugDescription,
        fr: "valeur non reconnue (\(context.debugDescription))")
    @unknown default:
      self.init("", en: "could not be read", fr: "illisible")
    }
  }
}

/// An error that is meant for people. Each module's contract has one such enum.
public protocol UserFacing: Error {
  /// What to say of it: the same code for the same case, always.
  var problem: Problem { get }
}

extension Problem: UserFacing {
  public var problem: Problem { self }
}
