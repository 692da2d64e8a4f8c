import Kernel
import KernelTesting
import Partners
import PartnersAPI
import ProgrammesAPI
import Testing

@Test func `a partner is registered once, whatever the case of its name`() async throws {
  let scene = try await Scene()
  _ = try await scene.partner("Tours Réunies")
  let contact: JSON = ["name": "C", "email": "c@x.example", "language": "en"]
  let again = await scene.test.problem(
    "partners.register", ["name": "TOURS RÉUNIES", "kind": "company", "contact": contact])
  #expect(again?.code == "partners/partner-exists")
}

@Test func `a SIREN belongs to one partner and must have the right key`() async throws {
  let scene = try await Scene()
  let contact: JSON = ["name": "C", "email": "c@x.example", "language": "en"]
  let first: JSON = [
    "name": "La Poste", "kind": "company", "siren": "356000000", "contact": contact,
  ]
  try await scene.test.call("partners.register", first)
  let double = await scene.test.problem(
    "partners.register",
    ["name": "Other", "kind": "company", "siren": "356000000", "contact": contact])
  #expect(double?.code == "partners/partner-exists")
  let wrong = await scene.test.problem(
    "partners.register",
    ["name": "Other", "kind": "company", "siren": "356000001", "contact": contact])
  #expect(wrong?.fields.map(\.field) == ["siren"])
}

@Test func `a correction made from an old copy is refused`() async throws {
  let scene = try await Scene()
  let partner = try await scene.partner("Tours")
  try await scene.test.call(
    "partners.correct", ["partner": partner.id, "name": "Tours SA", "version": 1])
  let stale = await scene.test.problem(
    "partners.correct", ["partner": partner.id, "name": "Tours SE", "version": 1])
  #expect(stale?.code == "stale-version")
  let taken = try await scene.partner("Phares")
  let double = await scene.test.problem(
    "partners.correct", ["partner": taken.id, "name": "tours sa"])
  #expect(double?.code == "partners/partner-exists")
}

@Test func `a contact sees and changes their own partner only`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  let list = try await scene.test.call("partners.list", as: tours.contact)
  #expect(list.items.map { $0["name"] } == ["Tours"])
  #expect(try await scene.test.call("partners.list").items.count == 2)
  #expect(
    try await scene.test.call("partners.partner", as: tours.contact, ["partner": tours.id])["name"]
      == "Tours")
  let other = await scene.test.problem(
    "partners.partner", as: tours.contact, ["partner": phares.id])
  let none = await scene.test.problem(
    "partners.partner", as: tours.contact, ["partner": scene.unknown()])
  #expect(other?.status == 404)
  #expect(other?.code == none?.code)
  let added = await scene.test.problem(
    "partners.add-contact", as: tours.contact,
    ["partner": phares.id, "name": "Spy", "email": "spy@x.example", "language": "fr"])
  #expect(added?.status == 404)
}

@Test func `a partner keeps at least one contact, and each address once`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let second: JSON = [
    "partner": tours.id, "name": "Deux", "email": "DEUX@tours.example", "language": "en",
  ]
  let added = try await scene.test.call("partners.add-contact", as: tours.contact, second)
  #expect(
    await scene.test.problem("partners.add-contact", second)?.code == "partners/contact-exists")
  let first = JSON.string(try #require(tours.contact.subject))
  try await scene.test.call("partners.remove-contact", ["partner": tours.id, "contact": first])
  let last = await scene.test.problem(
    "partners.remove-contact", ["partner": tours.id, "contact": try #require(added["contact"])])
  #expect(last?.code == "partners/last-contact")
  let gone = await scene.test.problem(
    "partners.remove-contact", ["partner": tours.id, "contact": first])
  #expect(gone?.status == 404)
  // Who no longer speaks for the partner no longer sees it.
  let former = await scene.test.problem(
    "partners.partner", as: tours.contact, ["partner": tours.id])
  #expect(former?.status == 404)
}

@Test func `other modules learn of a partner and whom a contact speaks for`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours", .publicBacker)
  let id = try #require(tours.id.text.flatMap { PartnerID($0) })
  let partner = try await scene.module.partner(id)
  #expect(partner.kind == .publicBacker)
  #expect(partner.contacts.map(\.email.description) == ["tours@partner.example"])
  let contact = try #require(tours.contact.subject(as: .partner, PartnerContactID.self))
  #expect(try await scene.module.partner(of: contact) == id)
  let nobody = try #require(PartnerContactID("01700000-0000-7000-8000-00000000ffff"))
  #expect(try await scene.module.partner(of: nobody) == nil)
  let unknown = try #require(PartnerID("01700000-0000-7000-8000-00000000ffff"))
  await #expect(throws: Problem.self) { try await scene.module.partner(unknown) }
}

@Test(arguments: [
  Role.reviewer, .member, .volunteer, .partner, .anyone,
])
func `only staff register partners, sign and let people rejoin`(role: Role) async throws {
  let scene = try await Scene()
  let partner = try await scene.partner("Tours")
  let someone = try await scene.volunteer("Ada Exemple")
  let calls: [(String, JSON)] = [
    (
      "partners.register",
      [
        "name": "X", "kind": "company",
        "contact": ["name": "C", "email": "c@x.example", "language": "en"],
      ]
    ),
    ("partners.correct", ["partner": partner.id, "name": "X"]),
    (
      "partners.sign-agreement",
      [
        "partner": partner.id, "edition": scene.editionJSON, "signedOn": "2020-03-01",
        "regimes": ["own-time"],
      ]
    ),
    ("partners.rejoin", ["volunteer": someone.id]),
  ]
  for (endpoint, input) in calls {
    let problem = await scene.test.problem(endpoint, as: Actor(role), input)
    #expect(problem?.status == (role == .anyone ? 401 : 403), "\(endpoint)")
  }
}
