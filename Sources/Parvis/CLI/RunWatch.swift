internal import Kernel

/// Follows long work, a run that is being worked out, until what comes of it is there.
struct RunWatch {
  let work: Endpoint.LongWork
  let backend: Backend
  private var settings: Settings

  init(_ work: Endpoint.LongWork, _ backend: Backend, _ settings: Settings) {
    self.work = work
    self.backend = backend
    self.settings = settings
    // A key belongs to the command that was sent with it.
    self.settings.key = nil
  }

  /// Shows how far it is; Ctrl-C takes the best so far. Gives the run as it is in the end, or throws
  /// the reason why there are no teams.
  func follow(_ run: JSON) async throws -> JSON {
    Interrupt.listen()
    let line = SolveLine(settings.language)
    defer { line.end() }
    let id = run["id"] ?? .null
    var isStopped = false
    await backend.settle()
    while true {
      let state = try await ask(work.progress, id)
      if state["isOver"] == true { break }
      line.show(shown(state))
      if Interrupt.isAsked, !isStopped {
        isStopped = true
        _ = try await ask(work.stop, id)
        await backend.settle()
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    return try await ask(work.result.useCase, id)[work.result.field] ?? run
  }

  private func ask(_ endpoint: String, _ run: JSON) async throws -> JSON {
    guard let endpoint = bareEndpoints.first(where: { $0.id == endpoint }) else { return .null }
    do {
      return try await backend.perform(endpoint, [work.input: run], settings)
    } catch let problem as Problem where problem.code == work.isOverAlready {
      // It was done before it could be stopped.
      return .null
    }
  }

  private func shown(_ state: JSON) -> SolveLine.State {
    func score(_ name: String) -> (filled: Int64, points: Int64)? {
      guard let score = state[name], let filled = score["filled"]?.whole,
        let points = score["points"]?.whole
      else { return nil }
      return (filled, points)
    }
    return SolveLine.State(
      permille: Int(state["permille"]?.whole ?? 0),
      phase: state["phase"]?[settings.language.rawValue]?.text ?? "", best: score("best"),
      bound: score("bound"))
  }
}
