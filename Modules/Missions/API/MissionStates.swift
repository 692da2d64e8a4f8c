public import Kernel

public enum MilestoneEntity {}
public typealias MilestoneID = ID<MilestoneEntity>
public enum RiskEntity {}
public typealias RiskID = ID<RiskEntity>

public enum HoursState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Logged, and to be checked.
  case waiting
  /// Checked: in the ledger from here on, for good.
  case validated
  /// Sent back to its author with a remark.
  case returned
  /// Taken back by its author; kept so that the ledger has no holes.
  case withdrawn
}

public enum DeliverableState: String, Codable, CaseIterable, Sendable, Hashable {
  case submitted
  case accepted
  /// The organisation asks for changes; a new submission answers it.
  case returned
}

public enum MilestoneState: String, Codable, CaseIterable, Sendable, Hashable {
  case planned
  case reached
}

public enum RiskState: String, Codable, CaseIterable, Sendable, Hashable {
  case open
  case closed
}

/// A limit the operator or the law sets, as data with a date of effect.
public enum MissionRule: String, Codable, CaseIterable, Sendable, Hashable {
  /// How many minutes anybody may log for one day.
  case dailyMinutes = "daily-minutes"
  /// How many minutes a job seeker may log for one week, Monday to Sunday: volunteering stays
  /// compatible with the search (art. L.5425-8 of the French labour code).
  case jobSeekerWeeklyMinutes = "job-seeker-weekly-minutes"
}
