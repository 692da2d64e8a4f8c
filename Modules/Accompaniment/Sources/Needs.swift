internal import AccompanimentAPI
internal import Kernel
internal import ProgrammesAPI

struct NeedRow: Versioned {
  static let table = "accompaniment_need"
  static let noun = Words(en: "need", fr: "besoin")

  let id: NeedID
  var version: Int
  let editionId: EditionID
  let journey: JourneyID
  let position: Int
  var missionType: Key
  /// As the catalogue called it when the need was written.
  var missionTypeName: Words
  var statement: Paragraph
  var priority: Whole<1, 5>
  var state: NeedState
}

struct NeedView: Codable, Sendable {
  let id: NeedID
  let version: Int
  let journey: JourneyID
  let missionType: Key
  let statement: Paragraph
  let priority: Whole<1, 5>
  let state: NeedState

  init(_ row: NeedRow) {
    id = row.id
    version = row.version
    journey = row.journey
    missionType = row.missionType
    statement = row.statement
    priority = row.priority
    state = row.state
  }
}

extension AccompanimentModule {
  @UseCases var aboutNeeds: [Endpoint] {
    addNeed
    changeNeed
    dropNeed
    confirmNeeds
  }

  struct Add: Codable, Sendable {
    let journey: JourneyID
    let missionType: Key
    let statement: Paragraph
    let priority: Whole<1, 5>
  }
  struct ChangeNeed: Codable, Sendable {
    let need: NeedID
    let version: Int?
    let missionType: Key
    let statement: Paragraph
    let priority: Whole<1, 5>
  }
  struct Drop: Codable, Sendable {
    let need: NeedID
  }
  struct Confirm: Codable, Sendable {
    let journey: JourneyID
  }

  var addNeed: UseCase<Add, NeedView> {
    .command(
      "accompaniment.add-need", .post, "/journeys/{journey}/needs", by: .staff(and: .member),
      Words(en: "Add a need to a journey", fr: "Ajouter un besoin à un parcours"),
      asking: { (_: Add, context) in
        (try await policy(for: context.actor), try await programmes.catalogue())
      }
    ) { input, answers, transaction in
      let journey = try answers.0.journey(input.journey, in: transaction)
      let type = try missionType(input.missionType, in: answers.1)
      let row = NeedRow(
        id: transaction.newID(), version: 1, editionId: journey.editionId, journey: journey.id,
        position: try transaction.count(NeedRow.self, "WHERE journey = \(journey.id)") + 1,
        missionType: type.key, missionTypeName: type.name, statement: input.statement,
        priority: input.priority, state: .proposed)
      try transaction.insert(row)
      return NeedView(row)
    }
  }

  var changeNeed: UseCase<ChangeNeed, NeedView> {
    .command(
      "accompaniment.change-need", .put, "/needs/{need}", by: .staff(and: .member),
      Words(
        en: "Reword a need that is not confirmed yet", fr: "Reformuler un besoin non confirmé"),
      problems: ["accompaniment/need-settled"],
      asking: { (_: ChangeNeed, context) in
        (try await policy(for: context.actor), try await programmes.catalogue())
      }
    ) { input, answers, transaction in
      var row = try answers.0.need(input.need, in: transaction)
      guard row.state == .proposed else { throw AccompanimentError.needSettled(row.state) }
      try row.expect(version: input.version)
      let type = try missionType(input.missionType, in: answers.1)
      row.missionType = type.key
      row.missionTypeName = type.name
      row.statement = input.statement
      row.priority = input.priority
      try transaction.update(&row)
      return NeedView(row)
    }
  }

  var dropNeed: UseCase<Drop, NeedView> {
    .command(
      "accompaniment.drop-need", .post, "/needs/{need}/dropping", by: .staff(and: .member),
      Words(en: "Drop a need that is not confirmed yet", fr: "Abandonner un besoin non confirmé"),
      problems: ["accompaniment/need-settled"],
      asking: { (_: Drop, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      var row = try policy.need(input.need, in: transaction)
      guard row.state == .proposed else { throw AccompanimentError.needSettled(row.state) }
      row.state = .dropped
      try transaction.update(&row)
      return NeedView(row)
    }
  }

  var confirmNeeds: UseCase<Confirm, JourneyView> {
    .command(
      "accompaniment.confirm-needs", .post, "/journeys/{journey}/needs-confirmation",
      by: .staff(and: .member),
      Words(
        en: "Confirm the needs that were added to a journey",
        fr: "Confirmer les besoins ajoutés à un parcours"),
      problems: ["accompaniment/diagnosis-missing", "accompaniment/nothing-to-confirm"],
      asking: { (_: Confirm, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      var journey = try policy.journey(input.journey, in: transaction)
      guard journey.diagnosis != nil else { throw AccompanimentError.diagnosisMissing }
      let proposed = try transaction.select(
        NeedRow.self,
        "WHERE journey = \(journey.id) AND state = 'proposed' ORDER BY priority, position")
      guard !proposed.isEmpty else { throw AccompanimentError.nothingToConfirm }
      for var need in proposed {
        need.state = .confirmed
        try transaction.update(&need)
      }
      journey.reach(.needsConfirmed)
      try transaction.update(&journey)
      try transaction.emit(
        NeedsConfirmed(
          edition: journey.editionId, journey: journey.id, organisation: journey.organisation,
          needs: proposed.map(\.id)))
      return try JourneyView(journey, in: transaction)
    }
  }
}

private func missionType(_ key: Key, in catalogue: Catalogue) throws -> MissionType {
  guard let type = catalogue.missionType(key) else {
    let known = catalogue.missionTypes.map(\.key.description).joined(separator: ", ")
    throw Problem.invalid(
      "missionType", en: "“\(key)” is not in the catalogue, which has: \(known)",
      fr: "« \(key) » n’est pas au catalogue, qui propose : \(known)")
  }
  return type
}
