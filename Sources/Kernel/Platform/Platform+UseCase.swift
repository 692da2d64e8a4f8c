extension Platform {
  /// Performs a use case without JSON in between: the same roles, one transaction, events, audit line,
  /// key and old identifiers as for a request from outside. Every error is a `Problem`; what was not
  /// foreseen is reported, and shown as a reference number.
  public func perform<Input, Output>(
    _ useCase: UseCase<Input, Output>, _ input: Input, as actor: Actor, key: String? = nil,
    language: Language = .en, request: String? = nil
  ) async throws(Problem) -> Output {
    let endpoint = useCase.endpoint
    let actor = try endpoint.admit(actor).actor
    let context = context(actor, key: key, language: language, request: request)
    do {
      let sent = try JSON.of(input)
      let meant = try await modernised(sent)
      try await keepToEdition(actor, endpoint, meant)
      let exchange = Exchange(
        context: context, database: database,
        idempotency: endpoint.isCommand
          ? key.map {
            Idempotency(key: $0, actor: actor, endpoint: endpoint.id, input: meant)
          } : nil)
      if let idempotency = exchange.idempotency,
        let known = try await database.readBriefly({ try idempotency.answer(in: $0) })
      {
        return try known.decoded(as: Output.self)
      }
      let current = meant == sent ? input : try meant.decoded(as: Input.self)
      return try await useCase.answer(current, exchange).typed()
    } catch {
      throw problem(for: error, in: context)
    }
  }

  /// An error as people are told it; what is ours to mend is reported.
  func problem(for error: any Error, in context: Context) -> Problem {
    guard let known = (error as? any UserFacing)?.problem else {
      report(error, context.request)
      return .internalError(reference: context.request)
    }
    if known.status == 500 { report(error, context.request) }
    return known
  }
}
