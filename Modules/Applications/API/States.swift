public import Kernel

/// How far a call for applications is.
public enum CallState: String, Codable, CaseIterable, Sendable, Hashable, SQLConvertible {
  /// Being written; only the operator sees it.
  case draft
  /// Takes applications until the end of its last day, in the edition's zone.
  case open
  /// Its deadline has passed, or the operator closed it.
  case closed
  /// The jury deliberated.
  case decided

  /// What the state is called.
  public var title: Words {
    switch self {
    case .draft: Words(en: "in preparation", fr: "en préparation")
    case .open: Words(en: "open", fr: "ouvert")
    case .closed: Words(en: "closed", fr: "clos")
    case .decided: Words(en: "decided", fr: "délibéré")
    }
  }
}

/// How far an application is.
public enum ApplicationState: String, Codable, CaseIterable, Sendable, Hashable, SQLConvertible {
  /// Being written. Not handed in.
  case draft
  /// Handed in; its answers are frozen and the jury has not decided.
  case submitted
  /// Taken back by the organisation before a decision.
  case withdrawn
  /// Chosen; the organisation has still to confirm.
  case laureate
  /// On the waiting list.
  case waiting
  /// The jury said no; staff may reconsider it.
  case refused
  /// Chosen, and the organisation takes its place.
  case confirmed
  /// The organisation gave its place up.
  case declined
  /// The organisation did not confirm in time.
  case lapsed

  /// What the state is called.
  public var title: Words {
    switch self {
    case .draft: Words(en: "draft, not submitted", fr: "brouillon, non déposée")
    case .submitted: Words(en: "submitted", fr: "déposée")
    case .withdrawn: Words(en: "withdrawn", fr: "retirée")
    case .laureate: Words(en: "laureate, to be confirmed", fr: "lauréate, à confirmer")
    case .waiting: Words(en: "on the waiting list", fr: "sur liste d’attente")
    case .refused: Words(en: "not selected", fr: "non retenue")
    case .confirmed: Words(en: "laureate, confirmed", fr: "lauréate, confirmée")
    case .declined: Words(en: "place given up", fr: "place laissée")
    case .lapsed: Words(en: "not confirmed in time", fr: "non confirmée à temps")
    }
  }
}
