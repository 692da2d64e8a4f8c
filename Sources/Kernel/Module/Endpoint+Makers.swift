/// Use cases without a property of their own: those of modules that a test makes up, in one list.
extension Endpoint {
  /// One that only reads, as `UseCase.query`.
  public static func query<Input: Codable & Sendable, Output: Codable & Sendable>(
    _ id: String, _ path: String, by callers: Set<Role>, _ summary: Words, problems: [String] = [],
    answer: @escaping @Sendable (Input, Transaction) throws -> Output
  ) -> Endpoint {
    UseCase.query(id, path, by: callers, summary, problems: problems, answer: answer).endpoint
  }

  /// One that asks other modules first, then reads, as `UseCase.query`.
  public static func query<
    Input: Codable & Sendable, Answers: Sendable, Output: Codable & Sendable
  >(
    _ id: String, _ path: String, by callers: Set<Role>, _ summary: Words, problems: [String] = [],
    asking: @escaping @Sendable (Input, Context) async throws -> Answers,
    answer: @escaping @Sendable (Input, Answers, Transaction) throws -> Output
  ) -> Endpoint {
    UseCase.query(
      id, path, by: callers, summary, problems: problems, asking: asking, answer: answer
    ).endpoint
  }

  /// One that changes something, as `UseCase.command`.
  public static func command<Input: Codable & Sendable, Output: Codable & Sendable>(
    _ id: String, _ method: Method, _ path: String, by callers: Set<Role>,
    _ summary: Words, problems: [String] = [],
    answer: @escaping @Sendable (Input, Transaction) throws -> Output
  ) -> Endpoint {
    UseCase.command(
      id, method, path, by: callers, summary, problems: problems, answer: answer
    ).endpoint
  }

  /// One that asks first, then changes something, as `UseCase.command`.
  public static func command<
    Input: Codable & Sendable, Answers: Sendable, Output: Codable & Sendable
  >(
    _ id: String, _ method: Method, _ path: String, by callers: Set<Role>,
    _ summary: Words, problems: [String] = [], relying: Reliance = .nothing,
    asking: @escaping @Sendable (Input, Context) async throws -> Answers,
    answer: @escaping @Sendable (Input, Answers, Transaction) throws -> Output
  ) -> Endpoint {
    UseCase.command(
      id, method, path, by: callers, summary, problems: problems, relying: relying, asking: asking,
      answer: answer
    ).endpoint
  }
}
