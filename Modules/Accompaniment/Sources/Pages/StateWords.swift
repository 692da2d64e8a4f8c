internal import AccompanimentAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// What states, kinds and half-days are called on pages.

extension JourneyStage {
  var words: Words {
    switch self {
    case .started: Words(en: "begun", fr: "commencé")
    case .diagnosed: Words(en: "diagnosis made", fr: "diagnostic fait")
    case .needsConfirmed: Words(en: "needs agreed", fr: "besoins confirmés")
    case .briefed: Words(en: "brief published", fr: "cahier des charges publié")
    case .followedUp: Words(en: "followed up", fr: "suivi fait")
    }
  }
}

extension JourneyRow {
  /// Where it stands; one that was given up says so.
  var tag: StateTag {
    guard endedAt == nil else {
      return StateTag(Words(en: "given up", fr: "abandonné"), .plain)
    }
    return StateTag(stage.words, stage == .started ? .warning : .good)
  }
}

extension NeedState {
  var tag: StateTag {
    switch self {
    case .proposed: StateTag(Words(en: "to agree on", fr: "à confirmer"), .warning)
    case .confirmed: StateTag(Words(en: "agreed", fr: "confirmé"), .good)
    case .dropped: StateTag(Words(en: "dropped", fr: "abandonné"))
    }
  }
}

extension BriefRow {
  var tag: StateTag {
    guard cancelledAt == nil else {
      return StateTag(Words(en: "cancelled", fr: "annulé"), .bad)
    }
    return switch state {
    case .draft: StateTag(Words(en: "draft", fr: "brouillon"), .warning)
    case .published: StateTag(Words(en: "published", fr: "publié"), .good)
    }
  }
}

extension WorkshopKind {
  var words: Words {
    switch self {
    case .workshop: Words(en: "Workshop", fr: "Atelier")
    case .peerExchange: Words(en: "Peer exchange", fr: "Échange entre pairs")
    }
  }
}

extension HalfDay {
  var words: Words {
    switch part {
    case .morning: Words(en: "\(day.shown(in: .en)), morning", fr: "\(day.shown(in: .fr)), matin")
    case .afternoon:
      Words(en: "\(day.shown(in: .en)), afternoon", fr: "\(day.shown(in: .fr)), après-midi")
    }
  }
}

extension Format {
  var words: Words {
    switch self {
    case .onSite: Words(en: "on site", fr: "sur place")
    case .remote: Words(en: "remotely", fr: "à distance")
    case .hybrid:
      Words(en: "partly on site, partly remotely", fr: "en partie sur place, en partie à distance")
    }
  }
}

extension Catalogue {
  /// What a skill is called; its key where the catalogue has changed.
  func name(ofSkill key: Key) -> Words { skill(key)?.name ?? Words(key.description) }
}
