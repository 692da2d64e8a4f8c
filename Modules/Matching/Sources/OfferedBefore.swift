internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension MatchingModule {
  /// Who among the volunteers was offered a place in another edition, known by their address; nil
  /// when no other edition offered any.
  func offeredBefore(among situation: MatchingCase) async throws -> Set<VolunteerID>? {
    let edition = situation.edition.id
    let past = try await host.read { connection in
      try connection.rows(
        """
        SELECT DISTINCT edition_id, volunteer FROM matching_place WHERE edition_id <> \(edition)
        """
      ).map { row in
        (
          edition: try row.get("edition_id", as: EditionID.self),
          volunteer: try row.get("volunteer", as: VolunteerID.self)
        )
      }
    }
    guard !past.isEmpty else { return nil }
    var addresses: Set<EmailAddress> = []
    for (edition, offers) in Dictionary(grouping: past, by: \.edition) {
      let known = Dictionary(
        try await partners.volunteers(of: edition).map { ($0.id, $0.contact.email) }
      ) { first, _ in first }
      for id in offers.map(\.volunteer) {
        // Whoever left the edition is not in its list any more.
        if let address = known[id] {
          addresses.insert(address)
        } else {
          addresses.insert(try await partners.volunteer(id).contact.email)
        }
      }
    }
    return Set(
      situation.volunteers.filter { addresses.contains($0.contact.email) }.map(\.id))
  }
}
