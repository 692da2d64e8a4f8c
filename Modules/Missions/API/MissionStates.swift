public import Kernel

public enum MilestoneEntity {}
/// Which milestone of a mission.
public typealias MilestoneID = ID<MilestoneEntity>
public enum RiskEntity {}
/// Which risk raised in a mission.
public typealias RiskID = ID<RiskEntity>

/// How far an entry of hours is. Only validated ones count.
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

/// How far a submission is.
public enum DeliverableState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Handed in, and waiting for the organisation.
  case submitted
  /// For good: the mission may close.
  case accepted
  /// The organisation asks for changes; a new submission answers it.
  case returned
}

/// How far a milestone is.
public enum MilestoneState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Due on a day, and not reached; late once the day has passed.
  case planned
  /// The team or staff said so; there is no way back.
  case reached
}

/// How far a risk is.
public enum RiskState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Raised. It never keeps a mission from closing.
  case open
  /// Somebody said what became of it; if it is back, it is raised anew.
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
