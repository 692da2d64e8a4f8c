internal import ApplicationsAPI
internal import Kernel
internal import NotificationsAPI
internal import PartnersAPI

/// Something that waits for somebody who is written to.
struct Waiting: Sendable {
  let grant: Grant
  let task: WaitingTask
  let standing: Reader.Standing?
  /// The id of the row that says how often they were reminded.
  var reminder: String { "\(grant)/\(task.kind)/\(task.page)" }

  /// What there is to do, and until when.
  func words(in zone: Zone) -> Words {
    guard let due = task.due else { return task.title }
    let day = Wording.lastDay(before: due, in: zone)
    return Words(
      en: "\(task.title.en) (by \(day.en))", fr: "\(task.title.fr) (jusqu’au \(day.fr))")
  }
}

extension NotificationsModule {
  /// What waits for somebody under each of their hats but staff's.
  func waiting(for person: EmailAddress, at now: Instant) async throws -> [Waiting] {
    var found: [Waiting] = []
    for module in others {
      for hat in try await module.hats(of: person) where hat.grant.role.needsSubject {
        let actor = Actor(hat.grant.role, subject: hat.grant.subject)
        for other in others {
          for task in try await other.tasks(for: actor, at: now) {
            found.append(
              Waiting(
                grant: hat.grant, task: task, standing: try await standing(of: hat.grant)))
          }
        }
      }
    }
    return found
  }

  private func standing(of grant: Grant) async throws -> Reader.Standing? {
    if let id = grant.subject(as: .volunteer, VolunteerID.self) { return .volunteer(id) }
    if let id = grant.subject(as: .reviewer, ReviewerID.self) { return .reviewer(id) }
    if let id = grant.subject(as: .member, MemberID.self) {
      return try await directory.applications.organisation(of: id).map { .member(of: $0) }
    }
    if let id = grant.subject(as: .partner, PartnerContactID.self) {
      return try await directory.partners.partner(of: id).map { .contact(of: $0) }
    }
    return nil
  }
}
