/// A use case, offered over HTTP and on the command line alike.
public struct Endpoint: Sendable {
  public enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
  }

  /// `<module>.<verb>`: `applications.submit`. Also the words of the command: `parvis applications submit`.
  public let id: String
  public let method: Method
  /// Below `/v1`; parts in braces are fields of the input: `/applications/{application}/submission`.
  public let path: String
  /// Who may call it at all; the module's policy decides about the row.
  public let callers: Set<Role>
  public let summary: Words
  /// The codes of the problems of its own it may answer with.
  public let problems: [String]
  public let input: @Sendable () -> JSONSchema
  public let output: @Sendable () -> JSONSchema
  let answer: @Sendable (JSON, Exchange) async throws -> JSON

  public var isCommand: Bool { method != .get }
  public var module: String { String(id.prefix { $0 != "." }) }
  public var verb: String { String(id.drop { $0 != "." }.dropFirst()) }

  /// The names in braces, in order.
  public var pathFields: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
  }
}

/// One request in the hands of the platform.
struct Exchange: Sendable {
  let context: Context
  let database: any Database
  let idempotency: Idempotency?
}

extension Endpoint {
  /// A use case that only reads, on one consistent state.
  public static func query<Input: Codable & Sendable, Output: Codable & Sendable>(
    _ id: String, _ path: String, by callers: Set<Role>, _ summary: Words, problems: [String] = [],
    answer: @escaping @Sendable (Input, Transaction) throws -> Output
  ) -> Endpoint {
    query(id, path, by: callers, summary, problems: problems, asking: { _, _ in }) {
      input, _, transaction in try answer(input, transaction)
    }
  }

  /// A use case that asks other modules first, then reads its own rows.
  public static func query<
    Input: Codable & Sendable, Answers: Sendable, Output: Codable & Sendable
  >(
    _ id: String, _ path: String, by callers: Set<Role>, _ summary: Words, problems: [String] = [],
    asking: @escaping @Sendable (Input, Context) async throws -> Answers,
    answer: @escaping @Sendable (Input, Answers, Transaction) throws -> Output
  ) -> Endpoint {
    Endpoint(
      id: id, method: .get, path: path, callers: callers, summary: summary, problems: problems,
      input: { .reflecting(Input.self) }, output: { .reflecting(Output.self) }
    ) { json, exchange in
      let input = try json.decoded(as: Input.self)
      let answers = try await asking(input, exchange.context)
      return try await exchange.database.read { connection in
        try JSON.of(answer(input, answers, Transaction(connection, exchange.context)))
      }
    }
  }

  /// A use case that changes something: one transaction that holds its rows, its events, its audit
  /// line and, when the caller sent a key, its answer for the next time the key comes.
  public static func command<Input: Codable & Sendable, Output: Codable & Sendable>(
    _ id: String, _ method: Method, _ path: String, by callers: Set<Role>,
    _ summary: Words, problems: [String] = [],
    answer: @escaping @Sendable (Input, Transaction) throws -> Output
  ) -> Endpoint {
    command(id, method, path, by: callers, summary, problems: problems, asking: { _, _ in }) {
      input, _, transaction in try answer(input, transaction)
    }
  }

  /// A use case that asks other modules (or computes at length) first, then changes its own rows. It
  /// names in `relying` the events that would make what it asked untrue: then it asks again.
  public static func command<
    Input: Codable & Sendable, Answers: Sendable, Output: Codable & Sendable
  >(
    _ id: String, _ method: Method, _ path: String, by callers: Set<Role>,
    _ summary: Words, problems: [String] = [], relying: Reliance = .nothing,
    asking: @escaping @Sendable (Input, Context) async throws -> Answers,
    answer: @escaping @Sendable (Input, Answers, Transaction) throws -> Output
  ) -> Endpoint {
    Endpoint(
      id: id, method: method, path: path, callers: callers, summary: summary, problems: problems,
      input: { .reflecting(Input.self) }, output: { .reflecting(Output.self) }
    ) { json, exchange in
      let input = try json.decoded(as: Input.self)
      return try await exchange.database.write(
        relyingOn: relying, asking: { try await asking(input, exchange.context) }
      ) { answers, connection in
        if let known = try exchange.idempotency?.answer(in: connection) { return known }
        let transaction = Transaction(connection, exchange.context)
        let output = try JSON.of(answer(input, answers, transaction))
        try exchange.idempotency?.keep(output, in: connection, at: transaction.now)
        try audit(id, in: transaction)
        return output
      }
    }
  }
}

/// The input of a use case that needs none.
public struct Nothing: Codable, Sendable {
  public init() {}
}
