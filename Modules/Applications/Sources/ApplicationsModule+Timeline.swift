internal import ApplicationsAPI
public import Kernel

extension ApplicationsModule {
  public var timeline: [TimelineEntry] {
    [
      .phase(
        Words(en: "Call for applications", fr: "Appel à candidatures"),
        of: CallOpened.self, ApplicationSubmitted.self),
      .phase(
        Words(en: "Selection", fr: "Sélection"),
        of: ReviewAssigned.self, ApplicationDecided.self, LaureateDeclined.self,
        LaureateConfirmed.self),
    ]
  }
}
