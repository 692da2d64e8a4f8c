public import Kernel

extension MatchingModule {
  /// What people call this module’s rows.
  public var rowWords: [RowWords] {
    [
      RowWords(RunRow.self, by: "number", at: "/runs/{id}"),
      RowWords(PlaceRow.self, by: "role_title", at: "/places/{id}"),
      RowWords("matching_weights", Words(en: "weights", fr: "barème")),
      RowWords(
        "matching_lock", Words(en: "lock", fr: "verrou"), at: "/editions/{edition_id}/locks"),
      RowWords(
        "matching_proposal", Words(en: "proposed seat", fr: "place proposée"), by: "role_title"),
      RowWords("matching_vacancy", Words(en: "empty seat", fr: "place vacante"), by: "role_title"),
      RowWords("matching_computation", Words(en: "computation", fr: "calcul"), by: "number"),
      RowWords("matching_basis", Words(en: "what a run was made of", fr: "base d’un appariement")),
      RowWords("matching_done_team", Words(en: "team that is done", fr: "équipe réglée")),
      RowWords("matching_repair_due", Words(en: "repair to come", fr: "réparation à venir")),
      RowWords(
        "matching_offer_letter",
        Words(en: "letter about an offer", fr: "lettre au sujet d’une offre"), at: "/places/{id}"),
      RowWords("matching_team_rules", Words(en: "team rules", fr: "règles des équipes")),
    ]
  }
}
