/// How far the accompaniment of an organisation has come. Only moves forward.
public enum JourneyStage: String, Codable, CaseIterable, Sendable, Hashable {
  /// The laureate confirmed; nothing is written down yet.
  case started
  /// Where the organisation stands is written down.
  case diagnosed
  /// At least one need is agreed on.
  case needsConfirmed = "needs-confirmed"
  /// At least one brief is published.
  case briefed
  /// At least one follow-up was answered.
  case followedUp = "followed-up"
}

/// How far a need is.
public enum NeedState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Written down by either; it may change, or be dropped.
  case proposed
  /// Agreed on by the organisation and the operator; no longer changed.
  case confirmed
  /// Given up before it was confirmed; kept for the record.
  case dropped
}

/// How far a brief is. That it is cancelled is kept beside, so that it can be restored.
public enum BriefState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Being written; only the operator and the organisation see it.
  case draft
  /// Teams are matched to it; no longer changed.
  case published
}

/// What organisations are invited to.
public enum WorkshopKind: String, Codable, CaseIterable, Sendable, Hashable {
  /// Staff teach or work with those who are invited.
  case workshop
  /// Organisations meet each other, because they have much to give one another.
  case peerExchange = "peer-exchange"
}
