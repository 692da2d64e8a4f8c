import Kernel
import KernelTesting
import Pages
import Partners
import PartnersAPI
import Testing

// Many people at once.

@Test func `people without a profile are invited again, and nobody else`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  let bo = try await scene.volunteer("Bo")
  let cy = try await scene.volunteer("Cy")
  try await scene.test.call("partners.complete-profile", scene.profile(ada.id))
  try await scene.test.call("partners.withdraw", ["volunteer": cy.id])
  let all = try await scene.test.call("partners.remind-profiles", ["edition": scene.editionJSON])
  #expect(all["reminded"] == 1)
  let named = try await scene.test.call(
    "partners.remind-profiles",
    [
      "edition": scene.editionJSON, "volunteers": [bo.id], "personalLine": "See you soon.",
    ])
  #expect(named["reminded"] == 1)
  let wrong = await scene.test.problem(
    "partners.remind-profiles", ["edition": scene.editionJSON, "volunteers": [bo.id, ada.id]])
  #expect(wrong?.fields.map(\.field) == ["volunteers[1]"])
  let partner = await scene.test.problem(
    "partners.remind-profiles", as: Actor(.partner), ["edition": scene.editionJSON])
  #expect(partner?.status == 403)
  let said = try await scene.events().filter { $0 == "partners.profile-reminded" }
  #expect(said.count == 2)
  let lines = try await scene.test.host.read { connection in
    try connection.rows(
      "SELECT payload FROM kernel_event WHERE name = 'partners.profile-reminded' ORDER BY sequence"
    ).map { try JSON(parsing: $0.get("payload", as: String.self))["personalLine"]?.text }
  }
  #expect(lines == [nil, "See you soon."])
}

@Test func `several people are withdrawn at once, or nobody`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let other = try await scene.partner("Autres")
  for partner in [tours, other] {
    try await scene.test.call(
      "partners.sign-agreement",
      [
        "partner": partner.id, "edition": scene.editionJSON, "signedOn": "2020-03-01",
        "regimes": ["own-time"],
      ])
  }
  let ada = try await scene.volunteer("Ada", of: tours.id)
  let bo = try await scene.volunteer("Bo", of: tours.id)
  let stranger = try await scene.volunteer("Cy", of: other.id)
  let hidden = await scene.test.problem(
    "partners.withdraw-together", as: tours.contact, ["volunteers": [ada.id, stranger.id]])
  #expect(hidden?.status == 404)
  let none = await scene.test.problem("partners.withdraw-together", ["volunteers": []])
  #expect(none?.fields.map(\.field) == ["volunteers"])
  let done = try await scene.test.call(
    "partners.withdraw-together", as: tours.contact, ["volunteers": [ada.id, bo.id, ada.id]])
  #expect(done["withdrawn"]?.items.count == 2)
  let again = try await scene.test.call(
    "partners.withdraw-together", ["volunteers": [ada.id, stranger.id]])
  #expect(again["before"] == [ada.id])
  #expect(again["withdrawn"]?.items.map { $0["id"] } == [stranger.id])
}

@Test func `a page lets a contact mark those of its people who leave, and staff anybody`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  try await scene.test.call(
    "partners.sign-agreement",
    [
      "partner": tours.id, "edition": scene.editionJSON, "signedOn": "2020-03-01",
      "regimes": ["own-time"],
    ])
  let ada = try await scene.volunteer("Ada", of: tours.id)
  let gone = try await scene.volunteer("Bo", of: tours.id)
  let other = try await scene.volunteer("Cy")
  try await scene.test.call("partners.withdraw", ["volunteer": gone.id])
  func offered(_ actor: Actor, _ more: [String: JSON] = [:]) async throws -> [String] {
    let page = try await scene.test.platform.content(
      of: "partners.withdraw-together", as: actor,
      .object(["edition": scene.editionJSON].merging(more) { $1 }))
    let form = page.forms.first { $0.endpoint == "partners.withdraw-together" }
    return form?.groups.flatMap(\.fields).first?.choices.map(\.value).sorted() ?? []
  }
  let (mine, theirs) = (ada.id.text ?? "", other.id.text ?? "")
  #expect(try await offered(tours.contact) == [mine])
  #expect(try await offered(tours.contact, ["partner": tours.id]) == [mine])
  #expect(try await offered(.manager) == [mine, theirs].sorted())
  #expect(try await offered(.manager, ["partner": tours.id]) == [mine])
  let autres = try await scene.partner("Autres")
  await #expect(throws: Problem.self) {
    try await offered(tours.contact, ["partner": autres.id])
  }
  await #expect(throws: Problem.self) { try await offered(Actor(.volunteer)) }
}
