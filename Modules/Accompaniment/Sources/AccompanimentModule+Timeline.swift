internal import AccompanimentAPI
public import Kernel

extension AccompanimentModule {
  public var timeline: [TimelineEntry] {
    [
      .phase(
        Words(en: "Accompaniment", fr: "Accompagnement"),
        of: JourneyStarted.self, NeedsConfirmed.self, BriefPublished.self)
    ]
  }
}
