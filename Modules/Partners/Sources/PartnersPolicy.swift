internal import Kernel
internal import PartnersAPI

/// Who may see and do what. What somebody may not see answers as if it were not there.
struct PartnersPolicy {
  private let actor: Actor
  /// The partner a contact speaks for; nil for everyone else, and for contacts that are gone.
  let own: PartnerID?
  /// Whose data are kept and not used: partners do not see them.
  let restricted: Set<String>

  init(_ actor: Actor, in connection: any Connection) throws {
    self.actor = actor
    let contact = actor.subject(as: .partner, PartnerContactID.self)
    own = try contact.flatMap { try connection.find(PartnerContactRow.self, $0)?.partner }
    restricted = actor.isStaff || own != nil ? try connection.restricted(as: .volunteer) : []
  }

  init(_ transaction: Transaction) throws { try self.init(transaction.actor, in: transaction) }

  var isStaff: Bool { actor.isStaff }

  /// Staff act for every partner, a contact for their own.
  func mayActFor(_ partner: PartnerID) -> Bool { isStaff || own == partner }

  private func isSelf(_ volunteer: VolunteerRow) -> Bool {
    actor.subject(as: .volunteer, VolunteerID.self) == volunteer.id
  }

  /// Staff see everybody, a contact the people their partner sent, volunteers themselves.
  func maySee(_ volunteer: VolunteerRow) -> Bool {
    // A claim is there for whoever made it only.
    isStaff && volunteer.claimOf == nil || isSelf(volunteer)
      || (volunteer.partner.map { $0 == own } ?? false) && !isRestricted(volunteer.id)
  }

  /// Whom the actor may see by their data, of those they would see otherwise: staff everybody.
  var unrestricted: SQL {
    isStaff || restricted.isEmpty ? "1 = 1" : "id NOT IN \(list: restricted.sorted())"
  }

  func isRestricted(_ volunteer: VolunteerID) -> Bool {
    restricted.contains(volunteer.description)
  }

  /// Wishes, causes, conflicts, previous employers, and why somebody left: what a company has no
  /// business knowing. An agency's contact sees it of the people it sent who agreed to that.
  func maySeeSensitive(of volunteer: VolunteerRow, sentBy partner: PartnerRow?) -> Bool {
    if isStaff || isSelf(volunteer) { return true }
    return maySee(volunteer) && partner?.kind == .employmentAgency
      && volunteer.profile?.consent == true
  }

  /// The regime of an agency's people is hidden from its contact until they consent, for all of
  /// them: hiding job seekers only would point at them. Other partners send no job seekers.
  func maySeeRegime(of volunteer: VolunteerRow, sentBy partner: PartnerRow?) -> Bool {
    maySeeSensitive(of: volunteer, sentBy: partner)
      || maySee(volunteer) && partner?.kind != .employmentAgency && volunteer.regime != .jobSeeker
  }

  /// Whom the actor sees in a list, as a condition.
  var visible: SQL {
    if isStaff { return "claim_of IS NULL" }
    if let own { return "partner = \(own) AND \(part: unrestricted)" }
    if let volunteer = actor.subject(as: .volunteer, VolunteerID.self) {
      return "id = \(volunteer)"
    }
    return "1 = 0"
  }
}

extension Transaction {
  /// The partner, when the actor may act for it. Throws `Problem.notFound`.
  func partner(_ id: PartnerID) throws -> PartnerRow {
    guard try PartnersPolicy(self).mayActFor(id) else {
      throw Problem.notFound(PartnerRow.noun, id)
    }
    let row = try get(PartnerRow.self, id)
    // What was merged answers as what it became.
    return try row.mergedInto.map { try get(PartnerRow.self, $0) } ?? row
  }
}

/// The volunteer, when `actor` may see them. Throws `Problem.notFound`.
func visibleVolunteer(
  _ id: VolunteerID, to actor: Actor, in connection: any Connection
) throws -> VolunteerRow {
  let known =
    try connection.find(VolunteerRow.self, id)
    ?? survivor(of: id, in: connection).flatMap { try connection.find(VolunteerRow.self, $0) }
  guard let row = known, try PartnersPolicy(actor, in: connection).maySee(row)
  else { throw Problem.notFound(VolunteerRow.noun, id) }
  return row
}
