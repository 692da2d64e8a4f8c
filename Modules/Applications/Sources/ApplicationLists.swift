internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  @UseCases var aboutApplicationLists: [Endpoint] {
    showQueues
    showApplication
    listApplications
    listOwnApplications
  }

  struct ListApplications: Codable, Sendable {
    let call: CallID
    let state: ApplicationState?
  }
  struct Queue: Codable, Sendable {
    let state: ApplicationState
    let awaits: Awaits
    let applications: Int
    /// How many days the one that waits longest has waited.
    let oldestDays: Int
  }
  struct JustCall: Codable, Sendable {
    let call: CallID
  }

  var showApplication: UseCase<OneApplication, ApplicationView> {
    .query(
      "applications.application", "/applications/{application}",
      by: .staff(and: .member, .reviewer),
      Words(en: "Show an application", fr: "Montrer une candidature")
    ) { (input: OneApplication, transaction) in
      let row = try ApplicationsPolicy.application(input.application, in: transaction)
      let call = try transaction.get(CallRow.self, row.callId)
      return try ApplicationView(row, of: call, in: transaction)
    }
  }

  var listApplications: UseCase<ListApplications, [ApplicationView]> {
    .query(
      "applications.applications", "/calls/{call}/applications",
      by: .staff(and: .member, .reviewer),
      Words(
        en: "List the applications to a call, whom each waits for and since when",
        fr: "Lister les candidatures à un appel, qui chacune attend et depuis quand")
    ) { (input: ListApplications, transaction) in
      let call = try ApplicationsPolicy.call(input.call, in: transaction)
      return try applications(
        to: call, "WHERE call_id = \(call.id)", in: transaction
      ).filter { input.state == nil || $0.state == input.state }
    }
  }

  var listOwnApplications: UseCase<OfOrganisation, [ApplicationView]> {
    .query(
      "applications.organisation-applications", "/organisations/{organisation}/applications",
      by: .staff(and: .member),
      Words(
        en: "List the applications of an organisation",
        fr: "Lister les candidatures d’une organisation")
    ) { (input: OfOrganisation, transaction) in
      let organisation = try ApplicationsPolicy.organisation(input.organisation, in: transaction)
      return try transaction.select(
        ApplicationRow.self, "WHERE organisation_id = \(organisation.id) ORDER BY drafted_at, id"
      ).map { row in
        try ApplicationView(
          row, of: transaction.get(CallRow.self, row.callId), in: transaction)
      }
    }
  }

  var showQueues: UseCase<JustCall, [Queue]> {
    .query(
      "applications.queues", "/calls/{call}/queues", by: .staff,
      Words(
        en: "Count the applications to a call that wait, for whom and how long",
        fr: "Compter les candidatures en attente, de qui et depuis combien de jours")
    ) { (input: JustCall, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      let views = try applications(to: call, "WHERE call_id = \(call.id)", in: transaction)
      return ApplicationState.allCases.flatMap { state in
        Awaits.allCases.compactMap { awaits -> Queue? in
          let queue = views.filter { $0.state == state && $0.awaits == awaits }
          guard let oldest = queue.map(\.days).max() else { return nil }
          return Queue(
            state: state, awaits: awaits, applications: queue.count, oldestDays: oldest)
        }
      }
    }
  }

  /// Those of a call that the actor may see, by name of the organisation.
  private func applications(
    to call: CallRow, _ condition: SQL, in transaction: Transaction
  ) throws -> [ApplicationView] {
    try transaction.select(ApplicationRow.self, condition)
      .filter { try ApplicationsPolicy.sees($0, transaction) }
      .map { try ApplicationView($0, of: call, in: transaction) }
      .alphabetical { [$0.organisationName.description, $0.draftedAt.description] }
  }
}
