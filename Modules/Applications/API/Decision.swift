internal import Kernel

/// What was decided about an application.
public enum Decision: String, Codable, CaseIterable, Sendable, Hashable {
  case laureate
  case waitingList = "waiting-list"
  case refused
}
