internal import ApplicationsAPI
internal import Kernel

/// What came to an organisation since another became one with it: begun or added when nobody could tell
/// the two apart, so staff say whose it is when they are two again. All else knows whose it is: what was
/// begun before goes back with what came of it.
struct SinceMerge {
  let merge: MergeRow
  let applications: [ApplicationRow]
  let members: [MemberRow]

  init(_ merge: MergeRow, in connection: any Connection) throws {
    self.merge = merge
    let moved = merge.moved
    let known = Set(moved.applications + (moved.ownApplications ?? []))
    applications = try connection.applications(of: merge.kept).filter { row in
      !known.contains(row.id)
        && (moved.ownApplications != nil || row.draftedAt > merge.mergedAt)
    }
    let people = Set(moved.members + (moved.ownMembers ?? []))
    // Of an early merge nobody knows who was added since: they stay.
    members =
      moved.ownMembers == nil
      ? []
      : try Applications.members(of: merge.kept, in: connection).filter { !people.contains($0.id) }
  }

  /// What goes to the one that comes back.
  struct Going {
    let applications: [(place: Int, row: ApplicationRow)]
    let members: [(place: Int, row: MemberRow)]
  }

  /// Throws `ApplicationsError.cameSince` with what nobody decided about, or a `Problem` about what was
  /// decided otherwise than it can be.
  func going(by destinations: [ApplicationsModule.Destination]) throws -> Going {
    var applications: [ApplicationID: (Int, OrganisationID)] = [:]
    var members: [MemberID: (Int, OrganisationID)] = [:]
    var faults: [FieldProblem] = []
    for (place, said) in destinations.enumerated() {
      let field = "destinations[\(place)]"
      if said.organisation != merge.kept, said.organisation != merge.gone {
        faults.append(
          FieldProblem(
            field + ".organisation", en: "is neither of the two", fr: "n’est aucune des deux"))
      }
      switch (said.application, said.member) {
      case (let id?, nil) where self.applications.contains { $0.id == id }:
        applications[id] = (place, said.organisation)
      case (nil, let id?) where self.members.contains { $0.id == id }:
        members[id] = (place, said.organisation)
      default:
        faults.append(
          FieldProblem(
            field, en: "names nothing that came since the merge",
            fr: "ne nomme rien qui soit venu depuis la fusion"))
      }
    }
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
    let open =
      self.applications.filter { applications[$0.id] == nil }.map { row in
        FieldProblem(
          "destinations", en: "application \(row.id) was begun since: whose is it?",
          fr: "la candidature \(row.id) a été commencée depuis : à qui est-elle ?")
      }
      + self.members.filter { members[$0.id] == nil }.map { row in
        FieldProblem(
          "destinations", en: "\(row.name) was added since: whose member are they?",
          fr: "\(row.name) a été ajouté depuis : membre de laquelle ?")
      }
    guard open.isEmpty else { throw ApplicationsError.cameSince(open) }
    return Going(
      applications: self.applications.compactMap { row in
        applications[row.id].flatMap { $0.1 == merge.gone ? ($0.0, row) : nil }
      },
      members: self.members.compactMap { row in
        members[row.id].flatMap { $0.1 == merge.gone ? ($0.0, row) : nil }
      })
  }
}

extension SinceMerge.Going {
  /// Gives it to the one that is back. Throws a `Problem` where that one has such an application or member
  /// itself.
  func move(to owner: OrganisationRow, in transaction: Transaction) throws {
    let calls = Set(try transaction.applications(of: owner.id).map(\.callId))
    let known = try Applications.members(of: owner.id, in: transaction)
    let addresses = Set(known.map(\.email))
    let faults =
      applications.filter { calls.contains($0.row.callId) }.map { place, _ in
        FieldProblem(
          "destinations[\(place)].organisation", en: "has an application to this call",
          fr: "a déjà une candidature à cet appel")
      }
      + members.filter { addresses.contains($0.row.email) }.map { place, _ in
        FieldProblem(
          "destinations[\(place)].organisation", en: "has a member with this address",
          fr: "a déjà un membre à cette adresse")
      }
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
    try transaction.execute(
      """
      UPDATE applications_application
      SET organisation_id = \(owner.id), organisation_order = \(owner.nameOrder)
      WHERE id IN \(list: applications.map(\.row.id))
      """)
    let last = known.map(\.position).max() ?? 0
    for (index, member) in members.enumerated() {
      try transaction.execute(
        """
        UPDATE applications_member
        SET organisation_id = \(owner.id), position = \(last + index + 1)
        WHERE id = \(member.row.id)
        """)
    }
  }
}

extension ApplicationsModule {
  @UseCases var aboutMergesInPreview: [Endpoint] {
    showMerge
  }

  /// A merge before it is taken back.
  struct MergePreview: Codable, Sendable {
    let id: OrganisationMergeID
    let merge: MergeView
    /// What goes back with the one that went, and all that came of it.
    let applications: [ApplicationID]
    let members: [MemberView]
    /// What came since: for each, somebody says which organisation it goes to.
    let applicationsSince: [ApplicationID]
    let membersSince: [MemberView]

    init(_ since: SinceMerge, in connection: any Connection) throws {
      let row = since.merge
      id = row.id
      merge = MergeView(row)
      let kept = Set(try connection.applications(of: row.kept).map(\.id))
      applications =
        row.moved.applications.filter(kept.contains)
        + row.moved.aside.map(\.application).filter { $0.organisationId == row.gone }.map(\.id)
      let going = Set(row.moved.members)
      members =
        try Applications.members(of: row.kept, in: connection).filter { going.contains($0.id) }
        .map(MemberView.init) + row.moved.doubles.map { MemberView($0.gone) }
      applicationsSince = since.applications.map(\.id)
      membersSince = since.members.map(MemberView.init)
    }
  }

  var showMerge: UseCase<OneMerge, MergePreview> {
    .query(
      "applications.merge", "/organisation-merges/{merge}", by: .staff,
      Words(
        en: "Show what goes back when a merge of organisations is taken back, and what came since",
        fr: "Montrer ce qui repart quand une fusion se défait, et ce qui est venu depuis")
    ) { (input: OneMerge, transaction) in
      try MergePreview(
        SinceMerge(merge(input.merge, in: transaction), in: transaction), in: transaction)
    }
  }

  /// A merge that can still be taken back. Throws `Problem.notFound`.
  func merge(_ id: OrganisationMergeID, in transaction: Transaction) throws -> MergeRow {
    guard let row = try undoableMerges(in: transaction).first(where: { $0.id == id }) else {
      throw Problem.notFound(MergeRow.noun, id)
    }
    return row
  }
}
