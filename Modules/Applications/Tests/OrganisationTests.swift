import Applications
import ApplicationsAPI
import Kernel
import KernelTesting
import Testing

@Suite struct OrganisationTests {
  @Test func `anyone registers an organisation, with or without register numbers`() async throws {
    let scene = try await Scene()
    let bare = try await scene.register("Sans Numéro")
    let shown = try await scene.test.call(
      "applications.organisation", as: bare.lead, ["organisation": bare.id])
    #expect(shown["sirenStatus"] == "unverified")
    let numbered = try await scene.register(
      "Avec Numéro", ["siren": "732 829 320", "rna": "W92A000001"])
    let view = try await scene.test.call(
      "applications.organisation", as: numbered.lead, ["organisation": numbered.id])
    #expect(view["siren"] == "732829320")
    #expect(view["sirenStatus"] == "format-checked")
    #expect(view["rnaStatus"] == "format-checked")
    #expect(view["members"]?.items.first?["role"] == "lead")
  }

  @Test func `a second click does not register an organisation twice`() async throws {
    let scene = try await Scene()
    _ = try await scene.register("Arpents", ["siren": "732829320"])
    let samePerson = await scene.test.problem(
      "applications.register-organisation", Scene.organisation("arpents"))
    #expect(samePerson?.code == "applications/organisation-known")
    let sameNumber = await scene.test.problem(
      "applications.register-organisation",
      Scene.organisation("Autre", ["siren": "732829320"]))
    #expect(sameNumber?.code == "applications/organisation-known")
    #expect(sameNumber?.detail.en.contains("Arpents") == false)
  }

  @Test(arguments: [
    ("École d’Exemple", "Ecole d’Exemple"),
    ("Les Amis d’Exemple", "Association LES AMIS D'EXEMPLE"),
  ])
  func `a name written otherwise by the same person is the same organisation`(
    first: String, second: String
  ) async throws {
    let scene = try await Scene()
    let contact: JSON = ["name": "Ada Exemple", "email": "ada@example.org", "language": "fr"]
    _ = try await scene.register(first, ["contact": contact])
    let again = await scene.test.problem(
      "applications.register-organisation",
      Scene.organisation(second, ["contact": contact]))
    #expect(again?.code == "applications/organisation-known")
  }

  @Test func `a stranger learns from no answer who is registered; a letter to the address says it`()
    async throws
  {
    let scene = try await Scene()
    let known = try await scene.register("Arpents", ["siren": "732829320", "rna": "W92A000001"])
    func register(_ name: String, _ changes: [String: JSON]) async throws -> JSON {
      try await scene.test.call(
        "applications.register-organisation", as: .anyone,
        Scene.organisation(name, changes.merging(["call": scene.id]) { one, _ in one }))
    }
    func keys(_ answer: JSON) -> [String] {
      guard case .object(let members) = answer else { return [] }
      return members.filter { $0.value != .null }.keys.sorted()
    }
    let mine: JSON = ["name": "Ada Exemple", "email": "arpents@example.org", "language": "fr"]
    let new = try await register("Bocage", [:])
    // The same name, or the same number under another name, from the address of a member.
    for (name, changes) in [
      ("ARPENTS", ["contact": mine] as [String: JSON]),
      ("Autre", ["contact": mine, "siren": "732829320"]),
      ("Encore", ["contact": mine, "rna": "W92A000001"]),
    ] {
      let again = try await register(name, changes)
      #expect(keys(again) == keys(new))
      let nothing = await scene.test.problem(
        "applications.organisation", ["organisation": again["organisation"] ?? nil])
      #expect(nothing?.status == 404)
    }
    #expect(try await scene.events("applications.organisation-registered-again").count == 3)
    let list = try await scene.test.call("applications.organisations")["items"] ?? .null
    #expect(list.items.count == 2)
    // Nobody begins a draft in their name.
    let own = try await scene.test.call(
      "applications.organisation-applications", as: known.lead, ["organisation": known.id])
    #expect(own.items.isEmpty)
    // From another address a number that is known is one more: staff see that the two are alike.
    let stranger = try await register("Tout autre", ["rna": "W92A000001"])
    #expect(keys(stranger) == keys(new))
    let alike = try await scene.test.call("applications.duplicates")["items"]?.items ?? []
    let groups = alike.map {
      Set(($0["organisations"]?.items ?? []).map { $0["id"] })
    }
    #expect(groups == [[known.id, stranger["organisation"]]])
  }

  @Test
  func `who registers with another's number neither keeps them from their page nor learns more`()
    async throws
  {
    let scene = try await Scene()
    let known = try await scene.register("Arpents", ["rna": "W92A000001"])
    let stranger = try await scene.register("Tout autre", ["rna": "W92A000001"])
    func update(_ organisation: JSON, _ territory: JSON, rna: JSON) -> JSON {
      [
        "organisation": organisation, "name": "Arpents", "kind": "association",
        "causes": ["inclusion"], "territory": territory, "rna": rna, "foundedOn": "2010-01-01",
      ]
    }
    let moved = try await scene.test.call(
      "applications.update-organisation", as: known.lead,
      update(known.id, "Bretagne", rna: "W92A000001"))
    #expect(moved["territory"] == "Bretagne")
    // To be a member of something is to have registered once: it tells no more than before.
    let other = try await scene.register("Bocage")
    let taken = await scene.test.problem(
      "applications.update-organisation", as: other.lead,
      update(other.id, "Bretagne", rna: "W92A000001"))
    #expect(taken == nil)
    let contact: JSON = ["name": "Ada Exemple", "email": "arpents@example.org", "language": "fr"]
    let again = try await scene.test.call(
      "applications.register-organisation", as: stranger.lead,
      Scene.organisation("Arpents", ["contact": contact]))
    let nothing = await scene.test.problem(
      "applications.organisation", ["organisation": again["organisation"] ?? nil])
    #expect(nothing?.status == 404)
    // Staff are told; what is one's own is told to oneself.
    let staff = await scene.test.problem(
      "applications.update-organisation", update(stranger.id, "Bretagne", rna: "W92A000002"))
    #expect(staff == nil)
    let back = await scene.test.problem(
      "applications.update-organisation", update(stranger.id, "Bretagne", rna: "W92A000001"))
    #expect(back?.code == "applications/organisation-known")
    let own = await scene.test.problem(
      "applications.register-organisation", as: known.lead,
      Scene.organisation("Arpents", ["contact": contact]))
    #expect(own?.code == "applications/organisation-known")
  }

  @Test func `namesakes of other people may register, and staff see that they are alike`()
    async throws
  {
    let scene = try await Scene()
    let first = try await scene.register("Les Amis")
    let other: JSON = ["name": "Bo Exemple", "email": "bo@example.org", "language": "fr"]
    let second = try await scene.register("les amis", ["contact": other])
    _ = try await scene.register("Les Autres")
    let list = try await scene.test.call("applications.organisations")["items"] ?? .null
    #expect(list.items.first { $0["id"] == first.id }?["alike"] == [second.id])
    #expect(list.items.first { $0["id"] == second.id }?["alike"] == [first.id])
    #expect(list.items.last?["alike"] == nil)
    let own = try await scene.test.call(
      "applications.organisation", as: first.lead, ["organisation": first.id])
    #expect(own["alike"] == nil)
  }

  @Test func `branches share a SIREN and are told apart by establishment, name or territory`()
    async throws
  {
    let scene = try await Scene()
    let first = try await scene.register("Exemple Paris", ["siren": "732 829 320 00074"])
    let seen = try await scene.test.call(
      "applications.organisation", as: first.lead, ["organisation": first.id])
    #expect(seen["siren"] == "732829320")
    #expect(seen["siret"] == "73282932000074")
    _ = try await scene.register("Exemple Lyon", ["siret": "732829320 00082"])
    _ = try await scene.register(
      "Exemple Lille", ["siren": "732829320", "territory": "Hauts-de-France"])
    for changes: [String: JSON] in [
      ["siret": "732829320 00074", "territory": "Bretagne"], ["siren": "732829320"],
    ] {
      let again = await scene.test.problem(
        "applications.register-organisation",
        Scene.organisation("Exemple encore", changes))
      #expect(again?.code == "applications/organisation-known")
    }
    let torn = await scene.test.problem(
      "applications.register-organisation", as: .anyone,
      Scene.organisation("Autre", ["siren": "356000000", "siret": "73282932000074"]))
    #expect(torn?.fields.map(\.field) == ["siret"])
  }

  @Test func `an entry of Alsace-Moselle's register is kept`() async throws {
    let scene = try await Scene()
    let entry: JSON = "Tribunal de Strasbourg, volume 94, folio 123"
    let organisation = try await scene.register("Cigogne", ["localRegister": entry])
    let seen = try await scene.test.call(
      "applications.organisation", as: organisation.lead, ["organisation": organisation.id])
    #expect(seen["localRegister"] == entry)
  }

  @Test func `organisations are listed as people look for them`() async throws {
    let scene = try await Scene()
    for name in ["Zèbre", "Élan", "Avenir", "œuvre", "école"] {
      _ = try await scene.register(name)
    }
    let list = try await scene.test.call("applications.organisations")["items"] ?? .null
    #expect(list.items.map { $0["name"] } == ["Avenir", "école", "Élan", "œuvre", "Zèbre"])
  }

  @Test(arguments: [
    ("siren", "732829321"), ("rna", "92"), ("foundedOn", "2020-13-01"), ("foundedOn", "2031-01-01"),
    ("kind", "company"), ("name", " "),
  ])
  func `what cannot be is refused with its field`(field: String, value: String) async throws {
    let scene = try await Scene()
    let problem = await scene.test.problem(
      "applications.register-organisation", as: .anyone,
      Scene.organisation("Arpents", [field: .string(value)]))
    #expect(problem?.fields.map(\.field) == [field])
  }

  @Test func `a changed number loses its verification, a kept one does not`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents", ["siren": "732829320"])
    let checked = try await scene.test.call(
      "applications.check-identifiers", ["organisation": organisation.id, "siren": "verified"])
    #expect(checked["sirenStatus"] == "verified")
    func update(_ siren: JSON, version: JSON = nil) -> JSON {
      [
        "organisation": organisation.id, "name": "Arpents", "kind": "association", "causes": [],
        "territory": "Île-de-France", "foundedOn": "2010-01-01", "siren": siren,
        "version": version,
      ]
    }
    let kept = try await scene.test.call(
      "applications.update-organisation", as: organisation.lead, update("732829320"))
    #expect(kept["sirenStatus"] == "verified")
    let changed = try await scene.test.call(
      "applications.update-organisation", as: organisation.lead, update("356000000"))
    #expect(changed["sirenStatus"] == "format-checked")
    let stale = await scene.test.problem(
      "applications.update-organisation", as: organisation.lead, update("356000000", version: 1))
    #expect(stale?.code == "stale-version")
    let none = await scene.test.problem(
      "applications.check-identifiers", ["organisation": organisation.id, "rna": "verified"])
    #expect(none?.fields.map(\.field) == ["rna"])
  }

  @Test func `members hold roles, and an organisation never loses its last lead`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    func add(_ email: JSON, _ role: JSON, as actor: Actor) async -> Problem? {
      await scene.test.problem(
        "applications.add-member", as: actor,
        [
          "organisation": organisation.id, "name": "Bo Exemple", "email": email, "language": "en",
          "role": role,
        ])
    }
    #expect(await add("bo@example.org", "reader", as: organisation.lead) == nil)
    #expect(
      await add("bo@example.org", "lead", as: organisation.lead)?.code
        == "applications/member-known")
    let members = try await scene.test.call(
      "applications.members", as: organisation.lead, ["organisation": organisation.id])
    let bo = Actor(.member, subject: members.items.last?["id"]?.text)
    #expect(await add("c@example.org", "lead", as: bo)?.code == "applications/role-needed")
    let lead = JSON.string(organisation.lead.subject ?? "")
    let last = await scene.test.problem("applications.remove-member", ["member": lead])
    #expect(last?.code == "applications/last-lead")
    let demoted = await scene.test.problem(
      "applications.change-role", as: organisation.lead, ["member": lead, "role": "reader"])
    #expect(demoted?.code == "applications/last-lead")
    try await scene.test.call(
      "applications.change-role", as: organisation.lead,
      ["member": .string(bo.subject ?? ""), "role": "lead"])
    try await scene.test.call("applications.remove-member", as: bo, ["member": lead])
    let gone = await scene.test.problem(
      "applications.organisation", as: organisation.lead, ["organisation": organisation.id])
    #expect(gone?.status == 404)
  }

  @Test func `another organisation is as if it were not there`() async throws {
    let scene = try await Scene()
    let mine = try await scene.register("Arpents")
    let other = try await scene.register("Bocage")
    for endpoint in [
      "applications.organisation", "applications.members",
      "applications.organisation-applications",
    ] {
      let hidden = await scene.test.problem(endpoint, as: mine.lead, ["organisation": other.id])
      #expect(hidden?.code == "not-found")
    }
    let list =
      try await scene.test.call("applications.organisations", as: mine.lead)["items"] ?? .null
    #expect(list.items.map { $0["name"] } == ["Arpents"])
    #expect(try await scene.test.call("applications.organisations")["items"]?.items.count == 2)
    let role = await scene.test.problem(
      "applications.change-role", as: mine.lead,
      ["member": .string(other.lead.subject ?? ""), "role": "reader"])
    #expect(role?.code == "not-found")
  }

  @Test func `other modules find the organisation, its first contact first`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    let module = ApplicationsModule(host: scene.test.host, programmes: unasked())
    let id = try #require(OrganisationID(organisation.id.text ?? ""))
    let member = try #require(organisation.lead.subject(as: .member, MemberID.self))
    #expect(try await module.organisation(id).contacts.map(\.name.description) == ["Ada Exemple"])
    #expect(try await module.organisation(of: member) == id)
    let stranger = try #require(MemberID(nobody.text ?? ""))
    #expect(try await module.organisation(of: stranger) == nil)
    let unknown = try #require(OrganisationID(nobody.text ?? ""))
    await #expect(throws: Problem.self) { try await module.organisation(unknown) }
  }
}
