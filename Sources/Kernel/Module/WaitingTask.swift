/// One thing that waits for somebody: shown on the home page, by `parvis todo`, in reminders.
public struct WaitingTask: Codable, Hashable, Sendable {
  /// `<module>.<what>`: `matching.confirm-place`. The same for all tasks of a kind.
  public let kind: String
  /// What to do, as one would say it: “Confirm your place in ‘Fundraising plan’”.
  public let title: Words
  /// Since when it waits.
  public let since: Instant
  /// By when it should be done, where there is a term.
  public let due: Instant?
  /// Where it is done: the path of a page of the portal, `/missions/3f2a…`.
  public let page: String
  /// How many things it stands for, where one line stands for several.
  public let count: Int
  /// Whose it is, for staff who look at what waits for others; nil for one's own.
  public let owner: Name?

  public init(
    _ kind: String, title: Words, since: Instant, due: Instant? = nil, page: String, count: Int = 1,
    owner: Name? = nil
  ) {
    self.kind = kind
    self.title = title
    self.since = since
    self.due = due
    self.page = page
    self.count = count
    self.owner = owner
  }
}
