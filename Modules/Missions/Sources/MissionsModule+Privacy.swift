public import Kernel
internal import MissionsAPI

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
      // Nobody can take a name out of what is in a file: those of somebody’s own hand go with them.
      PersonalTable(
        deleting: "missions_file",
        Words(en: "files handed in with deliverables", fr: "fichiers remis avec des livrables"),
        of: .subject(.volunteer, "volunteer")),
      PersonalTable(mentions: "name", in: "missions_file"),
      PersonalTable(mentions: "text", "outcome", in: "missions_risk"),
      PersonalTable(mentions: "title", "summary", "remark", in: "missions_deliverable"),
      PersonalTable(mentions: "cancel_reason", in: "missions_mission"),
    ]
  }

  public var fileColumns: [FileColumn] { [FileColumn("missions_file", "content")] }

  /// The contents of their files go, but for those that somebody else handed in as well.
  public func erasingOutside(_ subject: DataSubject) async throws {
    let people = subject.grants.filter { $0.role == .volunteer }.compactMap(\.subject)
    guard !people.isEmpty else { return }
    let own: [ContentHash] = try await host.read { connection in
      try connection.rows(
        """
        SELECT DISTINCT content FROM missions_file f WHERE volunteer IN \(list: people)
          AND NOT EXISTS (SELECT 1 FROM missions_file o WHERE o.content = f.content
            AND (o.volunteer IS NULL OR o.volunteer NOT IN \(list: people)))
        """
      ).map { try $0.get("content") }
    }
    for content in own { try await host.files.remove(content) }
  }
}
