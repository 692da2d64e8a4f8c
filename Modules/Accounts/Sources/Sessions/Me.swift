internal import AccountsAPI
internal import Kernel

extension AccountsModule {
  @UseCases var aboutMe: [Endpoint] {
    showMe
    showTasks
  }

  struct Me: Codable, Sendable {
    let person: Person
    let name: Name?
    let acting: Grant
    let hats: [Hat]
  }
  struct TaskLine: Codable, Sendable {
    let hat: Hat
    let task: WaitingTask
  }

  var showMe: UseCase<Nothing, Me> {
    .query(
      "accounts.me", "/me", by: .signedIn,
      Words(en: "Show who you are here", fr: "Montrer qui vous êtes ici"),
      asking: { (_: Nothing, context) in try await hats(of: context.actor) }
    ) { (_: Nothing, hats, transaction) in
      let person = try transaction.actor.person.account.flatMap {
        try transaction.find(PersonRow.self, $0)
      }
      return Me(
        person: transaction.actor.person,
        name: person?.name ?? hats.lazy.compactMap(\.name).first,
        acting: transaction.actor.grant, hats: hats)
    }
  }

  var showTasks: UseCase<Nothing, [TaskLine]> {
    .query(
      AccountsUseCases.tasks, "/me/tasks", by: .signedIn,
      Words(
        en: "List what waits for you, under each of your hats",
        fr: "Lister ce qui vous attend, à chacun de vos titres"),
      asking: { (_: Nothing, context) in try await tasks(of: context.actor, at: context.now) }
    ) { (_: Nothing, tasks, _) in tasks }
  }

  /// What somebody may act as, in words.
  private func hats(of actor: Actor) async throws -> [Hat] {
    var hats: [Hat] = []
    for grant in actor.grants { hats.append(try await hat(known: grant)) }
    return hats
  }

  private func hat(known grant: Grant) async throws -> Hat {
    for module in others { if let hat = try await module.hat(of: grant) { return hat } }
    let title = StaffRole(rawValue: grant.role.rawValue)?.title ?? Words(grant.role.rawValue)
    return Hat(grant, label: title)
  }

  /// What waits, what is due first first; what has no term last, the oldest first.
  private func tasks(of actor: Actor, at now: Instant) async throws -> [TaskLine] {
    var lines: [TaskLine] = []
    for grant in actor.grants {
      guard let acting = actor.acting(as: grant) else { continue }
      let hat = try await hat(known: grant)
      for module in others {
        lines += try await module.tasks(for: acting, at: now).map { TaskLine(hat: hat, task: $0) }
      }
    }
    func order(_ line: TaskLine) -> (Int64, Int64) {
      (line.task.due?.milliseconds ?? .max, line.task.since.milliseconds)
    }
    return lines.sorted { order($0) < order($1) }
  }
}
