internal import Kernel
internal import Synchronization

/// What forms led to, for a while: a second click on a button that is gone after the first leads to
/// the same place.
final class Submissions: Sendable {
  struct Outcome: Sendable {
    let place: String
    let said: Words?
  }
  private let kept = Mutex<(order: [String], byKey: [String: Outcome])>(([], [:]))
  private let most = 5000

  func outcome(of key: String) -> Outcome? { kept.withLock { $0.byKey[key] } }

  func note(_ outcome: Outcome, under key: String) {
    kept.withLock { kept in
      if kept.byKey.updateValue(outcome, forKey: key) == nil { kept.order.append(key) }
      if kept.order.count > most {
        for old in kept.order.prefix(most / 2) { kept.byKey[old] = nil }
        kept.order.removeFirst(most / 2)
      }
    }
  }
}
