public import Kernel
internal import PartnersAPI

extension PartnersModule {
  /// Where people are in this module.
  public var personalTables: [PersonalTable] {
    [
      PersonalTable(
        "partners_volunteer",
        Words(en: "taking part in an edition", fr: "participer à une édition"),
        of: .subject(.volunteer, "id"),
        columns: [
          "name": .name, "email": .address, "claimed_email": .address, "service": .null,
          "profile": .null, "withdrawal_reason": .null,
        ]),
      PersonalTable(
        "partners_contact", Words(en: "speaking for a partner", fr: "parler pour un partenaire"),
        of: .subject(.partner, "id"), columns: ["name": .name, "email": .address]),
      PersonalTable(
        deleting: "partners_moved_profile",
        Words(en: "ties to organisations that became one", fr: "liens avec des structures réunies"),
        of: .subject(.volunteer, "volunteer")),
      PersonalTable(mentions: "earlier", in: "partners_batch_line"),
      PersonalTable(mentions: "volunteer", "partners", in: "partners_merge"),
    ]
  }

  /// Somebody who still takes part leaves first, so that their team hears of it; somebody who speaks for
  /// a partner hands that over.
  public func checkErasure(of subject: DataSubject, in connection: any Connection) throws {
    for grant in subject.grants {
      if let id = grant.subject(as: .volunteer, VolunteerID.self),
        let row = try connection.find(VolunteerRow.self, id), row.withdrawnAt == nil
      {
        throw Problem.stillNeeded(
          en: "They still take part in an edition: withdraw them first.",
          fr: "Cette personne participe encore à une édition : retirez-l’en d’abord.")
      }
      if let id = grant.subject(as: .partner, PartnerContactID.self),
        try connection.find(PartnerContactRow.self, id) != nil
      {
        throw Problem.stillNeeded(
          en: "They speak for a partner: add somebody else there, and remove them, first.",
          fr:
            "Cette personne parle pour un partenaire : ajoutez quelqu’un d’autre, puis retirez-la, d’abord."
        )
      }
    }
  }

  /// In restored data they may take part again: they leave, as they had.
  public func erasing(_ subject: DataSubject, in transaction: Transaction) throws {
    // Their edition is long over, and nobody is told.
    guard !subject.isPast else { return }
    // Whom a list that is looked at names is not known: it is sent again.
    try transaction.execute("DELETE FROM partners_kept_roster")
    for grant in subject.grants {
      guard let id = grant.subject(as: .volunteer, VolunteerID.self),
        var row = try transaction.find(VolunteerRow.self, id), row.withdrawnAt == nil
      else { continue }
      try withdraw(&row, nil, in: transaction)
    }
  }
}
