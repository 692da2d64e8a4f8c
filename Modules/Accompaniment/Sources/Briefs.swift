internal import AccompanimentAPI
internal import Kernel
internal import ProgrammesAPI

extension AccompanimentModule {
  @UseCases var aboutBriefs: [Endpoint] {
    draftBrief
    changeBrief
    publishBrief
    listBriefs
    showBrief
  }

  struct Draft: Codable, Sendable {
    let journey: JourneyID
    let need: NeedID
    let title: Name
    let context: Paragraph
    let deliverable: Name
    let roles: [BriefContent.Role]
    let halfDays: [HalfDayID]
    let format: Format?
    let languages: [Language]
  }
  struct ChangeBrief: Codable, Sendable {
    let brief: BriefID
    let version: Int?
    let title: Name
    let context: Paragraph
    let deliverable: Name
    let roles: [BriefContent.Role]
    let halfDays: [HalfDayID]
    let format: Format?
    let languages: [Language]
  }
  struct OneBrief: Codable, Sendable {
    let brief: BriefID
  }
  struct ListBriefs: Codable, Sendable {
    let edition: EditionID
    let state: BriefState?
    let after: PageMark?
    let limit: PageSize?
  }

  var draftBrief: UseCase<Draft, BriefView> {
    .command(
      "accompaniment.draft-brief", .post, "/journeys/{journey}/briefs", by: .staff(and: .member),
      Words(
        en: "Draft the brief of a mission that answers a confirmed need",
        fr: "Préparer le cahier des charges d’une mission qui répond à un besoin confirmé"),
      problems: ["accompaniment/need-not-confirmed"],
      asking: { (input: Draft, context) in try await around(input.journey, for: context) }
    ) { input, around, transaction in
      let journey = try around.policy.journey(input.journey, in: transaction)
      guard let need = try transaction.find(NeedRow.self, input.need), need.journey == journey.id
      else {
        throw Problem.invalid(
          "need", en: "is not a need of this journey", fr: "n’est pas un besoin de ce parcours")
      }
      guard need.state == .confirmed else { throw AccompanimentError.needNotConfirmed(need.state) }
      let content = BriefContent(
        roles: input.roles, halfDays: input.halfDays, languages: input.languages)
      let faults =
        missionTypeFaults(need.missionType, in: around.catalogue) + content.faults(in: around)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      let row = BriefRow(
        id: transaction.newID(), version: 1, editionId: journey.editionId, journey: journey.id,
        organisation: journey.organisation, organisationName: journey.organisationName,
        need: need.id, missionType: need.missionType, title: input.title, context: input.context,
        deliverable: input.deliverable, roles: content.keptRoles(in: transaction),
        halfDays: input.halfDays, format: input.format ?? around.edition.format,
        languages: content.keptLanguages, state: .draft, position: nil, publishedAt: nil,
        organisationOrder: journey.organisationOrder, titleOrder: SortKey(input.title).stored)
      try transaction.insert(row)
      return BriefView(row)
    }
  }

  var changeBrief: UseCase<ChangeBrief, BriefView> {
    .command(
      "accompaniment.change-brief", .put, "/briefs/{brief}", by: .staff(and: .member),
      Words(en: "Change the draft of a brief", fr: "Modifier un cahier des charges en préparation"),
      problems: ["accompaniment/brief-published", "accompaniment/brief-cancelled"],
      asking: { (input: ChangeBrief, context) in try await around(input.brief, for: context) }
    ) { input, around, transaction in
      var row = try around.policy.brief(input.brief, in: transaction)
      try row.expectStanding()
      guard row.state == .draft else { throw AccompanimentError.briefPublished }
      try row.expect(version: input.version)
      let content = BriefContent(
        roles: input.roles, halfDays: input.halfDays, languages: input.languages)
      let faults = content.faults(in: around)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      row.title = input.title
      row.titleOrder = SortKey(input.title).stored
      row.context = input.context
      row.deliverable = input.deliverable
      row.roles = content.keptRoles(in: transaction)
      row.halfDays = input.halfDays
      row.format = input.format ?? row.format
      row.languages = content.keptLanguages
      try transaction.update(&row)
      return BriefView(row)
    }
  }

  var publishBrief: UseCase<OneBrief, BriefView> {
    .command(
      "accompaniment.publish-brief", .post, "/briefs/{brief}/publication", by: .staff,
      Words(
        en: "Publish a brief; from then on only its texts are corrected",
        fr: "Publier un cahier des charges ; ensuite seuls ses textes se corrigent"),
      problems: ["accompaniment/brief-published", "accompaniment/brief-cancelled"],
      asking: { (input: OneBrief, context) in try await around(input.brief, for: context) }
    ) { input, around, transaction in
      var row = try around.policy.brief(input.brief, in: transaction)
      try row.expectStanding()
      guard row.state == .draft else { throw AccompanimentError.briefPublished }
      let faults = row.faults(in: around)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      row.state = .published
      // Those that were cancelled keep their rank.
      row.position =
        try transaction.count(
          BriefRow.self, "WHERE edition_id = \(row.editionId) AND state = 'published'") + 1
      row.publishedAt = transaction.now
      try transaction.update(&row)
      var journey = try transaction.get(JourneyRow.self, row.journey)
      journey.reach(.briefed)
      try transaction.update(&journey)
      try transaction.emit(
        BriefPublished(edition: row.editionId, brief: row.id, organisation: row.organisation))
      return BriefView(row)
    }
  }

  var listBriefs: UseCase<ListBriefs, Page<BriefView>> {
    .query(
      "accompaniment.briefs", "/editions/{edition}/briefs",
      by: .staff(and: .member, .volunteer, .partner),
      Words(en: "List the mission briefs of an edition", fr: "Lister les cahiers des charges"),
      asking: { (input: ListBriefs, context) in
        _ = try await programmes.edition(input.edition)
        return try await policy(for: context.actor)
      }
    ) { input, policy, transaction in
      let state: SQL = input.state.map { "AND state = \($0.rawValue)" } ?? ""
      return try transaction.page(
        BriefRow.self,
        where: "edition_id = \(input.edition) \(part: state) AND \(part: policy.visibleBriefs)",
        by: "organisation_order", "title_order", "id", after: input.after, limit: input.limit
      ).map(BriefView.init)
    }
  }

  var showBrief: UseCase<OneBrief, BriefView> {
    .query(
      "accompaniment.brief", "/briefs/{brief}", by: .staff(and: .member, .volunteer, .partner),
      Words(en: "Show a mission brief", fr: "Montrer un cahier des charges"),
      asking: { (_: OneBrief, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      BriefView(try policy.brief(input.brief, in: transaction))
    }
  }

  /// Throws `Problem.notFound` when the brief is not there or not the actor's to see.
  func around(_ brief: BriefID, for context: Context) async throws -> Surroundings {
    let policy = try await policy(for: context.actor)
    let row = try await host.read { try policy.brief(brief, in: $0) }
    return try await around(edition: row.editionId, policy, at: context.now)
  }
}
