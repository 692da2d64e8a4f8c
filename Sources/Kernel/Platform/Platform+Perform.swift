/// A request from either face.
public struct Request: Sendable {
  /// The id of the use case, as `Endpoint.id`.
  public var endpoint: String
  /// Whoever asks, under the grant they named or any of theirs.
  public var actor: Actor
  /// As it came; checked against the schema before anything is done.
  public var input: JSON
  /// Sent again with the same key, a command gives the first answer and changes nothing.
  public var key: String?
  /// What problems and words are in.
  public var language: Language
  /// Ties log lines and answer together; drawn where it is nil.
  public var id: String?

  public init(
    _ endpoint: String, as actor: Actor, _ input: JSON = [:], key: String? = nil,
    language: Language = .en, id: String? = nil
  ) {
    self.endpoint = endpoint
    self.actor = actor
    self.input = input
    self.key = key
    self.language = language
    self.id = id
  }
}

/// Somebody let in to a use case: who they act as there is settled, nothing of the request was read.
public struct Admission: Sendable {
  /// The use case they may call.
  public let endpoint: Endpoint
  /// The caller under the grant the use case is for.
  public let actor: Actor

  fileprivate init(_ endpoint: Endpoint, _ actor: Actor) {
    self.endpoint = endpoint
    self.actor = actor
  }
}

extension Endpoint {
  /// Lets somebody in. Throws a `Problem` where nobody who acts like this may call it at all, or where
  /// several of their grants would do.
  public func admit(_ actor: Actor) throws(Problem) -> Admission {
    let actor = try actor.implied(for: callers)
    guard callers.contains(actor.role) || actor.role == .system else {
      throw actor.role == .anyone ? Problem.unauthenticated : Problem.forbidden
    }
    return Admission(self, actor)
  }
}

extension Platform {
  /// Answers a request by the name of its use case. Throws as the other form does.
  public func perform(_ request: Request) async throws(Problem) -> JSON {
    guard let endpoint = endpoint(request.endpoint) else {
      throw Problem.noSuchEndpoint(request.endpoint)
    }
    return try await perform(
      endpoint.admit(request.actor), request.input, key: request.key, language: request.language,
      request: request.id)
  }

  /// Performs the use case somebody was let in to. Every error is a `Problem`; what was not foreseen is
  /// reported, and shown as a reference number.
  public func perform(
    _ admission: Admission, _ input: JSON, key: String? = nil, language: Language = .en,
    request: String? = nil
  ) async throws(Problem) -> JSON {
    try await answer(admission, input, key, language, request, as: .tree) { try $0.json() }
  }

  /// The same, with the answer as it is sent over the network.
  public func performEncoded(
    _ admission: Admission, _ input: JSON, key: String? = nil, language: Language = .en,
    request: String? = nil
  ) async throws(Problem) -> EncodedJSON {
    try await answer(admission, input, key, language, request, as: .bytes) { try $0.encoded() }
  }

  private func answer<Form>(
    _ admission: Admission, _ input: JSON, _ key: String?, _ language: Language,
    _ request: String?, as form: Exchange.Form, _ read: (Endpoint.Answer) throws -> Form
  ) async throws(Problem) -> Form {
    let (endpoint, actor) = (admission.endpoint, admission.actor)
    let context = context(actor, key: key, language: language, request: request)
    do {
      let input = try await modernised(input)
      let faults = endpoint.input().faults(in: input)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      try await keepToEdition(actor, endpoint, input)
      let idempotency = key.map {
        Idempotency(key: $0, actor: actor, endpoint: endpoint.id, input: input)
      }
      if let idempotency, endpoint.isCommand,
        let known = try await database.readBriefly({ try idempotency.answer(in: $0) })
      {
        return try read(.tree(known))
      }
      return try read(
        await endpoint.answer(
          input,
          Exchange(context: context, database: database, idempotency: idempotency, form: form)))
    } catch {
      throw problem(for: error, in: context)
    }
  }
}
