internal import ApplicationsAPI
internal import Foundation
internal import Kernel

enum ClearedConflictEntity {}

/// Staff looked, and the reviewer has nothing to do with the organisation.
struct ClearedConflictRow: Record {
  static let table = "applications_cleared_conflict"

  let id: ID<ClearedConflictEntity>
  let reviewerId: ReviewerID
  let organisationId: OrganisationID
  let reason: Paragraph
  let clearedAt: Instant
}

/// Somebody who may be on both sides, for staff to confirm or clear before anybody reads.
struct LikelyConflict: Codable, Sendable, Hashable {
  let reviewer: ReviewerID
  let reviewerName: Name
  let organisation: OrganisationID
  let organisationName: Name
  let why: Words
}

/// Reviewers who bear the name of a member, whatever the address, and nobody has said yet whether they
/// are one person. By reviewer, then organisation.
func likelyConflicts(in connection: any Connection) throws -> [LikelyConflict] {
  let reviewers = Dictionary(
    grouping: try connection.select(ReviewerRow.self, "ORDER BY position"),
    by: { folded($0.name.description) })
  let settled = try conflicts(in: connection)
  let cleared = try connection.select(ClearedConflictRow.self)
  let names = Dictionary(
    try connection.select(OrganisationRow.self).map { ($0.id, $0.name) }
  ) { first, _ in first }
  var found: [LikelyConflict] = []
  for member in try connection.select(MemberRow.self, "ORDER BY organisation_id, position") {
    for reviewer in reviewers[folded(member.name.description)] ?? [] {
      let organisation = member.organisationId
      guard settled[reviewer.id]?.contains(organisation) != true,
        !cleared.contains(where: {
          $0.reviewerId == reviewer.id && $0.organisationId == organisation
        }), let name = names[organisation]
      else { continue }
      let suspicion = LikelyConflict(
        reviewer: reviewer.id, reviewerName: reviewer.name, organisation: organisation,
        organisationName: name,
        why: Words(
          en: "\(reviewer.name) bears the name of a member of \(name).",
          fr: "\(reviewer.name) porte le nom d’un membre de \(name)."))
      if !found.contains(suspicion) { found.append(suspicion) }
    }
  }
  return found.sorted {
    ($0.reviewerName.description, $0.organisationName.description)
      < ($1.reviewerName.description, $1.organisationName.description)
  }
}

/// A name as a person would compare it: without accents, case, order of its words or hyphens.
func folded(_ name: String) -> String {
  let plain = name.folding(
    options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil
  )
  .replacingOccurrences(of: "œ", with: "oe").replacingOccurrences(of: "æ", with: "ae")
  return plain.split { !$0.isLetter && !$0.isNumber }.sorted().joined(separator: " ")
}

/// The mailbox an address leads to: what follows a `+` only sorts what arrives there.
func mailbox(of address: EmailAddress) -> String {
  let parts = address.description.split(separator: "@")
  guard parts.count == 2, let local = parts[0].split(separator: "+").first else {
    return address.description
  }
  return "\(local)@\(parts[1])"
}

extension ApplicationsModule {
  @UseCases var aboutLikelyConflicts: [Endpoint] {
    listLikelyConflicts
    clearConflict
  }

  struct Clear: Codable, Sendable {
    let reviewer: ReviewerID
    let organisation: OrganisationID
    /// How it is known.
    let reason: Paragraph
  }
  struct Cleared: Codable, Sendable {
    let reviewer: ReviewerID
    let organisation: OrganisationID
    let reason: Paragraph
  }

  var listLikelyConflicts: UseCase<PageOfCall, Page<LikelyConflict>> {
    .query(
      "applications.likely-conflicts", "/calls/{call}/likely-conflicts", by: .staff,
      Words(
        en: "List reviewers who may be members of an applicant, for staff to confirm or clear",
        fr: "Lister les relecteurs peut-être membres d’une candidate, à confirmer ou écarter")
    ) { (input: PageOfCall, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      let applicants = Set(
        try transaction.select(ApplicationOwner.self, "WHERE call_id = \(call.id)")
          .map(\.organisationId))
      return try Page(
        of: likelyConflicts(in: transaction).filter { applicants.contains($0.organisation) },
        after: input.after, limit: input.limit)
    }
  }

  var clearConflict: UseCase<Clear, Cleared> {
    .command(
      "applications.clear-conflict", .post, "/reviewers/{reviewer}/conflict-clearances", by: .staff,
      Words(
        en: "Say that a reviewer only bears a member's name, and how it is known",
        fr: "Dire qu’un relecteur n’est qu’un homonyme d’un membre, et comment on le sait")
    ) { (input: Clear, transaction) in
      let reviewer = try ApplicationsPolicy.reviewer(input.reviewer, in: transaction)
      let organisation = try transaction.organisation(input.organisation)
      try transaction.execute(
        """
        DELETE FROM applications_cleared_conflict
        WHERE reviewer_id = \(reviewer.id) AND organisation_id = \(organisation.id)
        """)
      let row = ClearedConflictRow(
        id: transaction.newID(), reviewerId: reviewer.id, organisationId: organisation.id,
        reason: input.reason, clearedAt: transaction.now)
      try transaction.insert(row)
      return Cleared(
        reviewer: row.reviewerId, organisation: row.organisationId, reason: row.reason)
    }
  }
}
