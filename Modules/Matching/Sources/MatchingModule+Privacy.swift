public import Kernel

extension MatchingModule {
  /// Where people are in this module.
  public var personalTables: [PersonalTable] {
    [
      PersonalTable(
        "matching_place", Words(en: "places in teams", fr: "places dans des équipes"),
        of: .subject(.volunteer, "volunteer"),
        columns: ["volunteer_name": .name, "remark": .null, "handover": .null], mentions: ["reason"]
      ),
      PersonalTable(
        "matching_proposal",
        Words(en: "what runs proposed", fr: "ce que les appariements proposaient"),
        of: .subject(.volunteer, "volunteer"), columns: ["volunteer_name": .name],
        mentions: ["reason", "explanation"]),
      PersonalTable(
        "matching_lock", Words(en: "decisions about places", fr: "décisions sur des places"),
        of: .subject(.volunteer, "volunteer"), columns: ["reason": .empty]),
      PersonalTable(
        deleting: "matching_repair_due",
        Words(en: "waiting for a seat", fr: "en attente d’une place"),
        of: .subject(.volunteer, "newcomer")),
      // What a run looked at, so that it can be asked about later.
      PersonalTable(mentions: "situation", "answer", in: "matching_basis"),
      PersonalTable(mentions: "reason", in: "matching_vacancy"),
    ]
  }
}
