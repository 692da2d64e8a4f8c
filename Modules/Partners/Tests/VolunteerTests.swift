import Kernel
import KernelTesting
import Partners
import PartnersAPI
import ProgrammesAPI
import Testing

@Test func `a person is registered once in an edition, whatever the case of their address`()
  async throws
{
  let scene = try await Scene()
  _ = try await scene.volunteer("Ada Exemple")
  var again = scene.person("Ada Exemple")
  if case .object(var members) = again {
    members["email"] = "ADAEXEMPLE@people.example"
    again = .object(members)
  }
  #expect(
    await scene.test.problem("partners.register-volunteer", again)?.code
      == "partners/already-registered")
  #expect(try await scene.events() == ["partners.volunteer-registered"])
}

@Test func `a person's regime fits who sends them and what was agreed`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let agency = try await scene.partner("Agence", .employmentAgency)
  try await scene.test.call(
    "partners.sign-agreement",
    [
      "partner": tours.id, "edition": scene.editionJSON, "signedOn": "2020-03-01",
      "regimes": ["patronage-service"],
    ])
  let refused: [JSON] = [
    scene.person("Ada Exemple", tours.id, .jobSeeker),
    scene.person("Ada Exemple", tours.id, .ownTime),
    scene.person("Ada Exemple", nil, .jobSeeker),
    scene.person("Ada Exemple", nil, .patronageService),
  ]
  for input in refused {
    #expect(
      await scene.test.problem("partners.register-volunteer", input)?.fields.map(\.field)
        == ["regime"])
  }
  _ = try await scene.volunteer("Ada Exemple", of: tours.id, .patronageService)
  _ = try await scene.volunteer("Bob Exemple", of: agency.id, .jobSeeker)
}

@Test func `a contact registers people of their own partner only`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  let other = await scene.test.problem(
    "partners.register-volunteer", as: tours.contact, scene.person("Ada Exemple", phares.id))
  #expect(other?.status == 404)
  let own = try await scene.test.call(
    "partners.register-volunteer", as: tours.contact, scene.person("Ada Exemple"))
  #expect(own["partner"] == tours.id)
  let former = await scene.test.problem(
    "partners.register-volunteer", as: Actor(.partner, subject: scene.unknown().text),
    scene.person("Bob Exemple"))
  #expect(former?.status == 403)
}

@Test func `input that cannot be is refused field by field, and nothing is written`() async throws {
  let scene = try await Scene()
  let blank = await scene.test.problem(
    "partners.register-volunteer",
    [
      "edition": scene.editionJSON, "name": "  ", "email": "ada@x.example", "language": "de",
      "regime": "sometimes",
    ])
  #expect(blank?.fields.map(\.field) == ["name", "language", "regime"])
  let partner = await scene.test.problem(
    "partners.register-volunteer", scene.person("Ada Exemple", scene.unknown()))
  #expect(partner?.status == 404)
  #expect(try await scene.people().isEmpty)
}

@Test func `a list is read page by page in the order people registered`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  for name in ["Zoe", "Ada", "Mia", "Bob", "Lea"] {
    _ = try await scene.volunteer(name, of: name == "Mia" ? nil : tours.id)
  }
  var names: [JSON] = []
  var after: JSON = nil
  repeat {
    let page = try await scene.test.call(
      "partners.volunteers", ["edition": scene.editionJSON, "limit": 2, "after": after])
    names += page["items"]?.items.compactMap { $0["name"] } ?? []
    after = page["next"] ?? nil
  } while after != nil
  #expect(names == ["Zoe", "Ada", "Mia", "Bob", "Lea"])
  let own = try await scene.test.call(
    "partners.people", as: tours.contact, ["partner": tours.id, "edition": scene.editionJSON])
  #expect(own["items"]?.items.map { $0["name"] } == ["Zoe", "Ada", "Bob", "Lea"])
  let big = await scene.test.problem(
    "partners.volunteers", ["edition": scene.editionJSON, "limit": 501])
  #expect(big?.fields.map(\.field) == ["limit"])
}

@Test func `a list can be narrowed to those whose profile is still to come`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  _ = try await scene.volunteer("Bob")
  let cleo = try await scene.volunteer("Cleo")
  try await scene.test.call("partners.complete-profile", scene.profile(ada.id))
  try await scene.test.call("partners.withdraw", ["volunteer": cleo.id])
  for (state, names) in [
    ("registered", ["Bob"]), ("complete", ["Ada"]), ("withdrawn", ["Cleo"]),
  ] {
    let page = try await scene.test.call(
      "partners.volunteers", ["edition": scene.editionJSON, "state": .string(state)])
    #expect(page["items"]?.items.compactMap { $0["name"]?.text } == names)
  }
}

@Test func `a volunteer changes their own address, not to one that is taken`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  let bob = try await scene.volunteer("Bob")
  func change(_ id: JSON, _ email: JSON, _ version: JSON = nil) -> JSON {
    ["volunteer": id, "name": "Ada L.", "email": email, "language": "en", "version": version]
  }
  let changed = try await scene.test.call(
    "partners.update-contact", as: ada.actor, change(ada.id, "ada@new.example", 1))
  #expect(changed["email"] == "ada@new.example")
  #expect(changed["language"] == "en")
  #expect(
    await scene.test.problem("partners.update-contact", change(ada.id, "a@b.example", 1))?.code
      == "stale-version")
  #expect(
    await scene.test.problem(
      "partners.update-contact", as: ada.actor, change(ada.id, "bob@people.example"))?.code
      == "partners/already-registered")
  #expect(
    await scene.test.problem(
      "partners.update-contact", as: ada.actor, change(bob.id, "x@y.example"))?.status == 404)
}

@Test func `who withdraws leaves once, is not matched, and may be let back in`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  try await scene.test.call("partners.complete-profile", scene.profile(ada.id))
  #expect(
    await scene.test.problem("partners.rejoin", ["volunteer": ada.id])?.code
      == "partners/not-withdrawn")
  let left = try await scene.test.call(
    "partners.withdraw", as: ada.actor, ["volunteer": ada.id, "reason": "A new job"])
  #expect(left["state"] == "withdrawn")
  #expect(try await scene.module.volunteers(of: scene.edition).isEmpty)
  #expect(
    await scene.test.problem("partners.withdraw", ["volunteer": ada.id])?.code
      == "partners/already-withdrawn")
  #expect(
    await scene.test.problem("partners.complete-profile", scene.profile(ada.id))?.code
      == "partners/already-withdrawn")
  try await scene.test.call("partners.rejoin", ["volunteer": ada.id])
  #expect(try await scene.module.volunteers(of: scene.edition).count == 1)
  #expect(
    try await scene.events() == [
      "partners.volunteer-registered", "partners.profile-completed",
      "partners.volunteer-withdrew", "partners.profile-completed",
    ])
}

@Test func `an unknown volunteer is not found, whatever is asked`() async throws {
  let scene = try await Scene()
  for endpoint in ["partners.volunteer", "partners.withdraw", "partners.rejoin"] {
    #expect(
      await scene.test.problem(endpoint, ["volunteer": scene.unknown()])?.status == 404,
      "\(endpoint)")
  }
  #expect(
    await scene.test.problem("partners.complete-profile", scene.profile(scene.unknown()))?.status
      == 404)
}

@Test func `a regime is changed by staff, within what was agreed`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let ada = try await scene.volunteer("Ada", of: tours.id)
  func change(_ regime: JSON) -> JSON { ["volunteer": ada.id, "version": 1, "regime": regime] }
  let seeker = await scene.test.problem("partners.change-regime", change("job-seeker"))
  #expect(seeker?.fields.map(\.field) == ["regime"])
  for actor in [tours.contact, ada.actor] {
    let own = await scene.test.problem(
      "partners.change-regime", as: actor, change("patronage-service"))
    #expect(own?.status == 403)
  }
  let changed = try await scene.test.call("partners.change-regime", change("patronage-service"))
  #expect(changed["regime"] == "patronage-service")
  let stale = await scene.test.problem("partners.change-regime", change("own-time"))
  #expect(stale?.code == "stale-version")
}
