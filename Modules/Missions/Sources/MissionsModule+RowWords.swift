public import Kernel

extension MissionsModule {
  /// What people call this module’s rows.
  public var rowWords: [RowWords] {
    [
      RowWords(MissionRow.self, by: "title", at: "/missions/{id}"),
      RowWords(
        "missions_member", Words(en: "team member", fr: "membre d’équipe"), by: "name",
        at: "/missions/{mission}"),
      RowWords(SessionRow.self, by: "day", at: "/sessions/{id}"),
      RowWords(
        "missions_presence", Words(en: "presence", fr: "présence"), at: "/sessions/{session}"),
      RowWords(MilestoneRow.self, by: "title", at: "/missions/{mission}"),
      RowWords(RiskRow.self, by: "text", at: "/missions/{mission}"),
      RowWords(HoursRow.self, by: "name", at: "/missions/{mission}/hours"),
      RowWords(DeliverableRow.self, by: "title", at: "/deliverables/{id}"),
      RowWords(FileRow.self, by: "name", at: "/deliverables/{deliverable}"),
      RowWords(
        "missions_evaluation", Words(en: "evaluation", fr: "évaluation"),
        at: "/missions/{mission}"),
      RowWords("missions_rule", Words(en: "limit on hours", fr: "limite d’heures"), by: "rule"),
      RowWords(
        "missions_regime_change", Words(en: "change of regime", fr: "changement de régime"),
        at: "/missions/{mission}"),
      RowWords(
        "missions_closed_hours", Words(en: "closed period", fr: "période arrêtée"), by: "through"),
      RowWords("missions_past", Words(en: "sum of an edition", fr: "somme d’une édition")),
      RowWords(
        "missions_moved", Words(en: "what a merge moved", fr: "déplacements d’une fusion")),
    ]
  }
}
