import Kernel
import KernelTesting
import Partners
import PartnersAPI
import ProgrammesAPI
import Testing

@Test func `a complete profile is what matching gets, each thing once and days in order`()
  async throws
{
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  _ = try await scene.volunteer("Bob")
  try await scene.test.call(
    "partners.complete-profile", as: ada.actor,
    scene.profile(ada.id, ["languages": ["en", "fr", "en"], "capacity": 3]))
  let volunteers = try await scene.module.volunteers(of: scene.edition)
  #expect(volunteers.map(\.contact.name.description) == ["Ada"])
  let volunteer = try #require(volunteers.first)
  #expect(volunteer.languages == [.en, .fr])
  #expect(volunteer.halfDays == [scene.morning, scene.afternoon])
  #expect(volunteer.formats == [.remote])
  #expect(volunteer.capacity == 3)
  #expect(volunteer.conflicts == [scene.organisation])
  #expect(try await scene.module.volunteer(volunteer.id) == volunteer)
}

@Test func `a profile said again replaces the old one and is announced as that`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  let first = try await scene.test.call("partners.complete-profile", scene.profile(ada.id))
  #expect(first["version"] == 2)
  try await scene.test.call(
    "partners.complete-profile", scene.profile(ada.id, ["wishes": [], "version": 2]))
  let stale = await scene.test.problem(
    "partners.complete-profile", scene.profile(ada.id, ["version": 2]))
  #expect(stale?.code == "stale-version")
  #expect(
    try await scene.events() == [
      "partners.volunteer-registered", "partners.profile-completed", "partners.profile-changed",
    ])
}

@Test func `everything a profile names must exist, and all that does not is listed`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  let problem = await scene.test.problem(
    "partners.complete-profile",
    scene.profile(
      ada.id,
      [
        "skills": [
          ["skill": "writing", "level": 3], ["skill": "juggling", "level": 5],
          ["skill": "writing", "level": 1],
        ],
        "wishes": ["budget", "flying"], "languages": [],
        "halfDays": [.string(scene.morning.description), scene.unknown()],
        "conflicts": [scene.unknown()],
        "previousEmployers": [.string(scene.organisation.description), scene.unknown()],
      ]))
  #expect(
    problem?.fields.map(\.field) == [
      "languages", "skills[1].skill", "skills[2].skill", "wishes[1]", "halfDays[1]",
      "conflicts[0]", "previousEmployers[1]",
    ])
  #expect(problem?.fields[1].message.en.contains("juggling") == true)
  #expect(try await scene.module.volunteers(of: scene.edition).isEmpty)
}

@Test func `levels, capacity and formats outside their range are refused`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  let problem = await scene.test.problem(
    "partners.complete-profile",
    scene.profile(
      ada.id,
      ["skills": [["skill": "writing", "level": 6]], "capacity": 4, "formats": ["hybrid"]]))
  #expect(
    Set(problem?.fields.map(\.field) ?? []) == ["skills[0].level", "capacity", "formats[0]"])
  let many = await scene.test.problem(
    "partners.complete-profile",
    scene.profile(ada.id, ["conflicts": .array(Array(repeating: scene.unknown(), count: 51))]))
  #expect(many?.fields.map(\.field) == ["conflicts"])
}

@Test func `volunteers complete their own profile, contacts nobody's`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let ada = try await scene.volunteer("Ada", of: tours.id)
  let bob = try await scene.volunteer("Bob", of: tours.id)
  #expect(
    await scene.test.problem(
      "partners.complete-profile", as: ada.actor, scene.profile(bob.id))?.status == 404)
  #expect(
    await scene.test.problem(
      "partners.complete-profile", as: tours.contact, scene.profile(bob.id))?.status == 403)
}
