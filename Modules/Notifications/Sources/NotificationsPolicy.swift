internal import ApplicationsAPI
internal import Kernel
internal import NotificationsAPI
internal import PartnersAPI

/// Whose preferences somebody may read and set: staff everybody's, others their own.
struct NotificationsPolicy: Sendable {
  let actor: Actor
  /// The addresses the actor speaks for.
  let own: Set<EmailAddress>

  /// Throws `Problem.notFound` for an address that is not the actor's: whether it is known here is
  /// nobody else's business.
  func check(_ address: EmailAddress) throws {
    guard actor.isStaff || own.contains(address) else {
      throw Problem.notFound(Words(en: "address", fr: "adresse"), address)
    }
  }
}

extension NotificationsModule {
  func policy(for actor: Actor) async throws -> NotificationsPolicy {
    NotificationsPolicy(actor: actor, own: Set(try await contacts(of: actor).map(\.email)))
  }

  /// Applications and Partners tell the contacts of an organisation, not which of them a member is;
  /// colleagues answer for one another.
  func contacts(of actor: Actor) async throws -> [Contact] {
    if let id = actor.subject(as: .volunteer, VolunteerID.self) {
      return [try await directory.contact(of: id)]
    }
    if let id = actor.subject(as: .reviewer, ReviewerID.self) {
      return [try await directory.applications.reviewer(id)]
    }
    if let id = actor.subject(as: .member, MemberID.self),
      let organisation = try await directory.applications.organisation(of: id)
    {
      return try await directory.applications.organisation(organisation).contacts
    }
    if let id = actor.subject(as: .partner, PartnerContactID.self),
      let partner = try await directory.partners.partner(of: id)
    {
      return try await directory.partners.partner(partner).contacts
    }
    return []
  }
}
