internal import Kernel
internal import NotificationsAPI

extension NotificationsModule {
  /// How long to wait after each failure; after the last, a message has failed for good.
  static let patience: [Int64] = [60, 300, 1800, 7200, 21_600]
  /// A run ends after so many seconds: hours, limits and other work are looked at again.
  private static let longest: Int64 = 60

  /// Hands what waits to the mailbox, over several connections to a mail server. A message is marked
  /// after the mailbox has it: a process that dies in between delivers it again under the same id,
  /// which is the same file. A mail server cannot be asked whether it has a message: so each is noted
  /// before it is handed over, a few together; their outcomes and the notes of the next share a commit.
  var deliverWaiting: Job {
    .every(
      seconds: 5, "notifications.deliver",
      outside: { run in
        let settings = try await run.read { try $0.mailSettings() }
        let head = letterhead(settings, try await masthead())
        let desk = Desk(lanes: settings.host == nil ? 1 : settings.connections)
        try await withThrowingTaskGroup(of: Void.self) { group in
          do {
            try await handOut(to: desk, settings, run) {
              group.addTask { await carry(from: desk, head, settings) }
            }
          } catch {
            // What is on its way is finished; its notes stay, and say what may be a second copy.
            await desk.close()
            try await group.waitForAll()
            throw error
          }
          await desk.close()
          try await group.waitForAll()
        }
      })
  }

  /// Notes what became of messages and hands out others, until none is due or the mailbox takes none.
  private func handOut(
    to desk: Desk, _ settings: MailSettingsRow, _ run: JobRun, opening: () -> Void
  ) async throws {
    let isServer = settings.host != nil
    var pace = isServer ? Pace(lanes: settings.connections) : .folder
    var queue = MessageQueue()
    var out: [MessageID: EmailAddress] = [:]
    var done: [DeliveryOutcome] = []
    let end = run.context.now.advanced(bySeconds: Self.longest)
    while true {
      let isOver = await desk.isOver
      let room = isOver || host.clock.now >= end ? 0 : pace.room - (out.count - done.count)
      for outcome in done { out[outcome.row.id] = nil }
      let (outcomes, before, under) = (done, queue, Array(out.values))
      let (picked, after) = try await run.write { transaction in
        try transaction.note(outcomes)
        guard room > 0 else { return ([MessageRow](), before) }
        var queue = before
        let picked = try transaction.take(room, from: &queue, beside: under, settings, zone)
        return (picked, queue)
      }
      queue = after
      for row in picked { out[row.id] = row.recipient }
      for _ in 0..<(await desk.add(picked)) { opening() }
      guard !out.isEmpty else { return }
      done = await desk.outcomes(atLeast: pace.worth)
      pace.noted = done.count
    }
  }

  /// One connection's work: one message after the other, as long as there are any.
  private func carry(from desk: Desk, _ head: Letterhead, _ settings: MailSettingsRow) async {
    let outlet = outlet(settings)
    do {
      // The first connects with its message, so that the log says why it cannot.
      if await desk.isProven { try await outlet.prepare() }
      while let row = await desk.next() {
        guard await desk.finish(attempt(row, head, settings, outlet)) else { break }
      }
    } catch {
      // The server wants no more of us at once: the others go on.
      await desk.leave()
    }
    await outlet.finish()
  }

  private func attempt(
    _ row: MessageRow, _ head: Letterhead, _ settings: MailSettingsRow, _ outlet: any Mailbox
  ) async -> DeliveryOutcome {
    do {
      let address = await address(of: row, below: head.portal)
      try await outlet.deliver(outgoing(message(row, head, leadingTo: address), settings))
      return DeliveryOutcome(row: row, result: .taken)
    } catch {
      return DeliveryOutcome(
        row: row,
        result: .refused(
          error as? MailboxRefusal ?? MailboxRefusal(.later, words(of: error))))
    }
  }

  /// What staff read about a mailbox that did not take a message.
  func words(of error: any Error) -> String {
    switch error {
    case let refusal as MailboxRefusal: refusal.words
    case let error as any UserFacing: error.problem.detail.en
    default: "the mailbox did not take it"
    }
  }
}

/// What became of a message that was marked as being handed over.
struct DeliveryOutcome: Sendable {
  enum Result: Sendable {
    case taken
    case refused(MailboxRefusal)
    /// The mailbox was given up before its turn came.
    case untouched
  }
  /// As it was before it was marked.
  let row: MessageRow
  let result: Result
}

/// How many messages are marked at a time. Whatever is marked when the process dies may be there twice, so it
/// is no more than the connections have in hand and use up while a commit lasts; a server that takes one
/// in a while has little marked.
struct Pace: Sendable {
  private let first: Int
  private let most: Int
  /// How many outcomes the last commit held.
  var noted = 0
  /// The folder can be asked, so that a batch is no risk: one commit for many.
  private let isPatient: Bool

  init(lanes: Int) {
    (first, most, isPatient) = (lanes, lanes * 8, false)
  }
  private init(batch: Int) {
    (first, most, isPatient) = (batch, batch, true)
  }
  static let folder = Pace(batch: 100)

  var room: Int { min(most, first + 2 * noted) }
  /// For so many outcomes a commit is worth it, while there is more to hand over.
  var worth: Int { isPatient ? most : max(1, noted / 2) }
}
