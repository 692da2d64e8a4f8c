/// How often somebody wants to hear from Parvis. What needs them to act by a date is sent at once
/// whatever they chose.
public enum DigestChoice: String, Codable, CaseIterable, Sendable, Hashable {
  /// A message for every fact, at once.
  case each
  /// One message a day with everything in it.
  case daily
  /// The same, on Mondays.
  case weekly
  /// Nothing but what needs them to act by a date.
  case noneButNecessary = "none-but-necessary"
}

/// How far a message is.
public enum MessageState: String, Codable, CaseIterable, Sendable, Hashable {
  /// On its way.
  case waiting
  /// A mailbox took it; whether it was read nobody knows.
  case sent
  /// Tried often enough; staff may have it tried again.
  case failed
  /// Waits for the recipient's daily digest.
  case held
  /// Went out as a part of a digest.
  case digested
  /// Its recipient asked for necessary messages only.
  case withheld
}
