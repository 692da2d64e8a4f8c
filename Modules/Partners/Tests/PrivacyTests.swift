import Kernel
import KernelTesting
import Partners
import PartnersAPI
import ProgrammesAPI
import Testing

private let sensitive = ["wishes", "causes", "conflicts", "previousEmployers"]

@Test func `a company sees its own people, without conflicts and former employers`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  let ada = try await scene.volunteer("Ada", of: tours.id, .patronageService)
  let bob = try await scene.volunteer("Bob", of: phares.id)
  let free = try await scene.volunteer("Cleo")
  try await scene.test.call(
    "partners.complete-profile", as: ada.actor, scene.profile(ada.id, ["consent": true]))
  let seen = try await scene.test.call(
    "partners.volunteer", as: tours.contact, ["volunteer": ada.id])
  #expect(seen["regime"] == "patronage-service")
  #expect(seen["profile"]?["skills"]?.items.count == 1)
  for field in sensitive { #expect(seen["profile"]?[field] == nil, "\(field)") }
  for other in [bob.id, free.id] {
    #expect(
      await scene.test.problem("partners.volunteer", as: tours.contact, ["volunteer": other])?
        .status == 404)
  }
  let list = try await scene.test.call(
    "partners.volunteers", as: tours.contact, ["edition": scene.editionJSON])
  #expect(list["items"]?.items.map { $0["name"] } == ["Ada"])
  for field in sensitive { #expect(list["items"]?.items[0]["profile"]?[field] == nil, "\(field)") }
  let others = try await scene.test.call(
    "partners.volunteers", as: tours.contact,
    ["edition": scene.editionJSON, "partner": phares.id])
  #expect(others["items"] == [])
}

@Test func `an agency sees what is sensitive once the person consents, and not before`()
  async throws
{
  let scene = try await Scene()
  let agency = try await scene.partner("Agence", .employmentAgency)
  let ada = try await scene.volunteer("Ada", of: agency.id, .jobSeeker)
  // The agency's own adviser must not stand out by being shown.
  let bob = try await scene.volunteer("Bob", of: agency.id, .ownTime)
  for person in [ada, bob] {
    try await scene.test.call("partners.complete-profile", scene.profile(person.id))
    let before = try await scene.test.call(
      "partners.volunteer", as: agency.contact, ["volunteer": person.id])
    #expect(before["regime"] == nil)
    for field in sensitive { #expect(before["profile"]?[field] == nil, "\(field)") }
  }
  try await scene.test.call(
    "partners.complete-profile", as: ada.actor, scene.profile(ada.id, ["consent": true]))
  let after = try await scene.test.call(
    "partners.volunteer", as: agency.contact, ["volunteer": ada.id])
  #expect(after["regime"] == "job-seeker")
  for field in sensitive { #expect(after["profile"]?[field] != nil, "\(field)") }
  let tours = try await scene.partner("Tours")
  #expect(
    await scene.test.problem("partners.volunteer", as: tours.contact, ["volunteer": ada.id])?
      .status == 404)
}

@Test func `volunteers see themselves in full, and nobody else`() async throws {
  let scene = try await Scene()
  let agency = try await scene.partner("Agence", .employmentAgency)
  let ada = try await scene.volunteer("Ada", of: agency.id, .jobSeeker)
  let bob = try await scene.volunteer("Bob", of: agency.id, .jobSeeker)
  try await scene.test.call("partners.complete-profile", scene.profile(ada.id))
  let own = try await scene.test.call(
    "partners.volunteer", as: ada.actor, ["volunteer": ada.id])
  #expect(own["regime"] == "job-seeker")
  for field in sensitive { #expect(own["profile"]?[field] != nil, "\(field)") }
  for endpoint in ["partners.volunteer", "partners.withdraw"] {
    #expect(
      await scene.test.problem(endpoint, as: ada.actor, ["volunteer": bob.id])?.status == 404)
  }
  let list = try await scene.test.call(
    "partners.volunteers", as: ada.actor, ["edition": scene.editionJSON])
  #expect(list["items"]?.items.map { $0["name"] } == ["Ada"])
  let nobody = try await scene.test.call(
    "partners.volunteers", as: Actor(.volunteer), ["edition": scene.editionJSON])
  #expect(nobody["items"] == [])
}

@Test(arguments: [Role.member, .reviewer, .anyone])
func `members and reviewers learn nothing about volunteers here`(role: Role) async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  for (endpoint, input) in [
    ("partners.volunteer", ["volunteer": ada.id] as JSON),
    ("partners.volunteers", ["edition": scene.editionJSON]),
    ("partners.list", [:]),
  ] {
    let problem = await scene.test.problem(endpoint, as: Actor(role), input)
    #expect(problem?.status == (role == .anyone ? 401 : 403), "\(endpoint)")
  }
}

@Test func `a contact may withdraw their own people, but does not read why others left`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  let ada = try await scene.volunteer("Ada", of: tours.id)
  #expect(
    await scene.test.problem("partners.withdraw", as: phares.contact, ["volunteer": ada.id])?
      .status == 404)
  let left = try await scene.test.call(
    "partners.withdraw", as: ada.actor, ["volunteer": ada.id, "reason": "Health"])
  #expect(left["withdrawalReason"] == "Health")
  let seen = try await scene.test.call(
    "partners.volunteer", as: tours.contact, ["volunteer": ada.id])
  #expect(seen["state"] == "withdrawn")
  #expect(seen["withdrawalReason"] == nil)
}
