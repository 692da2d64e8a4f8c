internal import Kernel
internal import NotificationsAPI

/// Where those who carry messages to a mailbox fetch them, and leave what became of each.
actor Desk {
  /// So many failures in a row are the mailbox's fault, not the messages'.
  private static let hopeless = 5

  /// How many may carry; fewer once the server refused one of them.
  private var lanes: Int
  private var carriers = 0
  private var ready: ArraySlice<MessageRow> = []
  /// Fetched, and not back.
  private var away = 0
  private var outcomes: [DeliveryOutcome] = []
  private var failures = 0
  private var isClosed = false
  /// Whether one message was taken: more connections make sense.
  private(set) var isProven = false
  /// Whether nothing more is handed over.
  private(set) var isOver = false

  private var idle: [CheckedContinuation<MessageRow?, Never>] = []
  private var noting: (worth: Int, continuation: CheckedContinuation<Void, Never>)?

  init(lanes: Int) { self.lanes = lanes }

  /// Lays messages out, and says how many more are wanted to carry them.
  func add(_ rows: [MessageRow]) -> Int {
    if isOver {
      outcomes += rows.map { DeliveryOutcome(row: $0, result: .untouched) }
      return 0
    }
    ready += rows
    while let row = ready.first, let waiting = idle.popLast() {
      ready.removeFirst()
      away += 1
      waiting.resume(returning: row)
    }
    let wanted = min(isProven ? lanes : 1, carriers + ready.count)
    let more = max(0, wanted - carriers)
    carriers += more
    return more
  }

  /// The next message; nil when no more will come.
  func next() async -> MessageRow? {
    if let row = ready.popFirst() {
      away += 1
      // The stock is used up: what is done is noted, and more comes.
      wakeIfWorth()
      return row
    }
    guard !isClosed, !isOver else { return nil }
    return await withCheckedContinuation { idle.append($0) }
  }

  /// Takes back what became of a message, and says whether its carrier goes on.
  func finish(_ outcome: DeliveryOutcome) -> Bool {
    away -= 1
    outcomes.append(outcome)
    var goesOn = true
    switch outcome.result {
    case .taken: (failures, isProven) = (0, true)
    case .untouched: break
    case .refused(let refusal) where refusal.concernsAll:
      goesOn = false
      quit()
    case .refused(let refusal):
      failures += refusal.kind == .never ? 0 : 1
      if failures >= Self.hopeless { giveUp() }
    }
    wakeIfWorth()
    return goesOn && !isOver
  }

  /// A carrier that could not connect goes, and no other comes in its place.
  func leave() {
    quit()
    wakeIfWorth()
  }

  /// What became of messages: of that many, unless no more comes before others are handed out.
  func outcomes(atLeast worth: Int) async -> [DeliveryOutcome] {
    if !isWorth(worth) {
      await withCheckedContinuation { noting = (worth, $0) }
    }
    defer { outcomes = [] }
    return outcomes
  }

  /// Nothing more is handed over.
  func close() {
    isClosed = true
    ready = []
    dismiss()
  }

  private func quit() {
    carriers -= 1
    lanes -= 1
    // Nobody is left to carry anything.
    if carriers == 0 { giveUp() }
  }

  private func giveUp() {
    isOver = true
    outcomes += ready.map { DeliveryOutcome(row: $0, result: .untouched) }
    ready = []
    dismiss()
  }

  private func dismiss() {
    for waiting in idle { waiting.resume(returning: nil) }
    idle = []
  }

  private func isWorth(_ worth: Int) -> Bool {
    !outcomes.isEmpty && (outcomes.count >= worth || ready.isEmpty && away < max(1, carriers))
      || ready.isEmpty && away == 0
  }

  private func wakeIfWorth() {
    guard let (worth, continuation) = noting, isWorth(worth) else { return }
    noting = nil
    continuation.resume()
  }
}
