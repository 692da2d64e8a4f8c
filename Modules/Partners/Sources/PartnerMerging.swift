internal import Kernel
internal import PartnersAPI

/// What a merge of two partners moved.
struct MergedPartner: Codable, Sendable {
  let kept: PartnerID
  let gone: PartnerRow
  let contacts: [PartnerContactRow]
  let agreements: [AgreementRow]
  let pledges: [PledgeRow]
  let volunteers: [VolunteerID]
  let batches: [RosterBatchID]
  /// Agreements of the one kept as they were, where both had one for an edition.
  let earlier: [AgreementRow]
  /// Whom the one that is kept had itself: anybody else of it came since. Not known of early merges.
  var ownContacts: [PartnerContactID]?
  var ownVolunteers: [VolunteerID]?
}

extension PartnersModule {
  @UseCases var aboutPartnerMerging: [Endpoint] {
    mergePartners
  }

  struct Partners: Codable, Sendable {
    let partner: PartnerID
    /// The one that goes.
    let other: PartnerID
  }

  var mergePartners: UseCase<Partners, Merged> {
    .command(
      "partners.merge", .post, "/partners/{partner}/merges", by: .staff,
      Words(
        en: "Make one of a partner that was registered twice: people, contacts and papers move",
        fr: "Réunir un partenaire enregistré deux fois : personnes, contacts et pièces suivent")
    ) { (input: Partners, transaction) in
      let kept = try transaction.partner(input.partner)
      let gone = try transaction.partner(input.other)
      guard kept.id != gone.id, kept.kind == gone.kind else {
        throw Problem.invalid(
          "other", en: "must be another partner of the same kind",
          fr: "doit être un autre partenaire de même nature")
      }
      let moved = try MergedPartner(moving: gone, into: kept, in: transaction)
      let row = MergeRow(
        id: transaction.newID(), kept: kept.id.description, gone: gone.id.description,
        partners: moved, volunteer: nil, mergedAt: transaction.now)
      try transaction.insert(row)
      try transaction.emit(
        PartnersMerged(
          merge: row.id, kept: kept.id, gone: gone.id, name: kept.name, volunteers: moved.volunteers
        ))
      return Merged(row)
    }
  }
}

extension MergedPartner {
  /// Moves what points to one partner to the other. For an edition where both have an agreement, the one
  /// kept covers the regimes of both; of two pledges, the kept one's stays.
  fileprivate init(
    moving gone: PartnerRow, into kept: PartnerRow, in transaction: Transaction
  ) throws {
    self.kept = kept.id
    self.gone = gone
    contacts = try Partners.contacts(of: gone.id, in: transaction)
    let theirs = try transaction.select(
      AgreementRow.self, "WHERE partner = \(gone.id) ORDER BY id")
    agreements = theirs
    pledges = try transaction.select(PledgeRow.self, "WHERE partner = \(gone.id) ORDER BY id")
    volunteers = try transaction.select(
      VolunteerRow.self, "WHERE partner = \(gone.id) ORDER BY sequence"
    ).map(\.id)
    batches = try transaction.select(RosterBatchRow.self, "WHERE partner = \(gone.id) ORDER BY id")
      .map(\.id)
    let own = try transaction.select(AgreementRow.self, "WHERE partner = \(kept.id) ORDER BY id")
    earlier = own.filter { mine in theirs.contains { $0.editionId == mine.editionId } }
    ownContacts = try Partners.contacts(of: kept.id, in: transaction).map(\.id)
    ownVolunteers = try transaction.rows(
      "SELECT id FROM partners_volunteer WHERE partner = \(kept.id) ORDER BY sequence"
    ).map { try $0.get("id") }
    try move(in: transaction)
  }

  private func move(in transaction: Transaction) throws {
    for theirs in agreements {
      if var mine = earlier.first(where: { $0.editionId == theirs.editionId }) {
        mine.regimes = inOrder(mine.regimes + theirs.regimes)
        try transaction.update(&mine)
        try transaction.delete(AgreementRow.self, theirs.id)
      } else {
        try transaction.execute(
          "UPDATE partners_agreement SET partner = \(kept) WHERE id = \(theirs.id)")
      }
    }
    for theirs in pledges {
      let both = try transaction.count(
        PledgeRow.self, "WHERE partner = \(kept) AND edition_id = \(theirs.editionId)")
      if both > 0 {
        try transaction.delete(PledgeRow.self, theirs.id)
      } else {
        try transaction.execute(
          "UPDATE partners_pledge SET partner = \(kept) WHERE id = \(theirs.id)")
      }
    }
    let known = try Partners.contacts(of: kept, in: transaction)
    var position = known.last?.position ?? 0
    for contact in contacts {
      position += 1
      if known.contains(where: { $0.email == contact.email }) {
        try transaction.delete(PartnerContactRow.self, contact.id)
      } else {
        try transaction.execute(
          """
          UPDATE partners_contact SET partner = \(kept), position = \(position)
          WHERE id = \(contact.id)
          """)
      }
    }
    try transaction.execute(
      "UPDATE partners_volunteer SET partner = \(kept) WHERE id IN \(list: volunteers)")
    try transaction.execute(
      "UPDATE partners_batch SET partner = \(kept) WHERE id IN \(list: batches)")
    var row = gone
    row.mergedInto = kept
    // Its name and number are free for the one that is kept.
    row.name = Name("\(gone.id)") ?? gone.name
    row.siren = nil
    try transaction.update(&row)
  }

  /// Puts back what was moved, as far as it is still with the partner that was kept.
  func restore(in transaction: Transaction) throws {
    var row = try transaction.get(PartnerRow.self, gone.id)
    row.mergedInto = nil
    row.name = gone.name
    row.siren = gone.siren
    try transaction.update(&row)
    for theirs in agreements {
      try transaction.delete(AgreementRow.self, theirs.id)
      try transaction.insert(theirs)
    }
    for mine in earlier {
      var now = try transaction.get(AgreementRow.self, mine.id)
      now.regimes = mine.regimes
      try transaction.update(&now)
    }
    for theirs in pledges {
      try transaction.delete(PledgeRow.self, theirs.id)
      try transaction.insert(theirs)
    }
    for contact in contacts {
      try transaction.delete(PartnerContactRow.self, contact.id)
      try transaction.insert(contact)
    }
    try transaction.execute(
      """
      UPDATE partners_volunteer SET partner = \(gone.id)
      WHERE partner = \(kept) AND id IN \(list: volunteers)
      """)
    try transaction.execute(
      "UPDATE partners_batch SET partner = \(gone.id) WHERE id IN \(list: batches)")
  }
}
