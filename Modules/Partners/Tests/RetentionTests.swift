import Kernel
import KernelTesting
import Partners
import PartnersAPI
import ProgrammesAPI
import Testing

extension Scene {
  fileprivate func figures() async throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for figure in module.figures {
      found[figure.id] = try await test.host.read { connection in
        try figure.checkedEvidence(for: edition, in: connection).map { $0.group?.en ?? "" }.sorted()
      }
    }
    return found
  }

  /// Adam looks for work and was sent by an agency, as was its adviser; Zoe was sent by a company.
  fileprivate func peopled() async throws -> (adam: JSON, adviser: JSON, zoe: JSON, agency: Actor) {
    let agency = try await partner("Agence", .employmentAgency)
    let tours = try await partner("Tours")
    let adam = try await volunteer("Adam", of: agency.id, .jobSeeker)
    let adviser = try await volunteer("Ines", of: agency.id, .ownTime)
    let zoe = try await volunteer("Zoe", of: tours.id, .patronageService)
    for person in [adam, adviser, zoe] {
      try await test.call(
        "partners.complete-profile", as: person.actor,
        profile(person.id, ["previousEmployers": [.string(organisation.description)]]))
    }
    return (adam.id, adviser.id, zoe.id, agency.contact)
  }

  fileprivate func show(_ volunteer: JSON) async throws -> JSON {
    try await test.call("partners.volunteer", ["volunteer": volunteer])
  }
}

private let soon = "2021-11-29T10:00:00Z"
private let over = "2021-11-30T10:00:00Z"

@Test func `who looked for work is forgotten once the time is over, and the figures are the same`()
  async throws
{
  let scene = try await Scene()
  let people = try await scene.peopled()
  let before = try await scene.figures()
  scene.test.clock.set(try #require(Instant(soon)))
  #expect(try await scene.test.platform.prune(on: scene.test.host).isEmpty)
  scene.test.clock.set(try #require(Instant(over)))
  let tried = try await scene.test.platform.prune(on: scene.test.host, trying: true)
  #expect(tried.map(\.purpose) == ["job-seeking"] && tried.map(\.rows) == [2])
  #expect(try await scene.show(people.adam)["regime"] == "job-seeker")
  let went = try await scene.test.platform.prune(on: scene.test.host)
  #expect(went.map(\.purpose) == ["job-seeking"] && went.map(\.rows) == [2])
  for person in [people.adam, people.adviser] {
    let row = try await scene.show(person)
    #expect(row["regime"] == "own-time" && row["partner"] == nil)
    #expect(row["profile"]?["previousEmployers"] == [] && row["profile"]?["skills"] != [])
  }
  #expect(try await scene.show(people.zoe)["regime"] == "patronage-service")
  #expect(
    try await scene.show(people.zoe)["profile"]?["previousEmployers"]
      == [.string(scene.organisation.description)])
  #expect(try await scene.figures() == before)
  #expect(try await scene.test.platform.prune(on: scene.test.host).isEmpty)
  // The agency no longer has them either.
  #expect(
    await scene.test.problem(
      "partners.volunteer", as: people.agency, ["volunteer": people.adam])?.status == 404)
}

@Test func `a time that is set holds from its day on`() async throws {
  let scene = try await Scene()
  let people = try await scene.peopled()
  try await scene.test.host.database.write { connection in
    try connection.takeOverRetention(
      "job-seeking", part: nil, days: 5, setAt: Instant("2021-09-10T10:00:00Z") ?? .sample)
  }
  scene.test.clock.set(try #require(Instant("2021-09-09T10:00:00Z")))
  #expect(try await scene.test.platform.prune(on: scene.test.host).isEmpty)
  scene.test.clock.set(try #require(Instant("2021-09-10T10:00:00Z")))
  #expect(try await scene.test.platform.prune(on: scene.test.host).map(\.rows) == [2])
  #expect(try await scene.show(people.adam)["regime"] == "own-time")
}

@Test func `profiles go a year after the edition, names two years after it`() async throws {
  let scene = try await Scene()
  let people = try await scene.peopled()
  scene.test.clock.set(try #require(Instant("2022-09-02T10:00:00Z")))
  try await scene.test.platform.prune(on: scene.test.host)
  let bare = try await scene.show(people.zoe)
  #expect(bare["profile"] == nil && bare["name"] == "Zoe" && bare["state"] == "complete")
  scene.test.clock.set(try #require(Instant("2023-09-02T10:00:00Z")))
  let events = try await scene.events()
  let went = try await scene.test.platform.prune(on: scene.test.host)
  #expect(went.first { $0.purpose == "volunteers" }?.rows == 3)
  #expect(try await scene.show(people.zoe)["name"]?.text?.hasPrefix("Anonyme") == true)
  // Nobody is told that they withdrew: they did not.
  #expect(try await scene.events() == events)
  #expect(try await scene.test.platform.prune(on: scene.test.host).isEmpty)
}

@Test func `whoever is restricted is matched by nobody, and seen by staff alone`() async throws {
  let scene = try await Scene()
  let people = try await scene.peopled()
  let id = try #require(people.adviser.text)
  let grant = Grant(.volunteer, subject: id)
  func matched() async throws -> [String] {
    try await scene.module.volunteers(of: scene.edition).map(\.contact.name.description)
  }
  func listed() async throws -> [JSON?] {
    try await scene.test.call(
      "partners.volunteers", as: people.agency, ["edition": scene.editionJSON])["items"]?.items
      .map { $0["name"] } ?? []
  }
  #expect(try await matched() == ["Adam", "Ines", "Zoe"])
  try await scene.test.restrict(grant)
  #expect(try await matched() == ["Adam", "Zoe"])
  #expect(try await listed() == ["Adam"])
  #expect(
    await scene.test.problem(
      "partners.volunteer", as: people.agency, ["volunteer": people.adviser])?.status == 404)
  #expect(try await scene.show(people.adviser)["restricted"] == true)
  // They are not gone: whoever takes part takes part, and is told nothing new about themselves.
  #expect(try await scene.module.takesPart(try #require(VolunteerID(id))))
  let own = try await scene.test.call(
    "partners.volunteer", as: Actor(.volunteer, subject: id), ["volunteer": people.adviser])
  #expect(own["name"] == "Ines" && own["restricted"] == nil)
  try await scene.test.lift(grant)
  #expect(try await matched() == ["Adam", "Ines", "Zoe"])
  #expect(try await scene.show(people.adviser)["restricted"] == nil)
}
