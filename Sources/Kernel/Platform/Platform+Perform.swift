/// A request from either face.
public struct Request: Sendable {
  public var endpoint: String
  public var actor: Actor
  public var input: JSON
  /// Sent again with the same key, a command gives the first answer and changes nothing.
  public var key: String?
  public var language: Language
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

extension Platform {
  /// Answers a request. Every error is a `Problem`; what was not foreseen is reported, and shown
  /// as a reference number.
  public func perform(_ request: Request) async throws(Problem) -> JSON {
    try await answer(request, as: .tree) { try $0.json() }
  }

  /// Answers a request with what is sent over the network.
  public func performEncoded(_ request: Request) async throws(Problem) -> EncodedJSON {
    try await answer(request, as: .bytes) { try $0.encoded() }
  }

  private func answer<Form>(
    _ request: Request, as form: Exchange.Form, _ read: (Endpoint.Answer) throws -> Form
  ) async throws(Problem) -> Form {
    var request = request
    guard let endpoint = endpoint(request.endpoint) else {
      throw Problem.noSuchEndpoint(request.endpoint)
    }
    request.actor = try request.actor.implied(for: endpoint.callers)
    let context = context(
      request.actor, key: request.key, language: request.language, request: request.id)
    do {
      try endpoint.require(request.actor)
      request.input = try await modernised(request.input)
      let faults = endpoint.input().faults(in: request.input)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      let idempotency = request.key.map {
        Idempotency(key: $0, actor: request.actor, endpoint: endpoint.id, input: request.input)
      }
      if let idempotency, endpoint.isCommand,
        let known = try await database.readBriefly({ try idempotency.answer(in: $0) })
      {
        return try read(.tree(known))
      }
      return try read(
        await endpoint.answer(
          request.input,
          Exchange(
            context: context, database: database, idempotency: idempotency, form: form)))
    } catch {
      throw problem(for: error, in: context)
    }
  }
}
