internal import Kernel
internal import PartnersAPI

/// Who came to a partner since another became one with it, registered or added when nobody could tell the
/// two apart: staff say whose they are when they are two again, so that no contact goes on seeing the people
/// of the other.
struct SincePartnerMerge {
  let moved: MergedPartner
  let contacts: [PartnerContactRow]
  let volunteers: [VolunteerRow]

  init(_ moved: MergedPartner, in connection: any Connection) throws {
    self.moved = moved
    guard let own = moved.ownContacts, let people = moved.ownVolunteers else {
      (contacts, volunteers) = ([], [])
      return
    }
    let known = Set(own + moved.contacts.map(\.id))
    contacts = try Partners.contacts(of: moved.kept, in: connection).filter {
      !known.contains($0.id)
    }
    let before = Set(people + moved.volunteers)
    volunteers = try connection.select(
      VolunteerRow.self,
      "WHERE partner = \(moved.kept) AND withdrawn_at IS NULL ORDER BY name, id"
    ).filter { !before.contains($0.id) }
  }

  /// Who goes with the one that comes back. Throws `PartnersError.cameSince` with those nobody decided about,
  /// or a `Problem` about what was decided otherwise than it can be.
  func going(
    by destinations: [PartnersModule.PartnerDestination]
  ) throws -> (contacts: [PartnerContactID], volunteers: [VolunteerID]) {
    var decided: [String: PartnerID] = [:]
    var faults: [FieldProblem] = []
    for (place, said) in destinations.enumerated() {
      let field = "destinations[\(place)]"
      if said.partner != moved.kept, said.partner != moved.gone.id {
        faults.append(
          FieldProblem(field + ".partner", en: "is neither of the two", fr: "n’est aucun des deux"))
      }
      switch (said.contact, said.volunteer) {
      case (let id?, nil) where contacts.contains { $0.id == id }:
        decided[id.description] = said.partner
      case (nil, let id?) where volunteers.contains { $0.id == id }:
        decided[id.description] = said.partner
      default:
        faults.append(
          FieldProblem(
            field, en: "names nobody who came since the merge",
            fr: "ne nomme personne qui soit venu depuis la fusion"))
      }
    }
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
    let people =
      contacts.map { ($0.id.description, $0.name) }
      + volunteers.map { ($0.id.description, $0.name) }
    let open = people.filter { decided[$0.0] == nil }.map { _, name in
      FieldProblem(
        "destinations", en: "\(name) came since: whose are they?",
        fr: "\(name) est venu depuis : de qui est cette personne ?")
    }
    guard open.isEmpty else { throw PartnersError.cameSince(open) }
    return (
      contacts.map(\.id).filter { decided[$0.description] == moved.gone.id },
      volunteers.map(\.id).filter { decided[$0.description] == moved.gone.id }
    )
  }

  /// Gives them to the one that is back.
  func move(
    _ going: (contacts: [PartnerContactID], volunteers: [VolunteerID]), in transaction: Transaction
  ) throws {
    let known = try Partners.contacts(of: moved.gone.id, in: transaction)
    var position = known.last?.position ?? 0
    for id in going.contacts {
      position += 1
      let address = contacts.first { $0.id == id }?.email
      guard !known.contains(where: { $0.email == address }) else {
        try transaction.delete(PartnerContactRow.self, id)
        continue
      }
      try transaction.execute(
        """
        UPDATE partners_contact SET partner = \(moved.gone.id), position = \(position)
        WHERE id = \(id)
        """)
    }
    for start in stride(from: 0, to: going.volunteers.count, by: 1000) {
      let part = Array(going.volunteers[start..<min(start + 1000, going.volunteers.count)])
      try transaction.execute(
        "UPDATE partners_volunteer SET partner = \(moved.gone.id) WHERE id IN \(list: part)")
    }
  }
}
