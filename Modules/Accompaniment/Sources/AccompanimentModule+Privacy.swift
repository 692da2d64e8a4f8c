public import Kernel

extension AccompanimentModule {
  /// Where people are in this module.
  public var personalTables: [PersonalTable] {
    [
      PersonalTable(mentions: "diagnosis", "action_plan", in: "accompaniment_journey"),
      PersonalTable(mentions: "statement", in: "accompaniment_need"),
      PersonalTable(mentions: "context", "deliverable", in: "accompaniment_brief"),
      PersonalTable(mentions: "note", in: "accompaniment_follow_up"),
    ]
  }
}
