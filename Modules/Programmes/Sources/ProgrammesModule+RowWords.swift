public import Kernel

extension ProgrammesModule {
  /// What people call this module’s rows.
  public var rowWords: [RowWords] {
    [
      RowWords(EditionRow.self, by: "name", at: "/editions/{id}"),
      RowWords(
        "programmes_programme", Words(en: "programme", fr: "programme"), by: "name"),
      RowWords("programmes_skill", Words(en: "skill", fr: "compétence"), by: "name"),
      RowWords(
        "programmes_mission_type", Words(en: "kind of mission", fr: "type de mission"), by: "name"),
      RowWords("programmes_half_day", Words(en: "half-day", fr: "demi-journée"), by: "day"),
    ]
  }
}
