internal import MissionsAPI
internal import Kernel
internal import Pages

// What states are called on pages.

extension MissionState {
  var label: Words {
    switch self {
    case .forming: Words(en: "forming", fr: "en constitution")
    case .running: Words(en: "under way", fr: "en cours")
    case .closed: Words(en: "closed", fr: "close")
    }
  }
  var tone: Tone {
    switch self {
    case .forming: .info
    case .running: .good
    case .closed: .plain
    }
  }
}

extension DeliverableState {
  var words: Words {
    switch self {
    case .submitted: Words(en: "handed in", fr: "remis")
    case .accepted: Words(en: "accepted", fr: "accepté")
    case .returned: Words(en: "returned", fr: "renvoyé")
    }
  }
  var tone: Tone {
    switch self {
    case .submitted: .info
    case .accepted: .good
    case .returned: .warning
    }
  }
}

extension SessionKind {
  var words: Words {
    switch self {
    case .kickOff: Words(en: "Kick-off", fr: "Lancement")
    case .working: Words(en: "Working session", fr: "Séance de travail")
    }
  }
}
