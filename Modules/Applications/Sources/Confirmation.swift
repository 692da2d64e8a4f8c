internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  @UseCases var aboutConfirmation: [Endpoint] {
    confirm
    decline
    listLaureates
  }

  struct Decline: Codable, Sendable {
    let application: ApplicationID
    let reason: Paragraph?
  }
  struct OfEdition: Codable, Sendable {
    let edition: EditionID
  }
  struct Laureates: Codable, Sendable {
    let edition: EditionID
    let after: PageMark?
    let limit: PageSize?
  }
  struct LaureateView: Codable, Sendable {
    let application: ApplicationID
    let organisation: OrganisationID
    let name: Name
    let kind: OrganisationKind
    let causes: [Key]
  }

  var confirm: UseCase<OneApplication, ApplicationView> {
    .command(
      "applications.confirm", .post, "/applications/{application}/confirmation",
      by: .staff(and: .member),
      Words(en: "Take the place a laureate was given", fr: "Confirmer sa place de lauréat"),
      problems: [
        "applications/wrong-state", "applications/confirmation-passed",
        "applications/role-needed",
      ]
    ) { (input: OneApplication, transaction) in
      var row = try ApplicationsPolicy.application(input.application, as: .lead, in: transaction)
      let call = try transaction.get(CallRow.self, row.callId)
      // A second click finds what the first one did.
      if row.state == .confirmed { return try ApplicationView(row, in: transaction) }
      try row.take(.confirm)
      guard row.mayConfirm(at: transaction.now, in: call.zone) else {
        throw ApplicationsError.confirmationPassed(row.confirmBy ?? call.closesOn)
      }
      row.answeredAt = transaction.now
      try transaction.update(&row)
      try transaction.emit(
        LaureateConfirmed(
          edition: row.editionId, application: row.id, organisation: row.organisationId))
      return try ApplicationView(row, in: transaction)
    }
  }

  var decline: UseCase<Decline, ApplicationView> {
    .command(
      "applications.decline", .post, "/applications/{application}/refusal",
      by: .staff(and: .member),
      Words(
        en:
          "Give a laureate's place up, confirmed or not; the first on the waiting list takes it",
        fr:
          "Laisser sa place de lauréat, confirmée ou non ; la première en liste d’attente la prend"
      ),
      problems: ["applications/wrong-state", "applications/role-needed"]
    ) { (input: Decline, transaction) in
      var row = try ApplicationsPolicy.application(input.application, as: .lead, in: transaction)
      let call = try transaction.get(CallRow.self, row.callId)
      if row.state == .declined { return try ApplicationView(row, in: transaction) }
      row.declineReason = input.reason
      let step: Step = row.state == .confirmed ? .giveUp : .decline
      try free(&row, by: step, of: call, in: transaction)
      return try ApplicationView(row, in: transaction)
    }
  }

  var listLaureates: UseCase<Laureates, Page<LaureateView>> {
    .query(
      "applications.laureates", "/editions/{edition}/laureates", by: .everyone,
      Words(en: "List the laureates of an edition", fr: "Lister les lauréats d’une édition")
    ) { (input: Laureates, transaction) in
      try laureates(of: input.edition, after: input.after, limit: input.limit, transaction)
    }
  }

  /// A page of those who take part in an edition, by name.
  func laureates(
    of edition: EditionID, after: PageMark?, limit: PageSize?, _ connection: any Connection
  ) throws -> Page<LaureateView> {
    let page = try connection.page(
      Applied.self, where: "edition_id = \(edition) AND state = 'confirmed'",
      by: "organisation_order", "drafted_at", "id", after: after, limit: limit)
    let organisations = try connection.find(
      OrganisationRow.self, all: page.items.map(\.organisationId))
    return Page(
      items: page.items.compactMap { application in
        organisations[application.organisationId].map {
          LaureateView(
            application: application.id, organisation: $0.id, name: $0.name, kind: $0.kind,
            causes: $0.causes)
        }
      }, next: page.next)
  }
}

/// Frees a laureate's place, and gives it to the first on the waiting list: one place, one
/// organisation.
func free(
  _ row: inout ApplicationRow, by step: Step, of call: CallRow, in transaction: Transaction
) throws {
  try row.take(step)
  row.answeredAt = transaction.now
  try transaction.update(&row)
  try transaction.emit(
    LaureateDeclined(
      edition: row.editionId, application: row.id, organisation: row.organisationId))
  guard
    let next = try transaction.first(
      ApplicationRow.self,
      """
      WHERE call_id = \(call.id) AND state = \(ApplicationState.waiting)
      ORDER BY waiting_position LIMIT 1
      """)
  else { return }
  try promote(next, of: call, in: transaction)
}

/// Gives a place to an application on the waiting list, with as many days to confirm as the first
/// laureates had, and never less than one.
@discardableResult
func promote(
  _ waiting: ApplicationRow, of call: CallRow, in transaction: Transaction
) throws -> ApplicationRow {
  var row = waiting
  try row.take(.promote)
  row.decision = .laureate
  row.reason = nil
  row.promotedAt = transaction.now
  row.answeredAt = nil
  let days = Int32(clamping: max(1, call.confirmationDays ?? 1))
  row.confirmBy = call.zone.day(of: transaction.now).advanced(by: days)
  try announce(&row, call: call, in: transaction)
  return row
}

/// The confirmed laureates of an edition, by name.
func confirmed(
  in edition: EditionID, _ connection: any Connection
) throws -> [(ApplicationRow, OrganisationRow)] {
  try withOrganisations(
    connection.select(
      ApplicationRow.self,
      "WHERE edition_id = \(edition) AND state = \(ApplicationState.confirmed)"), connection)
}
