import Kernel
import KernelTesting
import Partners
import Testing

// A contact does not learn who takes part another way; staff do.

@Test func `a contact is answered the same whether an address takes part or not`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  let ada = try await scene.volunteer("Ada", of: phares.id)
  func register(_ name: String) async throws -> JSON {
    try await scene.test.call(
      "partners.register-volunteer", as: tours.contact, scene.person(name, tours.id))
  }
  let claimed = try await register("Ada")
  let new = try await register("Bob")
  for field in ["partner", "state", "regime", "language", "version"] {
    #expect(claimed[field] == new[field], "\(field)")
  }
  #expect(claimed["email"] == "ada@people.example")
  // It is among their people, can be withdrawn and corrected by a roster, and is refused twice.
  let list = try await scene.test.call(
    "partners.people", as: tours.contact, ["partner": tours.id, "edition": scene.editionJSON])
  #expect(list["items"]?.items.map { $0["name"] } == ["Ada", "Bob"])
  let again = await scene.test.problem(
    "partners.register-volunteer", as: tours.contact, scene.person("Ada", tours.id))
  #expect(again?.code == "partners/already-registered")
  let roster = try await scene.test.call(
    "partners.import-roster", as: tours.contact,
    scene.roster(
      tours.id,
      "name,email,language,regime\nAda,ada@people.example,fr,own time\nBob,bob@people.example,fr,own time\n"
    ))
  #expect(roster["unchanged"] == 2)
  let pledges = try await scene.test.call(
    "partners.pledges", as: tours.contact, ["edition": scene.editionJSON])
  #expect(pledges.items.first?["registered"] == 2)
  // Whoever has the address is untouched, and only they are said to be registered.
  let person = try await scene.test.call("partners.volunteer", ["volunteer": ada.id])
  #expect(person["partner"] == phares.id)
  #expect(
    try await scene.events() == Array(repeating: "partners.volunteer-registered", count: 2))
  // Staff meet them once.
  let all = try await scene.test.call("partners.volunteers", ["edition": scene.editionJSON])
  #expect(all["items"]?.items.map { $0["name"] } == ["Ada", "Bob"])
  let hidden = await scene.test.problem(
    "partners.complete-profile", scene.profile(try #require(claimed["id"])))
  #expect(hidden?.status == 404)
}

@Test func `withdrawing a claim tells nobody`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let ada = try await scene.volunteer("Ada")
  let claimed = try await scene.test.call(
    "partners.register-volunteer", as: tours.contact, scene.person("Ada", tours.id))
  let gone = try await scene.test.call(
    "partners.withdraw", as: tours.contact, ["volunteer": claimed["id"] ?? nil])
  #expect(gone["state"] == "withdrawn")
  #expect(
    try await scene.test.call("partners.volunteer", ["volunteer": ada.id])["state"] == "registered")
  #expect(try await scene.events() == ["partners.volunteer-registered"])
}

@Test func `staff see what was found, and settle it`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let ada = try await scene.volunteer("Ada")
  try await scene.test.call(
    "partners.complete-profile", scene.profile(ada.id, ["consent": true]))
  let claimed = try await scene.test.call(
    "partners.register-volunteer", as: tours.contact, scene.person("Ada", tours.id))
  let claims = try await scene.test.call("partners.claims", ["edition": scene.editionJSON])
  #expect(claims["items"]?.items.map { $0["volunteer"] } == [ada.id])
  #expect(claims["items"]?.items.first?["partnerName"] == "Tours")
  let claim = claimed["id"] ?? nil
  try await scene.test.call("partners.settle-claim", ["claim": claim, "move": true])
  let moved = try await scene.test.call("partners.volunteer", ["volunteer": ada.id])
  #expect(moved["partner"] == tours.id)
  #expect(moved["profile"]?["consent"] == false)
  let list = try await scene.test.call(
    "partners.people", as: tours.contact, ["partner": tours.id, "edition": scene.editionJSON])
  #expect(list["items"]?.items.map { $0["id"] } == [ada.id])
  #expect(
    await scene.test.problem("partners.settle-claim", ["claim": claim, "move": true])?.status == 404
  )
  #expect(
    await scene.test.problem("partners.settle-claim", ["claim": ada.id, "move": true])?.status
      == 404)
}
