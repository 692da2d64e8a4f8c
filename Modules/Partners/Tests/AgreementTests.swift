import Kernel
import KernelTesting
import Partners
import PartnersAPI
import ProgrammesAPI
import Testing

extension Scene {
  fileprivate func agreement(
    _ partner: JSON, _ regimes: JSON, signed: JSON = "2020-03-01", _ more: [String: JSON] = [:]
  ) -> JSON {
    let plain: [String: JSON] = [
      "partner": partner, "edition": editionJSON, "signedOn": signed, "regimes": regimes,
    ]
    return .object(plain.merging(more) { _, new in new })
  }
}

@Test func `an agreement is signed once for each edition, and says so`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let signed = try await scene.test.call(
    "partners.sign-agreement",
    scene.agreement(tours.id, ["own-time", "patronage-service", "own-time"]))
  #expect(signed["regimes"] == ["patronage-service", "own-time"])
  #expect(try await scene.events() == ["partners.agreement-signed"])
  let again = await scene.test.problem(
    "partners.sign-agreement", scene.agreement(tours.id, ["own-time"]))
  #expect(again?.code == "partners/already-signed")
}

@Test func `an hourly cost is kept when given and absent when not`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  let with = try await scene.test.call(
    "partners.sign-agreement",
    scene.agreement(tours.id, ["own-time"], ["hourlyCostCents": 4250]))
  let without = try await scene.test.call(
    "partners.sign-agreement", scene.agreement(phares.id, ["own-time"]))
  #expect(with["hourlyCostCents"] == 4250)
  #expect(without["hourlyCostCents"] == nil)
  let free = await scene.test.problem(
    "partners.sign-agreement",
    scene.agreement(tours.id, ["own-time"], ["hourlyCostCents": 0]))
  #expect(free?.fields.map(\.field) == ["hourlyCostCents"])
}

@Test func `an agreement without regimes, dated tomorrow, with a company's job seekers is refused`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let empty = await scene.test.problem(
    "partners.sign-agreement", scene.agreement(tours.id, [], signed: "2020-03-03"))
  #expect(empty?.fields.map(\.field) == ["regimes", "signedOn"])
  let seekers = await scene.test.problem(
    "partners.sign-agreement", scene.agreement(tours.id, ["own-time", "job-seeker"]))
  #expect(seekers?.fields.map(\.field) == ["regimes[1]"])
  #expect(try await scene.events().isEmpty)
  let agency = try await scene.partner("Agence", .employmentAgency)
  try await scene.test.call("partners.sign-agreement", scene.agreement(agency.id, ["job-seeker"]))
}

@Test func `an agreement never leaves out people who are registered`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let ada = try await scene.volunteer("Ada Exemple", of: tours.id, .patronageService)
  let narrow = await scene.test.problem(
    "partners.sign-agreement", scene.agreement(tours.id, ["own-time"]))
  #expect(narrow?.code == "partners/regimes-in-use")
  let signed = try await scene.test.call(
    "partners.sign-agreement", scene.agreement(tours.id, ["own-time", "patronage-service"]))
  let id = try #require(signed["id"])
  let amended = await scene.test.problem(
    "partners.amend-agreement", ["agreement": id, "regimes": ["own-time"]])
  #expect(amended?.code == "partners/regimes-in-use")
  try await scene.test.call("partners.withdraw", ["volunteer": ada.id])
  try await scene.test.call(
    "partners.amend-agreement", ["agreement": id, "version": 1, "regimes": ["own-time"]])
  let stale = await scene.test.problem(
    "partners.amend-agreement", ["agreement": id, "version": 1, "regimes": ["own-time"]])
  #expect(stale?.code == "stale-version")
  // And who left cannot come back under a regime that is no longer agreed.
  let back = await scene.test.problem("partners.rejoin", ["volunteer": ada.id])
  #expect(back?.status == 422)
}

@Test func `a contact reads their own agreement only`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  for partner in [tours, phares] {
    try await scene.test.call(
      "partners.sign-agreement", scene.agreement(partner.id, ["own-time"]))
  }
  let all = try await scene.test.call("partners.agreements", ["edition": scene.editionJSON])
  #expect(all.items.map { $0["partnerName"] } == ["Phares", "Tours"])
  let own = try await scene.test.call(
    "partners.agreements", as: tours.contact, ["edition": scene.editionJSON])
  #expect(own.items.map { $0["partnerName"] } == ["Tours"])
}

@Test func `nothing is signed, pledged or registered in an edition that is over`() async throws {
  let scene = try await Scene(.closed)
  let tours = try await scene.partner("Tours")
  let calls: [(String, JSON)] = [
    ("partners.sign-agreement", scene.agreement(tours.id, ["own-time"])),
    (
      "partners.pledge",
      ["partner": tours.id, "edition": scene.editionJSON, "people": 3, "days": 9]
    ),
    ("partners.register-volunteer", scene.person("Ada Exemple")),
    (
      "partners.import-roster",
      scene.roster(tours.id, "nom,email,langue,regime\nA,a@x.fr,fr,temps personnel\n")
    ),
  ]
  for (endpoint, input) in calls {
    #expect(
      await scene.test.problem(endpoint, input)?.code == "partners/edition-closed", "\(endpoint)")
  }
}

@Test func `a pledge is made by staff or the partner, and replaced when made again`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  func pledge(_ people: JSON, _ version: JSON = nil) -> JSON {
    [
      "partner": tours.id, "edition": scene.editionJSON, "people": people, "days": 30,
      "version": version,
    ]
  }
  try await scene.test.call("partners.pledge", as: tours.contact, pledge(10))
  try await scene.test.call("partners.pledge", pledge(12, 1))
  #expect(await scene.test.problem("partners.pledge", pledge(14, 1))?.code == "stale-version")
  #expect(
    await scene.test.problem("partners.pledge", as: phares.contact, pledge(1))?.status == 404)
  #expect(
    await scene.test.problem("partners.pledge", pledge(-1))?.fields.map(\.field) == ["people"])
}

@Test func `fulfilment sets what was pledged beside who registered, is ready and has left`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  _ = try await scene.partner("Silent")
  try await scene.test.call(
    "partners.pledge",
    ["partner": tours.id, "edition": scene.editionJSON, "people": 5, "days": 15])
  let ada = try await scene.volunteer("Ada Exemple", of: tours.id)
  let bob = try await scene.volunteer("Bob Exemple", of: tours.id)
  _ = try await scene.volunteer("Cleo Exemple", of: tours.id)
  _ = try await scene.volunteer("Dan Exemple", of: phares.id)
  try await scene.test.call("partners.complete-profile", scene.profile(ada.id))
  try await scene.test.call("partners.complete-profile", scene.profile(bob.id))
  try await scene.test.call("partners.withdraw", ["volunteer": bob.id])
  let all = try await scene.test.call("partners.pledges", ["edition": scene.editionJSON])
  #expect(all.items.map { $0["name"] } == ["Phares", "Tours"])
  let row = try #require(all.items.last)
  #expect(row["pledgedPeople"] == 5)
  #expect(row["registered"] == 3)
  #expect(row["complete"] == 1)
  #expect(row["withdrawn"] == 1)
  #expect(row["missing"] == 3)
  let own = try await scene.test.call(
    "partners.pledges", as: phares.contact, ["edition": scene.editionJSON])
  #expect(own.items.map { $0["name"] } == ["Phares"])
}
