public import Kernel

extension AccompanimentModule {
  /// What people call this module’s rows.
  public var rowWords: [RowWords] {
    [
      RowWords(JourneyRow.self, by: "organisation_name", at: "/journeys/{id}"),
      RowWords(NeedRow.self, by: "mission_type_name", at: "/journeys/{journey}"),
      RowWords(BriefRow.self, by: "title", at: "/briefs/{id}"),
      RowWords(WorkshopRow.self, by: "title", at: "/workshops/{id}"),
      RowWords(
        "accompaniment_invitation", Words(en: "invitation", fr: "invitation"),
        at: "/workshops/{workshop}"),
      RowWords(
        "accompaniment_follow_up", Words(en: "follow-up", fr: "suivi"), at: "/journeys/{journey}"),
      RowWords(
        "accompaniment_moved", Words(en: "what a merge moved", fr: "déplacements d’une fusion")),
    ]
  }
}
