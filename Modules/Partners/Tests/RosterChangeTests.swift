import Kernel
import KernelTesting
import Partners
import Testing

// What a roster changes, and how that is taken back.

private func file(_ people: [(String, String)]) -> String {
  "Nom;Email;Langue;Régime\n" + people.map { "\($0);\($1);fr;own time\n" }.joined()
}
private let three = [
  ("Jeanne Fictif", "jeanne@x.example"), ("Paul Fictif", "paul@x.example"),
  ("Omar Fictif", "omar@x.example"),
]

@Test func `a preview says what would change, and changes nothing`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  try await scene.test.call("partners.import-roster", scene.roster(tours.id, file(three)))
  let said = try await scene.events().count
  let next = file([
    ("Jeanne Fictif-Exemple", "jeanne@x.example"), ("Paul Fictif", "paul@x.example"),
    ("Neo Exemple", "neo@x.example"),
  ])
  let preview = try await scene.test.call(
    "partners.preview-roster", as: tours.contact, scene.roster(tours.id, next))
  #expect(preview["batch"] == nil)
  #expect(preview["imported"] == 1)
  #expect(preview["added"]?.items.map { $0["line"] } == [4])
  #expect(preview["changed"]?.items.map { $0["name"] } == ["Jeanne Fictif-Exemple"])
  #expect(preview["unchanged"] == 1)
  #expect(preview["absent"] == 1)
  #expect(preview["missing"]?.items.map { $0["email"] } == ["omar@x.example"])
  #expect(try await scene.people().count == 3)
  #expect(try await scene.events().count == said)
  // The import says the same, and who left the company stays until somebody withdraws them.
  let done = try await scene.test.call("partners.import-roster", scene.roster(tours.id, next))
  #expect(done["missing"] == preview["missing"])
  #expect(try await scene.people().count == 4)
}

@Test func `a new address of somebody who is there is asked about, not taken for somebody new`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  try await scene.test.call("partners.import-roster", scene.roster(tours.id, file(three)))
  let moved = file([("FICTIF Jeanne", "jeanne.f@x.example")] + three[1...])
  func input(_ choice: JSON) -> JSON {
    guard case .object(var members) = scene.roster(tours.id, moved) else { return nil }
    members["alike"] = choice
    return .object(members)
  }
  let asked = try await scene.test.call("partners.import-roster", scene.roster(tours.id, moved))
  #expect(asked["undecided"] == 1)
  #expect(asked["alike"]?.items.first?["registeredEmail"] == "jeanne@x.example")
  #expect(asked["absent"] == 0)
  #expect(try await scene.people().count == 3)
  let refused = await scene.test.problem(
    "partners.import-roster", as: tours.contact, input("same"))
  #expect(refused?.fields.map(\.field) == ["alike"])
  let same = try await scene.test.call("partners.import-roster", input("same"))
  #expect(same["updated"] == 1)
  #expect(try await scene.people() == ["FICTIF Jeanne", "Paul Fictif", "Omar Fictif"])
  // A real namesake is registered when somebody says so.
  let other = file(three + [("Jeanne Fictif", "other@x.example")])
  guard case .object(var members) = scene.roster(tours.id, other) else { return }
  members["alike"] = "other"
  let added = try await scene.test.call("partners.import-roster", .object(members))
  #expect(added["imported"] == 2)
}

@Test func `a namesake in another list is registered, and named`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  try await scene.test.call("partners.import-roster", scene.roster(tours.id, file(three)))
  let answer = try await scene.test.call(
    "partners.import-roster",
    scene.roster(tours.id, file([("Jeanne Fictif", "other@x.example")])))
  #expect(answer["imported"] == 1)
  #expect(answer["undecided"] == 0)
  #expect(answer["alike"]?.items.map { $0["registeredEmail"] } == ["jeanne@x.example"])
}

@Test func `an import is taken back while nobody in it has acted`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  try await scene.test.call(
    "partners.set-invitation-delay", ["edition": scene.editionJSON, "minutes": 60])
  try await scene.test.call(
    "partners.import-roster", scene.roster(tours.id, file([three[0]])))
  let second = try await scene.test.call(
    "partners.import-roster", as: tours.contact,
    scene.roster(tours.id, file([("Jeanne Autre", "jeanne@x.example")] + three[1...])))
  #expect(second["invitationsAt"] != nil)
  #expect(try await scene.events().isEmpty)
  let batch = try #require(second["batch"])
  let phares = try await scene.partner("Phares")
  let hidden = await scene.test.problem(
    "partners.undo-roster", as: phares.contact, ["batch": batch])
  #expect(hidden?.status == 404)
  let undone = try await scene.test.call(
    "partners.undo-roster", as: tours.contact, ["batch": batch])
  #expect(undone["removed"] == 2)
  #expect(undone["restored"] == 1)
  #expect(try await scene.people() == ["Jeanne Fictif"])
  let twice = await scene.test.problem("partners.undo-roster", ["batch": batch])
  #expect(twice?.code == "partners/roster-undone")
  let list = try await scene.test.call(
    "partners.rosters", as: tours.contact,
    ["partner": tours.id, "edition": scene.editionJSON])
  #expect(list["items"]?.items.count == 2)
  var seen: [JSON] = []
  var wanted: [String: JSON] = ["partner": tours.id, "edition": scene.editionJSON, "limit": 1]
  repeat {
    let page = try await scene.test.call("partners.rosters", .object(wanted))
    seen += page["items"]?.items ?? []
    wanted["after"] = page["next"]?.text.map { .string($0) }
  } while wanted["after"] != nil
  #expect(seen == list["items"]?.items)
}

@Test func `an import is not taken back once somebody in it has acted`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let answer = try await scene.test.call(
    "partners.import-roster", scene.roster(tours.id, file(three)))
  let ada = try #require(answer["added"]?.items.first?["volunteer"])
  try await scene.test.call("partners.complete-profile", scene.profile(ada))
  let problem = await scene.test.problem(
    "partners.undo-roster", ["batch": answer["batch"] ?? nil])
  #expect(problem?.code == "partners/roster-in-use")
  #expect(problem?.detail.en.contains("Jeanne Fictif") == true)
  #expect(try await scene.people().count == 3)
}

@Test func `who was written to already is withdrawn and told when an import is taken back`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let answer = try await scene.test.call(
    "partners.import-roster", scene.roster(tours.id, file([three[0]])))
  let undone = try await scene.test.call(
    "partners.undo-roster", ["batch": answer["batch"] ?? nil])
  #expect(undone["withdrawn"] == 1)
  #expect(
    try await scene.events() == [
      "partners.volunteer-registered", "partners.volunteer-withdrew",
    ])
}

@Test func `invitations wait as long as the operator says`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let set = try await scene.test.call(
    "partners.set-invitation-delay", ["edition": scene.editionJSON, "minutes": 30])
  #expect(set["minutes"] == 30)
  try await scene.test.call("partners.import-roster", scene.roster(tours.id, file(three)))
  _ = try await scene.volunteer("Ada")
  try await scene.test.platform.runDueJobs()
  #expect(try await scene.events().isEmpty)
  let waiting = try await scene.test.call(
    "partners.invitation-delay", ["edition": scene.editionJSON])
  #expect(waiting["waiting"] == 4)
  scene.test.clock.advance(seconds: 1800)
  try await scene.test.platform.runDueJobs()
  try await scene.test.platform.runDueJobs()
  #expect(
    try await scene.events() == Array(repeating: "partners.volunteer-registered", count: 4))
  let wrong = await scene.test.problem(
    "partners.set-invitation-delay", ["edition": scene.editionJSON, "minutes": 20_000])
  #expect(wrong?.fields.map(\.field) == ["minutes"])
}
