public import Kernel
internal import PartnersAPI

extension PartnersModule {
  public var timeline: [TimelineEntry] {
    [
      .phase(
        Words(en: "Partners and volunteers", fr: "Partenaires et volontaires"),
        of: AgreementSigned.self, VolunteerRegistered.self, ProfileCompleted.self)
    ]
  }
}
