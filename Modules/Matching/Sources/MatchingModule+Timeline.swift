public import Kernel
internal import MatchingAPI

extension MatchingModule {
  public var timeline: [TimelineEntry] {
    [
      .phase(
        Words(en: "Teams", fr: "Constitution des équipes"),
        of: TeamsPublished.self, PlaceConfirmed.self, PlaceDeclined.self)
    ]
  }
}
