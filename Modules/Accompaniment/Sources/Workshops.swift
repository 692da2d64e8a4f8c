internal import AccompanimentAPI
internal import Kernel
internal import ProgrammesAPI

extension AccompanimentModule {
  @UseCases var aboutWorkshops: [Endpoint] {
    planWorkshop
    cancelWorkshop
    listWorkshops
    recordAttendance
  }

  struct PlanWorkshop: Codable, Sendable {
    let edition: EditionID
    let title: Name
    let kind: WorkshopKind
    let day: Day
    let journeys: [JourneyID]
  }
  struct Cancel: Codable, Sendable {
    let workshop: WorkshopID
    let version: Int?
    let reason: Paragraph
  }
  struct ListWorkshops: Codable, Sendable {
    let edition: EditionID
    let after: PageMark?
    let limit: PageSize?
  }
  struct Attendance: Codable, Sendable {
    let workshop: WorkshopID
    let version: Int?
    let present: [JourneyID]
  }

  var planWorkshop: UseCase<PlanWorkshop, WorkshopView> {
    .command(
      "accompaniment.plan-workshop", .post, "/editions/{edition}/workshops", by: .staff,
      Words(
        en: "Plan a workshop or peer exchange and invite organisations to it",
        fr: "Prévoir un atelier ou un échange entre pairs et y inviter des organisations"),
      asking: { (input: PlanWorkshop, context) in
        let edition = try await programmes.edition(input.edition)
        return (edition, try await policy(for: context.actor))
      }
    ) { input, answers, transaction in
      let (edition, policy) = answers
      let invited = try transaction.select(
        JourneyRow.self,
        """
        WHERE edition_id = \(edition.id) AND id IN \(list: input.journeys)
        ORDER BY organisation_name, id
        """)
      let faults =
        guestFaults(input.journeys, among: invited.map(\.id), field: "journeys")
        + dayFaults(input.day, today: edition.zone.day(of: transaction.now), in: edition)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      let row = WorkshopRow(
        id: transaction.newID(), version: 1, editionId: edition.id, title: input.title,
        kind: input.kind, day: input.day)
      try transaction.insert(row)
      for journey in invited {
        try transaction.insert(
          InvitationRow(
            id: transaction.newID(), editionId: edition.id, workshop: row.id, journey: journey.id,
            present: nil))
      }
      try transaction.emit(
        WorkshopPlanned(
          edition: edition.id, workshop: row.id, title: row.title, day: row.day,
          organisations: invited.map(\.organisation)))
      return try WorkshopView(row, for: policy, in: transaction)
    }
  }

  var cancelWorkshop: UseCase<Cancel, WorkshopView> {
    .command(
      "accompaniment.cancel-workshop", .post, "/workshops/{workshop}/cancellation", by: .staff,
      Words(
        en: "Cancel a workshop or peer exchange and tell those who are invited",
        fr: "Annuler un atelier ou un échange et prévenir les organisations invitées"),
      problems: ["accompaniment/workshop-cancelled", "accompaniment/workshop-held"],
      asking: { (_: Cancel, context) in try await policy(for: context.actor) }
    ) { (input: Cancel, policy, transaction) in
      var row = try transaction.get(WorkshopRow.self, input.workshop)
      try row.expect(version: input.version)
      guard row.cancelledAt == nil else { throw AccompanimentError.workshopCancelled }
      let invitations = try transaction.select(InvitationRow.self, "WHERE workshop = \(row.id)")
      guard invitations.allSatisfy({ $0.present == nil }) else {
        throw AccompanimentError.workshopHeld
      }
      row.cancelledAt = transaction.now
      row.cancelReason = input.reason
      try transaction.update(&row)
      let invited = try transaction.select(
        JourneyRow.self,
        "WHERE id IN \(list: invitations.map(\.journey)) ORDER BY organisation_name, id")
      try transaction.emit(
        WorkshopCancelled(
          edition: row.editionId, workshop: row.id, title: row.title, day: row.day,
          organisations: invited.map(\.organisation), reason: input.reason))
      return try WorkshopView(row, for: policy, in: transaction)
    }
  }

  var listWorkshops: UseCase<ListWorkshops, Page<WorkshopView>> {
    .query(
      "accompaniment.workshops", "/editions/{edition}/workshops", by: .staff(and: .member),
      Words(
        en: "List the workshops and peer exchanges of an edition",
        fr: "Lister les ateliers et échanges d’une édition"),
      asking: { (input: ListWorkshops, context) in
        _ = try await programmes.edition(input.edition)
        return try await policy(for: context.actor)
      }
    ) { input, policy, transaction in
      let workshops = try transaction.select(
        WorkshopRow.self, "WHERE edition_id = \(input.edition) ORDER BY day, title, id"
      ).alphabetical { [$0.day.description, $0.title.description] }
        .map { try WorkshopView($0, for: policy, in: transaction) }
        // A member sees what its organisation is invited to.
        .filter { policy.actor.isStaff || !$0.guests.isEmpty }
      return try Page(of: workshops, after: input.after, limit: input.limit)
    }
  }

  var recordAttendance: UseCase<Attendance, WorkshopView> {
    .command(
      "accompaniment.record-attendance", .put, "/workshops/{workshop}/attendance", by: .staff,
      Words(
        en: "Record which organisations came to a workshop; the last record holds",
        fr: "Noter les organisations présentes à un atelier ; la dernière saisie vaut"),
      problems: ["accompaniment/workshop-to-come", "accompaniment/workshop-cancelled"],
      asking: { (input: Attendance, context) in
        let policy = try await policy(for: context.actor)
        let row = try await host.read { try $0.find(WorkshopRow.self, input.workshop) }
        guard let row else { throw Problem.notFound(WorkshopRow.noun, input.workshop) }
        let edition = try await programmes.edition(row.editionId)
        return (policy, edition.zone.day(of: context.now))
      }
    ) { input, answers, transaction in
      var row = try transaction.get(WorkshopRow.self, input.workshop)
      try row.expect(version: input.version)
      guard row.cancelledAt == nil else { throw AccompanimentError.workshopCancelled }
      guard row.day <= answers.1 else { throw AccompanimentError.workshopToCome(row.day) }
      let invitations = try transaction.select(InvitationRow.self, "WHERE workshop = \(row.id)")
      let faults = attendanceFaults(input.present, among: invitations.map(\.journey))
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      for var invitation in invitations {
        invitation.present = input.present.contains(invitation.journey)
        try transaction.update(invitation)
      }
      try transaction.update(&row)
      return try WorkshopView(row, for: answers.0, in: transaction)
    }
  }
}

private func guestFaults(
  _ journeys: [JourneyID], among known: [JourneyID], field: String
) -> [FieldProblem] {
  if journeys.isEmpty {
    return [FieldProblem(field, en: "invite at least one", fr: "invitez au moins une organisation")]
  }
  return journeys.enumerated().filter { !known.contains($1) }.map { index, id in
    FieldProblem(
      "\(field)[\(index)]", en: "there is no journey “\(id)” in this edition",
      fr: "il n’y a pas de parcours « \(id) » dans cette édition")
  }
}

private func attendanceFaults(_ present: [JourneyID], among invited: [JourneyID]) -> [FieldProblem]
{
  present.enumerated().filter { !invited.contains($1) }.map { index, id in
    FieldProblem(
      "present[\(index)]", en: "“\(id)” was not invited", fr: "« \(id) » n’était pas invitée")
  }
}

private func dayFaults(_ day: Day, today: Day, in edition: Edition) -> [FieldProblem] {
  if day < today {
    return [FieldProblem("day", en: "\(day) is in the past", fr: "\(day) est dans le passé")]
  }
  if day < edition.starts || day > edition.ends {
    return [
      FieldProblem(
        "day", en: "is outside the edition (\(edition.starts) to \(edition.ends))",
        fr: "est hors de l’édition (du \(edition.starts) au \(edition.ends))")
    ]
  }
  return []
}
