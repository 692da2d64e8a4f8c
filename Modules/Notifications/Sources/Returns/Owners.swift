internal import Kernel
internal import NotificationsAPI
internal import PartnersAPI

// Whose business it is that letters to somebody come back.
extension NotificationsModule {
  /// The addresses that do not work of whom `actor` answers for: their own, colleagues', and for a
  /// partner's contact those of its people.
  func unreachable(ownedBy actor: Actor) async throws -> [AddressRow] {
    let marked = try await host.read { connection in
      try connection.select(AddressRow.self, "WHERE state = 'unreachable' ORDER BY since, id")
    }
    guard !marked.isEmpty, !actor.isStaff else { return marked }
    let own = Set(try await contacts(of: actor).map(\.email))
    var partner: PartnerID?
    if let contact = actor.subject(as: .partner, PartnerContactID.self) {
      partner = try await directory.partners.partner(of: contact)
    }
    var found: [AddressRow] = []
    for row in marked {
      if own.contains(row.id) {
        found.append(row)
      } else if let partner, case .volunteer(let id)? = row.standing,
        let volunteer = try? await directory.partners.volunteer(id), volunteer.partner == partner,
        volunteer.contact.email == row.id
      {
        found.append(row)
      }
    }
    return found
  }

  /// What they have to do about them.
  func addressTasks(for actor: Actor) async throws -> [WaitingTask] {
    let rows = try await unreachable(ownedBy: actor)
    guard let first = rows.first else { return [] }
    if actor.isStaff {
      return [
        WaitingTask(
          "notifications.unreachable",
          title: Words(
            en: "Addresses that letters come back from: \(rows.count)",
            fr: "Adresses d’où les lettres reviennent : \(rows.count)"),
          since: first.since, page: "/mail-addresses", count: rows.count)
      ]
    }
    return rows.map { row in
      WaitingTask(
        "notifications.correct-address",
        title: Words(
          en:
            "Letters to \(row.name) (\(row.id)) come back: correct the address, or say it is right",
          fr:
            "Les lettres à \(row.name) (\(row.id)) reviennent : corriger l’adresse, ou dire qu’elle est bonne"
        ), since: row.since, page: "/my-letters")
    }
  }
}
