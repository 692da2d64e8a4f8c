public import Kernel

extension MissionsModule {
  /// Where people are in this module.
  public var personalTables: [PersonalTable] {
    [
      PersonalTable(
        "missions_member", Words(en: "being on a team", fr: "faire partie d’une équipe"),
        of: .subject(.volunteer, "volunteer"),
        columns: [
          "name": .name, "leave_reason": .null, "handover_note": .null, "handover": .null,
        ]),
      PersonalTable(
        "missions_regime_change", Words(en: "regimes over time", fr: "régimes au fil du temps"),
        of: .subject(.volunteer, "volunteer")),
      // The ledger stays: hours were given, by somebody.
      PersonalTable(
        "missions_hours", Words(en: "hours", fr: "heures"), of: .subject(.volunteer, "volunteer"),
        columns: ["name": .name, "note": .null, "remark": .null]),
      PersonalTable(
        "missions_presence", Words(en: "presence in sessions", fr: "présences aux séances"),
        of: .subject(.volunteer, "volunteer")),
      PersonalTable(
        "missions_evaluation", Words(en: "evaluations given", fr: "évaluations données"),
        of: .subject(.volunteer, "author"), columns: ["comment": .null]),
      PersonalTable(mentions: "text", "outcome", in: "missions_risk"),
      PersonalTable(mentions: "title", "summary", "remark", in: "missions_deliverable"),
      PersonalTable(mentions: "cancel_reason", in: "missions_mission"),
    ]
  }
}
