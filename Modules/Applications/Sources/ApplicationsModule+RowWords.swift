public import Kernel

extension ApplicationsModule {
  /// What people call this module’s rows.
  public var rowWords: [RowWords] {
    [
      RowWords(OrganisationRow.self, by: "name", at: "/organisations/{id}"),
      RowWords(
        "applications_member", MemberRow.noun, by: "name", at: "/organisations/{organisation_id}"),
      RowWords(CallRow.self, by: "title", at: "/calls/{id}"),
      RowWords(ApplicationRow.self, at: "/applications/{id}"),
      RowWords(ReviewRow.self, at: "/calls/{call_id}/reviews"),
      RowWords("applications_reviewer", ReviewerRow.noun, by: "name", at: "/jury"),
      RowWords("applications_conflict", ConflictRow.noun),
      RowWords(
        "applications_cleared_conflict",
        Words(en: "conflict that is none", fr: "conflit écarté")),
      RowWords(
        "applications_staged_decision", Words(en: "prepared decision", fr: "décision préparée"),
        at: "/calls/{call_id}/deliberation"),
      RowWords("applications_merge", Words(en: "merge", fr: "fusion")),
      RowWords("applications_former", Words(en: "former row", fr: "ancienne fiche")),
      RowWords(
        "applications_told_apart",
        Words(en: "two that are not the same", fr: "deux qui ne sont pas la même")),
    ]
  }
}
