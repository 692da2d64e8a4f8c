import Kernel
import KernelTesting
import Pages
import Partners
import PartnersAPI
import Testing

// One partner, one person, registered twice.

@Test(arguments: [
  ("Exemple Énergie", "Exemple Energie"), ("Exemple Énergie", "EXEMPLE-ENERGIE SAS"),
  ("Dupont & Fils", "Dupont et fils"),
])
func `a partner is known however its name is written`(first: String, second: String) async throws {
  let scene = try await Scene()
  _ = try await scene.partner(first)
  let contact: JSON = ["name": "C", "email": "c@x.example", "language": "en"]
  let again = await scene.test.problem(
    "partners.register", ["name": .string(second), "kind": "company", "contact": contact])
  #expect(again?.code == "partners/partner-exists")
}

@Test func `two SIRENs are two partners, marked as alike`() async throws {
  let scene = try await Scene()
  func register(_ name: JSON, _ siren: JSON) async throws {
    try await scene.test.call(
      "partners.register",
      [
        "name": name, "kind": "company", "siren": siren,
        "contact": [
          "name": "C", "email": .string("\((siren.text ?? "").prefix(3))@x.example"),
          "language": "en",
        ],
      ])
  }
  try await register("Exemple SA", "732829320")
  try await register("Exemple SAS", "356 000 000")
  let found = try await scene.test.call("partners.duplicates", ["edition": scene.editionJSON])
  #expect(
    found["partners"]?.items.map { $0.items.map { $0["name"] } } == [["Exemple SA", "Exemple SAS"]])
}

@Test func `people who are likely one are shown to staff`() async throws {
  let scene = try await Scene()
  for (name, email) in [
    ("Jeanne Fictif", "jeanne@x.example"), ("FICTIF Jeanne", "j.fictif@x.example"),
    ("Paul Exemple", "paul@x.example"), ("P. Exemple", "paul+parvis@x.example"),
    ("Omar Exemple", "omar@x.example"),
  ] {
    try await scene.test.call(
      "partners.register-volunteer",
      [
        "edition": scene.editionJSON, "name": .string(name), "email": .string(email),
        "language": "fr", "regime": "own-time",
      ])
  }
  let found = try await scene.test.call("partners.duplicates", ["edition": scene.editionJSON])
  #expect(
    found["volunteers"]?.items.map { $0.items.map { $0["name"] } } == [
      ["FICTIF Jeanne", "Jeanne Fictif"], ["P. Exemple", "Paul Exemple"],
    ])
}

@Test func `real namesakes are told apart, and no longer shown`() async throws {
  let scene = try await Scene()
  var ids: [JSON] = []
  for email in ["a@x.example", "b@x.example"] {
    let person = try await scene.test.call(
      "partners.register-volunteer",
      [
        "edition": scene.editionJSON, "name": "Jeanne Fictif", "email": .string(email),
        "language": "fr", "regime": "own-time",
      ])
    ids.append(person["id"] ?? nil)
  }
  let one = await scene.test.problem("partners.tell-apart", ["volunteers": [ids[0]]])
  #expect(one?.fields.map(\.field) == ["volunteers"])
  let unknown = await scene.test.problem(
    "partners.tell-apart", ["volunteers": [ids[0], scene.unknown()]])
  #expect(unknown?.status == 404)
  for _ in 1...2 {
    try await scene.test.call("partners.tell-apart", ["volunteers": .array(ids)])
  }
  let found = try await scene.test.call("partners.duplicates", ["edition": scene.editionJSON])
  #expect(found["volunteers"]?.items.isEmpty == true)
}

@Test func `a person registered twice is made one, and two again`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  let twin = try await scene.volunteer("Ada Twin")
  try await scene.test.call("partners.complete-profile", scene.profile(ada.id))
  let wrong = await scene.test.problem(
    "partners.merge-volunteers", ["volunteer": twin.id, "other": ada.id])
  #expect(wrong?.code == "partners/not-mergeable")
  let itself = await scene.test.problem(
    "partners.merge-volunteers", ["volunteer": ada.id, "other": ada.id])
  #expect(itself?.fields.map(\.field) == ["other"])
  let merged = try await scene.test.call(
    "partners.merge-volunteers", ["volunteer": ada.id, "other": twin.id])
  #expect(try await scene.people() == ["Ada"])
  // What pointed to the one that went leads to the one that is left.
  let shown = try await scene.test.call("partners.volunteer", ["volunteer": twin.id])
  #expect(shown["id"] == ada.id)
  let id = try #require(VolunteerID(twin.id.text ?? ""))
  #expect(try await scene.module.volunteer(id).contact.name.description == "Ada")
  try await scene.test.call("partners.undo-merge", ["merge": merged["merge"] ?? nil])
  #expect(try await scene.people() == ["Ada", "Ada Twin"])
  let twice = await scene.test.problem(
    "partners.undo-merge", ["merge": merged["merge"] ?? nil])
  #expect(twice?.code == "partners/merge-over")
}

@Test func `a merge is final after 30 days`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  let twin = try await scene.volunteer("Ada Twin")
  let merged = try await scene.test.call(
    "partners.merge-volunteers", ["volunteer": ada.id, "other": twin.id])
  scene.test.clock.advance(seconds: 30 * 86_400)
  let late = await scene.test.problem("partners.undo-merge", ["merge": merged["merge"] ?? nil])
  #expect(late?.code == "partners/merge-over")
}

@Test func `of two merges the later one is taken back first, and everybody is where they were`()
  async throws
{
  let scene = try await Scene()
  let (first, second, third) = (
    try await scene.partner("Tours"), try await scene.partner("Tours Réunies"),
    try await scene.partner("Tours et Ponts")
  )
  let ada = try await scene.volunteer("Ada", of: first.id, .ownTime)
  func merge(_ kept: JSON, _ other: JSON) async throws -> JSON {
    try await scene.test.call("partners.merge", ["partner": kept, "other": other])["merge"] ?? nil
  }
  let earlier = try await merge(second.id, first.id)
  let later = try await merge(third.id, second.id)
  let early = await scene.test.problem("partners.undo-merge", ["merge": earlier])
  #expect(early?.code == "partners/merge-over")
  try await scene.test.call("partners.undo-merge", ["merge": later])
  try await scene.test.call("partners.undo-merge", ["merge": earlier])
  let person = try await scene.test.call("partners.volunteer", ["volunteer": ada.id])
  #expect(person["partner"] == first.id)
}

@Test func `a partner registered twice is made one with all it has, and two again`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let twin = try await scene.partner("Tours Réunies")
  func sign(_ partner: JSON, _ regime: JSON) async throws {
    try await scene.test.call(
      "partners.sign-agreement",
      [
        "partner": partner, "edition": scene.editionJSON, "signedOn": "2020-03-01",
        "regimes": [regime],
      ])
  }
  try await sign(tours.id, "own-time")
  try await sign(twin.id, "patronage-service")
  try await scene.test.call(
    "partners.pledge",
    ["partner": twin.id, "edition": scene.editionJSON, "people": 3, "days": 6])
  let ada = try await scene.volunteer("Ada", of: twin.id, .patronageService)
  let agency = try await scene.partner("Agence", .employmentAgency)
  let kinds = await scene.test.problem(
    "partners.merge", ["partner": tours.id, "other": agency.id])
  #expect(kinds?.fields.map(\.field) == ["other"])
  let merged = try await scene.test.call(
    "partners.merge", ["partner": tours.id, "other": twin.id])
  let list = try await scene.test.call("partners.list")
  #expect(list.items.map { $0["name"] } == ["Agence", "Tours"])
  #expect(list.items.last?["contacts"]?.items.count == 2)
  let agreements = try await scene.test.call(
    "partners.agreements", ["edition": scene.editionJSON])
  #expect(agreements.items.map { $0["regimes"] } == [["patronage-service", "own-time"]])
  let pledges = try await scene.test.call("partners.pledges", ["edition": scene.editionJSON])
  #expect(pledges.items.map { $0["registered"] } == [1])
  // Its contact speaks for the one that is kept, and its id leads there.
  let seen = try await scene.test.call(
    "partners.volunteer", as: twin.contact, ["volunteer": ada.id])
  #expect(seen["partner"] == tours.id)
  #expect(
    try await scene.test.call("partners.partner", ["partner": twin.id])["name"] == "Tours")
  // Its name is free, and comes back with it.
  try await scene.test.call("partners.undo-merge", ["merge": merged["merge"] ?? nil])
  let back = try await scene.test.call("partners.list")
  #expect(back.items.map { $0["name"] } == ["Agence", "Tours", "Tours Réunies"])
  let own = try await scene.test.call(
    "partners.agreements", as: tours.contact, ["edition": scene.editionJSON])
  #expect(own.items.map { $0["regimes"] } == [["own-time"]])
  let person = try await scene.test.call(
    "partners.volunteer", as: twin.contact, ["volunteer": ada.id])
  #expect(person["partner"] == twin.id)
}

@Test func `who has to do with an organisation has to do with what it became`() async throws {
  let scene = try await Scene()
  let ada = try await scene.volunteer("Ada")
  try await scene.test.call("partners.complete-profile", scene.profile(ada.id))
  let kept = "01700000-0000-7000-8000-000000000044"
  let merge: [String: JSON] = [
    "merge": "01700000-0000-7000-8000-000000000045", "kept": .string(kept), "name": "Kept",
  ]
  let gone: JSON = .string(scene.organisation.description)
  func conflicts() async throws -> JSON? {
    let shown = try await scene.test.call("partners.volunteer", ["volunteer": ada.id])
    return shown["profile"]?["conflicts"] ?? shown["conflicts"]
  }
  try await scene.test.call(
    "announcer.applications.organisations-merged", .object(merge.merging(["gone": gone]) { $1 }))
  try await scene.test.platform.deliverEvents()
  #expect(try await conflicts() == [.string(kept)])
  try await scene.test.call(
    "announcer.applications.organisations-parted", .object(merge.merging(["back": gone]) { $1 }))
  try await scene.test.platform.deliverEvents()
  #expect(try await conflicts() == [gone])
}

@Test func `merging partners is told to the others, and so is taking it back`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let twin = try await scene.partner("Tours Réunies")
  let merged = try await scene.test.call("partners.merge", ["partner": tours.id, "other": twin.id])
  try await scene.test.call("partners.undo-merge", ["merge": merged["merge"] ?? nil])
  #expect(
    try await scene.events().filter { $0.hasPrefix("partners.partners-") } == [
      "partners.partners-merged", "partners.partners-parted",
    ])
}

@Test func `staff say whose are those who came since partners were made one`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let twin = try await scene.partner("Tours Réunies")
  try await scene.test.call(
    "partners.sign-agreement",
    [
      "partner": tours.id, "edition": scene.editionJSON, "signedOn": "2020-03-01",
      "regimes": ["own-time"],
    ])
  let before = try await scene.volunteer("Ada", of: tours.id)
  let merge =
    try await scene.test.call("partners.merge", ["partner": tours.id, "other": twin.id])["merge"]
    ?? nil
  let theirs = try await scene.volunteer("Bo", of: tours.id)
  let mine = try await scene.volunteer("Cy", of: tours.id)
  func undo(_ destinations: JSON?) async -> Problem? {
    await scene.test.problem(
      "partners.undo-merge",
      .object(
        ["merge": merge].merging(destinations.map { ["destinations": $0] } ?? [:]) { $1 }))
  }
  #expect(await undo(nil)?.code == "partners/came-since")
  #expect(await undo(nil)?.fields.count == 2)
  #expect(
    await undo([["volunteer": before.id, "partner": twin.id]])?.fields.map(\.field)
      == ["destinations[0]"])
  #expect(
    await undo([["volunteer": theirs.id, "partner": theirs.id]])?.fields.map(\.field)
      == ["destinations[0].partner"])
  let page = try await scene.test.platform.content(
    of: "partners.duplicates", as: .manager, ["edition": scene.editionJSON])
  let form = try #require(page.forms.first { $0.endpoint == "partners.undo-merge" })
  #expect(form.groups.flatMap(\.fields).count == 2)
  try await scene.test.call(
    "partners.undo-merge",
    [
      "merge": merge,
      "destinations": [
        ["volunteer": theirs.id, "partner": twin.id], ["volunteer": mine.id, "partner": tours.id],
      ],
    ])
  let hidden = await scene.test.problem(
    "partners.volunteer", as: tours.contact, ["volunteer": theirs.id])
  #expect(hidden?.status == 404)
  let seen = try await scene.test.call(
    "partners.volunteer", as: twin.contact, ["volunteer": theirs.id])
  #expect(seen["partner"] == twin.id)
  for own in [before, mine] {
    let kept = try await scene.test.call(
      "partners.volunteer", as: tours.contact, ["volunteer": own.id])
    #expect(kept["partner"] == tours.id)
  }
}
