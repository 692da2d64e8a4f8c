/// How far the accompaniment of an organisation has come. Only moves forward.
public enum JourneyStage: String, Codable, CaseIterable, Sendable, Hashable {
  case started
  case diagnosed
  case needsConfirmed = "needs-confirmed"
  /// At least one brief is published.
  case briefed
  /// At least one follow-up was answered.
  case followedUp = "followed-up"
}

public enum NeedState: String, Codable, CaseIterable, Sendable, Hashable {
  case proposed
  /// Agreed on by the organisation and the operator; no longer changed.
  case confirmed
  case dropped
}

public enum BriefState: String, Codable, CaseIterable, Sendable, Hashable {
  case draft
  /// Teams are matched to it; no longer changed.
  case published
}

public enum WorkshopKind: String, Codable, CaseIterable, Sendable, Hashable {
  case workshop
  /// Organisations meet each other, because they have much to give one another.
  case peerExchange = "peer-exchange"
}
