public import Kernel

extension PartnersModule {
  /// What people call this module’s rows.
  public var rowWords: [RowWords] {
    [
      RowWords(PartnerRow.self, by: "name", at: "/partners/{id}"),
      RowWords("partners_contact", PartnerContactRow.noun, by: "name", at: "/partners/{partner}"),
      RowWords(VolunteerRow.self, by: "name", at: "/volunteers/{id}/profile"),
      RowWords(AgreementRow.self, at: "/partners/{partner}"),
      RowWords(PledgeRow.self, at: "/partners/{partner}"),
      RowWords("partners_batch", RosterBatchRow.noun, at: "/partners/{partner}"),
      RowWords("partners_merge", MergeRow.noun),
      RowWords("partners_kept_roster", KeptRosterRow.noun, at: "/partners/{partner}"),
      RowWords("partners_batch_line", Words(en: "imported line", fr: "ligne importée")),
      RowWords("partners_roster_column", Words(en: "column of lists", fr: "colonne de listes")),
      RowWords(
        "partners_past", Words(en: "count of people of an edition", fr: "décompte d’une édition")),
      RowWords("partners_told_apart", Words(en: "two people", fr: "deux personnes")),
      RowWords(
        "partners_invitation_delay", Words(en: "delay of invitations", fr: "délai des invitations")),
      RowWords(
        "partners_moved_profile", Words(en: "moved profile", fr: "profil déplacé"),
        at: "/volunteers/{volunteer}/profile"),
    ]
  }
}
