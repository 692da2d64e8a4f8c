/// What somebody can do or ask, from a type to a type. Pages, other use cases of the module and tests
/// call it as it is; HTTP and the command line reach it through `endpoint`.
public struct UseCase<Input: Codable & Sendable, Output: Codable & Sendable>: Sendable {
  /// What it is called, where it is, who may call it; and the way in for JSON.
  public let endpoint: Endpoint
  let answer: @Sendable (Input, Exchange) async throws -> Answered<Output>

  private init(
    _ id: String, _ method: Endpoint.Method, _ path: String, by callers: Set<Role>,
    _ summary: Words, _ problems: [String], _ traits: [Endpoint.Trait],
    answer: @escaping @Sendable (Input, Exchange) async throws -> Answered<Output>
  ) {
    self.answer = answer
    endpoint = Endpoint(
      id: id, method: method, path: path, callers: callers, summary: summary, problems: problems,
      traits: traits, input: { .reflecting(Input.self) }, output: { .reflecting(Output.self) }
    ) { json, exchange in
      let answered = try await answer(json.decoded(as: Input.self), exchange)
      switch exchange.form {
      case .tree: return .tree(try answered.json())
      case .bytes: return .bytes(try answered.encoded())
      }
    }
  }
}

/// An answer just worked out, or one that was kept under the caller's key.
enum Answered<Output: Codable & Sendable>: Sendable {
  case now(Output)
  /// Worked out now, and kept in this form.
  case keptNow(Output, JSON)
  case before(JSON)

  func json() throws -> JSON {
    switch self {
    case .now(let output): try JSON.of(output)
    case .keptNow(_, let json), .before(let json): json
    }
  }

  func encoded() throws -> EncodedJSON {
    switch self {
    case .now(let output): try EncodedJSON(of: output)
    case .keptNow(_, let json), .before(let json): try EncodedJSON(tree: json)
    }
  }

  func typed() throws -> Output {
    switch self {
    case .now(let output), .keptNow(let output, _): output
    case .before(let json): try json.decoded(as: Output.self)
    }
  }
}

extension UseCase {
  /// A use case that only reads, on one consistent state.
  public static func query(
    _ id: String, _ path: String, by callers: Set<Role>, _ summary: Words, problems: [String] = [],
    traits: [Endpoint.Trait] = [],
    answer: @escaping @Sendable (Input, Transaction) throws -> Output
  ) -> Self {
    let pace = ReadPace()
    return UseCase(id, .get, path, by: callers, summary, problems, traits) { input, exchange in
      try await pace.read(exchange.database) { connection in
        .now(try answer(input, Transaction(connection, exchange.context)))
      }
    }
  }

  /// A use case that asks other modules first, then reads its own rows.
  public static func query<Answers: Sendable>(
    _ id: String, _ path: String, by callers: Set<Role>, _ summary: Words, problems: [String] = [],
    traits: [Endpoint.Trait] = [],
    asking: @escaping @Sendable (Input, Context) async throws -> Answers,
    answer: @escaping @Sendable (Input, Answers, Transaction) throws -> Output
  ) -> Self {
    let pace = ReadPace()
    return UseCase(id, .get, path, by: callers, summary, problems, traits) { input, exchange in
      let answers = try await asking(input, exchange.context)
      return try await pace.read(exchange.database) { connection in
        .now(try answer(input, answers, Transaction(connection, exchange.context)))
      }
    }
  }

  /// A use case that changes something: one transaction that holds its rows, its events, its audit
  /// line and, when the caller sent a key, its answer for the next time the key comes.
  public static func command(
    _ id: String, _ method: Endpoint.Method, _ path: String, by callers: Set<Role>,
    _ summary: Words, problems: [String] = [], traits: [Endpoint.Trait] = [],
    answer: @escaping @Sendable (Input, Transaction) throws -> Output
  ) -> Self {
    command(
      id, method, path, by: callers, summary, problems: problems, traits: traits,
      asking: { _, _ in }
    ) { input, _, transaction in try answer(input, transaction) }
  }

  /// A use case that asks other modules (or computes at length) first, then changes its own rows. It
  /// names in `relying` the events that would make what it asked untrue: then it asks again.
  public static func command<Answers: Sendable>(
    _ id: String, _ method: Endpoint.Method, _ path: String, by callers: Set<Role>,
    _ summary: Words, problems: [String] = [], traits: [Endpoint.Trait] = [],
    relying: Reliance = .nothing,
    asking: @escaping @Sendable (Input, Context) async throws -> Answers,
    answer: @escaping @Sendable (Input, Answers, Transaction) throws -> Output
  ) -> Self {
    UseCase(id, method, path, by: callers, summary, problems, traits) { input, exchange in
      try await exchange.database.write(
        relyingOn: relying, asking: { try await asking(input, exchange.context) }
      ) { answers, connection in
        if let known = try exchange.idempotency?.answer(in: connection) { return .before(known) }
        let transaction = Transaction(connection, exchange.context)
        let output = try answer(input, answers, transaction)
        try audit(id, in: transaction)
        guard let idempotency = exchange.idempotency else { return .now(output) }
        let json = try JSON.of(output)
        try idempotency.keep(json, in: connection, at: transaction.now)
        return .keptNow(output, json)
      }
    }
  }
}

/// Makes a list of endpoints of typed use cases and of other lists: each file states its own, and the
/// module joins them. `make boundaries` finds a use case that no list of its file names.
@resultBuilder
public enum UseCases {
  /// One use case in the list.
  public static func buildExpression<Input, Output>(
    _ useCase: UseCase<Input, Output>
  ) -> [Endpoint] { [useCase.endpoint] }
  /// One without a typed form.
  public static func buildExpression(_ endpoint: Endpoint) -> [Endpoint] { [endpoint] }
  /// Another list.
  public static func buildExpression(_ endpoints: [Endpoint]) -> [Endpoint] { endpoints }
  /// All of them, in the order they stand.
  public static func buildBlock(_ parts: [Endpoint]...) -> [Endpoint] { parts.flatMap { $0 } }
}
