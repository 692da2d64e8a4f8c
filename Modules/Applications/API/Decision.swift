internal import Kernel

/// What was decided about an application.
public enum Decision: String, Codable, CaseIterable, Sendable, Hashable {
  /// A place, to be confirmed by a day.
  case laureate
  /// No place for now; the first in line gets the next one that comes free.
  case waitingList = "waiting-list"
  /// No place, for a reason in words for the applicant.
  case refused
}
