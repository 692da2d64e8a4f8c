internal import Kernel
internal import MissionsAPI

struct DeliverableRow: Versioned {
  static let table = "missions_deliverable"
  static let noun = Words(en: "deliverable", fr: "livrable")

  let id: DeliverableID
  let editionId: EditionID
  var version: Int
  let mission: MissionID
  let title: Name
  let summary: Paragraph
  let link: Text<1000>?
  var state: DeliverableState
  let submittedAt: Instant
  var remark: Paragraph?
  var decidedAt: Instant?
}

extension MissionsModule {
  @UseCases var aboutDeliverables: [Endpoint] {
    submitDeliverable
    acceptDeliverable
    returnDeliverable
    listDeliverables
  }

  struct Submit: Codable, Sendable {
    let mission: MissionID
    let title: Name
    let summary: Paragraph
    let link: Text<1000>?
    let file: Upload?
  }
  struct Accept: Codable, Sendable {
    let deliverable: DeliverableID
    let version: Int?
  }
  struct ReturnDeliverable: Codable, Sendable {
    let deliverable: DeliverableID
    let version: Int?
    let remark: Paragraph
  }

  var submitDeliverable: UseCase<Submit, DeliverableRow> {
    .command(
      "missions.submit-deliverable", .post, "/missions/{mission}/deliverables",
      by: .staff(and: .volunteer),
      Words(
        en: "Hand a deliverable to the organisation", fr: "Remettre un livrable à l’association"),
      problems: ["missions/wrong-state"],
      asking: { (input: Submit, context) in
        let viewer = try await viewer(of: context)
        guard let file = input.file else { return (viewer, nil) }
        // Nothing is taken in from whoever may not hand it in.
        try await host.read { try $0.mission(input.mission, for: viewer).row.expect(.running) }
        return (viewer, try await host.files.keep(file))
      }
    ) { (input: Submit, answers: (Viewer, KeptFile?), transaction) in
      let (viewer, file) = answers
      let mission = try transaction.mission(input.mission, for: viewer).row
      try mission.expect(.running)
      if let link = input.link?.description,
        !link.hasPrefix("https://") && !link.hasPrefix("http://")
      {
        throw Problem.invalid(
          "link", en: "must begin with https:// or http://",
          fr: "doit commencer par https:// ou http://")
      }
      let row = DeliverableRow(
        id: transaction.newID(), editionId: mission.editionId, version: 1, mission: mission.id,
        title: input.title, summary: input.summary, link: input.link, state: .submitted,
        submittedAt: transaction.now)
      try transaction.insert(row)
      if let file {
        try transaction.insert(
          FileRow(
            file, of: row, id: transaction.newID(), by: viewer.volunteer, at: transaction.now))
      }
      try transaction.emit(
        DeliverableSubmitted(
          edition: row.editionId, mission: mission.id, deliverable: row.id, title: row.title))
      return row
    }
  }

  var acceptDeliverable: UseCase<Accept, DeliverableRow> {
    .command(
      "missions.accept-deliverable", .post, "/deliverables/{deliverable}/acceptance",
      by: .staff(and: .member),
      Words(en: "Accept a deliverable", fr: "Accepter un livrable"),
      problems: ["missions/wrong-state", "missions/deliverable-state"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Accept, viewer, transaction) in
      var row = try submitted(input.deliverable, version: input.version, viewer, transaction)
      row.state = .accepted
      row.decidedAt = transaction.now
      try transaction.update(&row)
      try transaction.emit(
        DeliverableAccepted(
          edition: row.editionId, mission: row.mission, deliverable: row.id, title: row.title))
      return row
    }
  }

  var returnDeliverable: UseCase<ReturnDeliverable, DeliverableRow> {
    .command(
      "missions.return-deliverable", .post, "/deliverables/{deliverable}/return",
      by: .staff(and: .member),
      Words(
        en: "Send a deliverable back with what is to change",
        fr: "Renvoyer un livrable en disant ce qui est à revoir"),
      problems: ["missions/wrong-state", "missions/deliverable-state"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: ReturnDeliverable, viewer, transaction) in
      var row = try submitted(input.deliverable, version: input.version, viewer, transaction)
      row.state = .returned
      row.remark = input.remark
      row.decidedAt = transaction.now
      try transaction.update(&row)
      try transaction.emit(
        DeliverableReturned(
          edition: row.editionId, mission: row.mission, deliverable: row.id, title: row.title,
          remark: input.remark))
      return row
    }
  }

  var listDeliverables: UseCase<OneMission, [DeliverableRow]> {
    .query(
      "missions.deliverables", "/missions/{mission}/deliverables",
      by: .staff(and: .member, .volunteer),
      Words(en: "List the deliverables of a mission", fr: "Lister les livrables d’une mission"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OneMission, viewer, transaction) in
      try transaction.deliverables(of: transaction.mission(input.mission, for: viewer).row.id)
    }
  }

  private func submitted(
    _ id: DeliverableID, version: Int?, _ viewer: Viewer, _ transaction: Transaction
  ) throws -> DeliverableRow {
    let (row, mission, _) = try transaction.part(
      DeliverableRow.self, id, of: \.mission, for: viewer)
    try row.expect(version: version)
    try mission.expect(.running)
    switch row.state {
    case .submitted: return row
    case .accepted, .returned: throw MissionsError.deliverableState(row.state)
    }
  }
}

extension Connection {
  func deliverables(of mission: MissionID) throws -> [DeliverableRow] {
    try select(DeliverableRow.self, "WHERE mission = \(mission) ORDER BY submitted_at, title")
  }
}
