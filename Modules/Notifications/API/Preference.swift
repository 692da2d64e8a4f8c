/// How often somebody wants to hear from Parvis. What needs them to act by a date is sent at once
/// whatever they chose.
public enum DigestChoice: String, Codable, CaseIterable, Sendable, Hashable {
  case each
  /// One message a day with everything in it.
  case daily
  /// The same, on Mondays.
  case weekly
  case noneButNecessary = "none-but-necessary"
}

public enum MessageState: String, Codable, CaseIterable, Sendable, Hashable {
  /// On its way.
  case waiting
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
