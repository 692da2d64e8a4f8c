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
    let after: PageMark?
    let limit: PageSize?
  }
  struct Queue: Codable, Sendable {
    let state: ApplicationState
    let awaits: Awaits
    var applications: Int
    /// How many days the one that waits longest has waited.
    var oldestDays: Int
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
      return try ApplicationView(row, in: transaction)
    }
  }

  var listApplications: UseCase<ListApplications, Page<ApplicationView>> {
    .query(
      "applications.applications", "/calls/{call}/applications",
      by: .staff(and: .member, .reviewer),
      Words(
        en: "List the applications to a call, whom each waits for and since when",
        fr: "Lister les candidatures à un appel, qui chacune attend et depuis quand")
    ) { (input: ListApplications, transaction) in
      try ApplicationsPolicy.expectToSee(input.call, in: transaction)
      let state: SQL = input.state.map { "AND state = \($0)" } ?? ""
      let visible = try ApplicationsPolicy.visible(in: transaction)
      let page = try transaction.page(
        ApplicationRow.self,
        where: "call_id = \(input.call) \(part: state) AND \(part: visible)",
        by: "organisation_order", "drafted_at", "id", after: input.after, limit: input.limit)
      return Page(
        items: try ApplicationView.all(page.items, in: transaction), next: page.next)
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
      return try ApplicationView.all(
        transaction.select(
          ApplicationRow.self,
          "WHERE organisation_id = \(organisation.id) ORDER BY drafted_at, id"),
        in: transaction)
    }
  }

  var showQueues: UseCase<JustCall, [Queue]> {
    .query(
      "applications.queues", "/calls/{call}/queues", by: .staff,
      Words(
        en: "Count the applications to a call that wait, for whom and how long",
        fr: "Compter les candidatures en attente, de qui et depuis combien de jours")
    ) { (input: JustCall, transaction) in
      guard let call = try transaction.find(CallHead.self, input.call) else {
        throw Problem.notFound(CallRow.noun, input.call)
      }
      var queues: [Queue] = []
      for row in try transaction.rows(waitingByState(in: call)) {
        let state = try row.get("state", as: ApplicationState.self)
        let awaits = awaits(
          state, isReviewed: try row.get("reviewed"),
          until: try row.get(ifPresent: "extended_until"), call, at: transaction.now)
        let days = call.zone.day(of: try row.get("since")).days(
          until: call.zone.day(of: transaction.now))
        let count: Int = try row.get("n")
        if let place = queues.firstIndex(where: { $0.state == state && $0.awaits == awaits }) {
          queues[place].applications += count
          queues[place].oldestDays = max(queues[place].oldestDays, days)
        } else {
          queues.append(
            Queue(state: state, awaits: awaits, applications: count, oldestDays: days))
        }
      }
      return queues.sorted {
        (place(of: $0.state), place(of: $0.awaits)) < (place(of: $1.state), place(of: $1.awaits))
      }
    }
  }
}

/// How many applications wait in each state, and since when the oldest does: counted where they are.
private func waitingByState(in call: CallHead) -> SQL {
  """
  SELECT state, reviewed, extended_until, COUNT(*) AS n, MIN(since) AS since FROM (
    SELECT a.state, CASE WHEN a.state = 'draft' THEN a.extended_until END AS extended_until,
      CASE WHEN a.state = 'submitted' AND a.reviews_missing > 0 THEN 1 ELSE 0 END AS reviewed,
      COALESCE(CASE a.state WHEN 'draft' THEN NULL WHEN 'submitted' THEN a.submitted_at
        WHEN 'laureate' THEN COALESCE(a.promoted_at, a.decided_at)
        WHEN 'waiting' THEN a.decided_at WHEN 'refused' THEN a.decided_at
        WHEN 'withdrawn' THEN a.withdrawn_at ELSE a.answered_at END, a.drafted_at) AS since
    FROM \(ApplicationRow.self) a WHERE a.call_id = \(call.id)) AS waiting
  GROUP BY state, reviewed, extended_until
  """
}

private func place<Case: CaseIterable & Equatable>(of value: Case) -> Int {
  Case.allCases.enumerated().first { $0.element == value }?.offset ?? 0
}
