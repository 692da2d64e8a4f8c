public import Kernel
internal import ApplicationsAPI

extension ApplicationsModule {
  /// Where people are in this module.
  public var personalTables: [PersonalTable] {
    [
      PersonalTable(
        "applications_member",
        Words(en: "belonging to an organisation", fr: "appartenir à une structure"),
        of: .subject(.member, "id"), columns: ["name": .name, "email": .address]),
      PersonalTable(
        "applications_reviewer", Words(en: "reading applications", fr: "relire des candidatures"),
        of: .subject(.reviewer, "id"), columns: ["name": .name, "email": .address]),
      PersonalTable(
        "applications_review", Words(en: "reviews", fr: "relectures"),
        of: .subject(.reviewer, "reviewer_id"), mentions: ["comment"]),
      PersonalTable(
        deleting: "applications_conflict",
        Words(en: "conflicts of interest", fr: "conflits d’intérêts"),
        of: .subject(.reviewer, "reviewer_id")),
      PersonalTable(
        deleting: "applications_cleared_conflict",
        Words(en: "conflicts that are none", fr: "conflits écartés"),
        of: .subject(.reviewer, "reviewer_id")),
      PersonalTable(
        mentions: "answers", "reason", "decline_reason", in: "applications_application"),
      PersonalTable(mentions: "reason", in: "applications_staged_decision"),
      PersonalTable(mentions: "moved", in: "applications_merge"),
    ]
  }

  /// A reviewer reads no more; whoever speaks for an organisation has to hand it over first.
  public func checkErasure(of subject: DataSubject, in connection: any Connection) throws {
    for grant in subject.grants {
      if let id = grant.subject(as: .member, MemberID.self),
        try connection.find(MemberRow.self, id) != nil
      {
        throw Problem.stillNeeded(
          en: "They are a member of an organisation: remove them there first.",
          fr: "Cette personne est membre d’une structure : retirez-l’en d’abord.")
      }
      if let id = grant.subject(as: .reviewer, ReviewerID.self),
        let row = try connection.find(ReviewerRow.self, id), row.retiredAt == nil
      {
        throw Problem.stillNeeded(
          en: "They are a reviewer: retire them first.",
          fr: "Cette personne relit encore : mettez fin à son rôle d’abord.")
      }
    }
  }
}
