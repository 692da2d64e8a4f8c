/// Somebody's look at the platform: what pages are made in. It changes nothing.
public struct Reading: Sendable {
  let platform: Platform
  let actor: Actor
  let context: Context

  /// One look, at one moment; `request` ties its log lines together, drawn where it is nil.
  public init(
    _ platform: Platform, as actor: Actor, language: Language = .en, request: String? = nil
  ) {
    self.platform = platform
    self.actor = actor
    context = platform.context(actor, key: nil, language: language, request: request)
  }

  /// Checks who asks and what they ask with, asks other modules, then reads on one consistent state.
  /// Every error is a `Problem`; what was not foreseen is reported, and shown as a reference number.
  public func read<Input: Sendable, Answers: Sendable, Output: Sendable>(
    by callers: Set<Role>, file: StaticString = #fileID, line: UInt = #line,
    checking: @Sendable () throws -> Input,
    asking: @Sendable (Input, Context) async throws -> Answers,
    answer: @escaping @Sendable (Input, Answers, Transaction) throws -> Output
  ) async throws(Problem) -> Output {
    do {
      guard callers.contains(actor.role) || actor.role == .system else {
        throw actor.role == .anyone ? Problem.unauthenticated : Problem.forbidden
      }
      let input = try checking()
      let answers = try await asking(input, context)
      return try await ReadPace.of(file, line).read(platform.database) { connection in
        try answer(input, answers, Transaction(connection, context))
      }
    } catch let error as any UserFacing {
      let problem = error.problem
      if problem.status == 500 { platform.report(error, context.request) }
      throw problem
    } catch {
      platform.report(error, context.request)
      throw Problem.internalError(reference: context.request)
    }
  }
}
