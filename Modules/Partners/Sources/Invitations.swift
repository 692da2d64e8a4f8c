internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

/// How long the invitations of an edition wait after somebody is registered.
struct InvitationDelayRow: Record {
  static let table = "partners_invitation_delay"

  /// The edition.
  let id: EditionID
  var minutes: Int
}

extension PartnersModule {
  @UseCases var aboutInvitations: [Endpoint] {
    setInvitationDelay
    showInvitationDelay
  }

  struct SetDelay: Codable, Sendable {
    let edition: EditionID
    /// Up to a week.
    let minutes: Whole<0, 10_080>
  }
  struct Delay: Codable, Sendable {
    let edition: EditionID
    let minutes: Int
    /// People who are registered and not yet written to.
    let waiting: Int
  }

  var setInvitationDelay: UseCase<SetDelay, Delay> {
    .command(
      "partners.set-invitation-delay", .put, "/editions/{edition}/invitation-delay", by: .staff,
      Words(
        en: "Set how long invitations wait, so that a mistake can be taken back before they leave",
        fr: "Fixer le délai des invitations, pour rattraper une erreur avant leur départ"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (input: SetDelay, edition, transaction) in
      if var row = try transaction.find(InvitationDelayRow.self, edition) {
        row.minutes = input.minutes.value
        try transaction.update(row)
      } else {
        try transaction.insert(InvitationDelayRow(id: edition, minutes: input.minutes.value))
      }
      return try delay(of: edition, in: transaction)
    }
  }

  var showInvitationDelay: UseCase<OfEdition, Delay> {
    .query(
      "partners.invitation-delay", "/editions/{edition}/invitation-delay", by: .staff,
      Words(
        en: "Show how long invitations wait, and how many wait now",
        fr: "Montrer le délai des invitations, et combien attendent"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (input: OfEdition, edition, transaction) in try delay(of: edition, in: transaction) }
  }

  /// Says of everybody whose time has come that they are registered, which invites them.
  var inviteDue: Job {
    .every(seconds: 30, "partners.invite") { transaction in
      let due = try transaction.select(
        VolunteerRow.self,
        """
        WHERE invite_at IS NOT NULL AND invite_at <= \(transaction.now)
        ORDER BY invite_at, edition_id, sequence LIMIT 1000
        """)
      for row in due {
        // Not a change of the person: their version stays, and with it what can be taken back.
        try transaction.execute(
          "UPDATE partners_volunteer SET invite_at = NULL WHERE id = \(row.id)")
        guard row.withdrawnAt == nil, row.claimOf == nil else { continue }
        try transaction.emit(VolunteerRegistered(edition: row.editionId, volunteer: row.id))
      }
    }
  }

  private func delay(of edition: EditionID, in connection: any Connection) throws -> Delay {
    Delay(
      edition: edition,
      minutes: try connection.find(InvitationDelayRow.self, edition)?.minutes ?? 0,
      waiting: try connection.count(
        VolunteerRow.self,
        """
        WHERE edition_id = \(edition) AND invite_at IS NOT NULL AND withdrawn_at IS NULL
        AND claim_of IS NULL
        """))
  }
}

/// When somebody registered now is written to; nil for at once.
func invitationTime(of edition: EditionID, in transaction: Transaction) throws -> Instant? {
  let minutes = try transaction.find(InvitationDelayRow.self, edition)?.minutes ?? 0
  return minutes == 0 ? nil : transaction.now.advanced(bySeconds: Int64(minutes) * 60)
}

/// Says that somebody is registered, unless that waits or is only claimed.
func announce(_ row: VolunteerRow, in transaction: Transaction) throws {
  guard row.inviteAt == nil, row.claimOf == nil else { return }
  try transaction.emit(VolunteerRegistered(edition: row.editionId, volunteer: row.id))
}
