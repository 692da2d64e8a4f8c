import Applications
import ApplicationsAPI
import Kernel
import KernelTesting
import Pages
import ProgrammesFakes
import Testing

/// One organisation, registered twice.
@Suite struct OrganisationMergeTests {
  @Test func `an organisation registered twice is made one with all it has, and two again`()
    async throws
  {
    let scene = try await Scene()
    let kept = try await scene.register("Les Amis")
    let gone = try await scene.submit("Les Amis d’Exemple")
    let application = gone.application
    let merged = try await scene.test.call(
      "applications.merge-organisations", ["organisation": kept.id, "other": gone.organisation.id])
    #expect(merged["goneName"] == "Les Amis d’Exemple")
    let list = try await scene.test.call("applications.organisations")["items"] ?? .null
    #expect(list.items.map { $0["name"] } == ["Les Amis"])
    #expect(list.items.first?["members"]?.items.count == 2)
    // Its application and its people are the other's; the old id leads there.
    for actor in [kept.lead, gone.organisation.lead] {
      let seen = try await scene.test.call(
        "applications.application", as: actor, ["application": application])
      #expect(seen["organisationName"] == "Les Amis")
      let shown = try await scene.test.call(
        "applications.organisation", as: actor, ["organisation": gone.organisation.id])
      #expect(shown["id"] == kept.id)
    }
    #expect(
      try await scene.test.call("applications.merges").items.map { $0["id"] } == [merged["id"]])
    try await scene.test.call("applications.undo-merge", ["merge": merged["id"] ?? nil])
    let back = try await scene.test.call(
      "applications.application", as: gone.organisation.lead, ["application": application])
    #expect(back["organisation"] == gone.organisation.id)
    let hidden = await scene.test.problem(
      "applications.application", as: kept.lead, ["application": application])
    #expect(hidden?.status == 404)
    #expect(try await scene.test.call("applications.merges").items.isEmpty)
    let twice = await scene.test.problem(
      "applications.undo-merge", ["merge": merged["id"] ?? nil])
    #expect(twice?.code == "applications/merge-over")
  }

  @Test func `somebody who is a member of both is one, and may what they may in either`()
    async throws
  {
    let scene = try await Scene()
    let contact: JSON = ["name": "Ada Exemple", "email": "ada@example.org", "language": "fr"]
    let kept = try await scene.register("Arpents")
    let writer = try await scene.test.call(
      "applications.add-member",
      [
        "organisation": kept.id, "name": "Ada Exemple", "email": "ada@example.org",
        "language": "fr", "role": "writer",
      ])
    let gone = try await scene.register("Les Arpents", ["contact": contact])
    let merged = try await scene.test.call(
      "applications.merge-organisations", ["organisation": kept.id, "other": gone.id])
    let members = try await scene.test.call("applications.members", ["organisation": kept.id]).items
    #expect(members.first { $0["email"] == "ada@example.org" }?["role"] == "lead")
    #expect(members.count == 2)
    // Whoever acts under the membership that went acts under the one that is left.
    let seen = try await scene.test.call(
      "applications.organisation", as: gone.lead, ["organisation": kept.id])
    #expect(seen["id"] == kept.id)
    try await scene.test.call("applications.undo-merge", ["merge": merged["id"] ?? nil])
    let again = try await scene.test.call("applications.members", ["organisation": kept.id]).items
    #expect(again.first { $0["id"] == writer["id"] }?["role"] == "writer")
    #expect(
      try await scene.test.call("applications.members", ["organisation": gone.id]).items.count == 1)
  }

  @Test func `two applications that go on are not made one; a draft beside one is set aside`()
    async throws
  {
    let scene = try await Scene()
    let first = try await scene.submit("Arpents")
    let second = try await scene.submit("Les Arpents")
    let pair: JSON = ["organisation": first.organisation.id, "other": second.organisation.id]
    let both = await scene.test.problem("applications.merge-organisations", pair)
    #expect(both?.code == "applications/both-apply")
    try await scene.test.call(
      "applications.withdraw", as: first.organisation.lead, ["application": first.application])
    let merged = try await scene.test.call("applications.merge-organisations", pair)
    let left = try await scene.test.call("applications.applications", ["call": scene.id])["items"]
    #expect(left?.items.map { $0["id"] } == [second.application])
    // What was set aside leads to what stands for it.
    let seen = try await scene.test.call(
      "applications.application", ["application": first.application])
    #expect(seen["id"] == second.application)
    try await scene.test.call("applications.undo-merge", ["merge": merged["id"] ?? nil])
    let withdrawn = try await scene.test.call(
      "applications.application", ["application": first.application])
    #expect(withdrawn["state"] == "withdrawn")
  }

  @Test func `register numbers go with a merge, and come back`() async throws {
    let scene = try await Scene()
    let kept = try await scene.register("Arpents")
    let gone = try await scene.register(
      "Les Arpents", ["siret": "73282932000074", "rna": "W92A000001"])
    let merged = try await scene.test.call(
      "applications.merge-organisations", ["organisation": kept.id, "other": gone.id])
    let shown = try await scene.test.call("applications.organisation", ["organisation": kept.id])
    #expect(shown["siret"] == "73282932000074")
    #expect(shown["rna"] == "W92A000001")
    try await scene.test.call("applications.undo-merge", ["merge": merged["id"] ?? nil])
    let back = try await scene.test.call("applications.organisation", ["organisation": kept.id])
    #expect(back["siren"] == nil)
    let other = try await scene.test.call("applications.organisation", ["organisation": gone.id])
    #expect(other["rna"] == "W92A000001")
  }

  @Test func `conflicts of interest go with a merge`() async throws {
    let scene = try await Scene()
    let kept = try await scene.register("Arpents")
    let gone = try await scene.register("Les Arpents")
    let reviewer =
      try await scene.test.call(
        "applications.register-reviewer",
        ["name": "Rita Exemple", "email": "rita@example.org", "language": "fr"])["id"] ?? nil
    try await scene.test.call(
      "applications.declare-conflict", ["reviewer": reviewer, "organisation": gone.id])
    let merged = try await scene.test.call(
      "applications.merge-organisations", ["organisation": kept.id, "other": gone.id])
    func conflicts() async throws -> [JSON?] {
      try await scene.test.call("applications.conflicts", ["reviewer": reviewer]).items.map {
        $0["organisation"]
      }
    }
    #expect(try await conflicts() == [kept.id])
    try await scene.test.call("applications.undo-merge", ["merge": merged["id"] ?? nil])
    #expect(try await conflicts() == [gone.id])
  }

  @Test func `merges are taken back the latest first, and within 30 days`() async throws {
    let scene = try await Scene()
    let a = try await scene.register("A")
    let b = try await scene.register("B")
    let c = try await scene.register("C")
    let first = try await scene.test.call(
      "applications.merge-organisations", ["organisation": b.id, "other": a.id])
    let second = try await scene.test.call(
      "applications.merge-organisations", ["organisation": c.id, "other": b.id])
    // The id that went first leads where the second went.
    let shown = try await scene.test.call("applications.organisation", ["organisation": a.id])
    #expect(shown["id"] == c.id)
    let early = await scene.test.problem("applications.undo-merge", ["merge": first["id"] ?? nil])
    #expect(early?.code == "applications/merge-over")
    try await scene.test.call("applications.undo-merge", ["merge": second["id"] ?? nil])
    scene.test.clock.advance(seconds: 30 * 86_400)
    let late = await scene.test.problem("applications.undo-merge", ["merge": first["id"] ?? nil])
    #expect(late?.code == "applications/merge-over")
  }

  @Test func `staff say whose is what came since a merge, before it is taken back`() async throws {
    let scene = try await Scene()
    let kept = try await scene.register("Arpents")
    let gone = try await scene.register("Les Arpents")
    let merged = try await scene.test.call(
      "applications.merge-organisations", ["organisation": kept.id, "other": gone.id])
    let merge = merged["id"] ?? nil
    let application = try await scene.draft(kept, answers: Scene.complete)
    let bo = try await scene.test.call(
      "applications.add-member", as: kept.lead,
      [
        "organisation": kept.id, "name": "Bo Exemple", "email": "bo@example.org", "language": "fr",
      ])
    let preview = try await scene.test.call("applications.merge", ["merge": merge])
    #expect(preview["applicationsSince"]?.items == [application])
    #expect(preview["membersSince"]?.items.map { $0["name"] } == ["Bo Exemple"])
    #expect(preview["members"]?.items.count == 1)
    // Nobody decides it by saying nothing.
    let open = await scene.test.problem("applications.undo-merge", ["merge": merge])
    #expect(open?.code == "applications/came-since")
    #expect(open?.fields.map(\.field) == ["destinations", "destinations"])
    let page = try await scene.test.platform.content(
      of: "applications.merge", as: .manager, ["merge": merge])
    #expect(
      page.forms.first?.groups.first?.fields.map(\.path) == [
        "destinations[0].organisation", "destinations[1].organisation",
      ])
    let line: JSON = ["application": application, "organisation": gone.id]
    func refused(_ destinations: JSON) async -> [String]? {
      await scene.test.problem(
        "applications.undo-merge", ["merge": merge, "destinations": destinations]
      )?.fields.map(\.field)
    }
    #expect(
      await refused([["application": application, "organisation": application]])
        == ["destinations[0].organisation"])
    #expect(
      await refused([["application": gone.id, "organisation": gone.id]]) == ["destinations[0]"])
    #expect(await refused([["organisation": gone.id]]) == ["destinations[0]"])
    try await scene.test.call(
      "applications.undo-merge",
      [
        "merge": merge,
        "destinations": [line, ["member": bo["id"] ?? nil, "organisation": kept.id]],
      ])
    let seen = try await scene.test.call(
      "applications.application", as: gone.lead, ["application": application])
    #expect(seen["organisation"] == gone.id)
    for member in [kept.lead, Actor(.member, subject: bo["id"]?.text)] {
      let hidden = await scene.test.problem(
        "applications.application", as: member, ["application": application])
      #expect(hidden?.status == 404)
    }
    let said = try await scene.test.host.read {
      try $0.rows(
        "SELECT payload FROM kernel_event WHERE name = 'applications.organisations-parted'"
      ).map { try JSON(parsing: $0.get("payload", as: String.self)) }
    }
    #expect(said.first?["applications"]?.items == [application])
  }

  @Test func `a member whose address is of before the rules goes back like the others`()
    async throws
  {
    let scene = try await Scene()
    let ada: JSON = ["name": "Ada Exemple", "email": "ada@example.org", "language": "fr"]
    let kept = try await scene.register("Arpents", ["contact": ada])
    let gone = try await scene.register("Les Arpents", ["contact": ada])
    try await scene.test.host.database.write {
      try $0.execute("UPDATE applications_member SET email = 'ada..e@example.org'")
    }
    let merged = try await scene.test.call(
      "applications.merge-organisations", ["organisation": kept.id, "other": gone.id])
    try await scene.test.call("applications.undo-merge", ["merge": merged["id"] ?? nil])
    let members = try await scene.test.call("applications.members", ["organisation": gone.id])
    #expect(members.items.map { $0["email"] } == ["ada..e@example.org"])
  }

  @Test func `what cannot be merged is refused with its field`() async throws {
    let scene = try await Scene()
    let one = try await scene.register("Arpents")
    let itself = await scene.test.problem(
      "applications.merge-organisations", ["organisation": one.id, "other": one.id])
    #expect(itself?.fields.map(\.field) == ["other"])
    let nobody: JSON = "01700000-0000-7000-8000-00000000dead"
    for input: JSON in [
      ["organisation": one.id, "other": nobody], ["organisation": nobody, "other": one.id],
    ] {
      #expect(
        await scene.test.problem("applications.merge-organisations", input)?.status == 404)
    }
    #expect(await scene.test.problem("applications.undo-merge", ["merge": nobody])?.status == 404)
    let lead = await scene.test.problem(
      "applications.merge-organisations", as: one.lead, ["organisation": one.id, "other": nobody])
    #expect(lead?.status == 403)
    let alone = await scene.test.problem("applications.tell-apart", ["organisations": [one.id]])
    #expect(alone?.fields.map(\.field) == ["organisations"])
    let unknown = await scene.test.problem(
      "applications.tell-apart", ["organisations": [one.id, nobody]])
    #expect(unknown?.status == 404)
  }

  @Test func `organisations that look like one are shown until staff say they are two`()
    async throws
  {
    let scene = try await Scene()
    let bo: JSON = ["name": "Bo Exemple", "email": "bo@example.org", "language": "fr"]
    let first = try await scene.register("École d’Exemple")
    let second = try await scene.register("ecole d'exemple", ["contact": bo])
    // Branches that say which they are, are two.
    _ = try await scene.register("Exemple Paris", ["siret": "732829320 00074"])
    _ = try await scene.register("Exemple Lyon", ["siret": "732829320 00082"])
    func groups() async throws -> [[JSON?]] {
      (try await scene.test.call("applications.duplicates")["items"]?.items ?? []).map {
        ($0["organisations"]?.items ?? []).map { $0["id"] }
      }
    }
    #expect(try await groups().map(Set.init) == [[first.id, second.id]])
    let module = ApplicationsModule(
      host: scene.test.host, programmes: FakeProgrammes(editions: []))
    let staff = try await module.tasks(for: .manager, at: scene.test.clock.clock.now)
    #expect(staff.contains { $0.kind == "applications.duplicates" })
    for _ in 1...2 {
      try await scene.test.call(
        "applications.tell-apart", ["organisations": [first.id, second.id]])
    }
    #expect(try await groups().isEmpty)
  }

  @Test func `the page offers to make one of them, and then to take it back`() async throws {
    let scene = try await Scene()
    let bo: JSON = ["name": "Bo Exemple", "email": "bo@example.org", "language": "fr"]
    let first = try await scene.register("École d’Exemple")
    let second = try await scene.register("ecole d'exemple", ["contact": bo])
    func forms(as actor: Actor = .manager) async throws -> [String] {
      try await scene.test.platform.content(of: "applications.duplicates", as: actor, [:])
        .forms.map(\.endpoint)
    }
    #expect(
      try await forms() == [
        "applications.merge-organisations", "applications.merge-organisations",
        "applications.tell-apart",
      ])
    let shown = try await scene.test.platform.content(
      of: "applications.organisation", as: .manager, ["organisation": first.id])
    #expect(shown.blocks.contains { if case .notice = $0 { true } else { false } })
    try await scene.test.call(
      "applications.merge-organisations", ["organisation": first.id, "other": second.id])
    #expect(try await forms().isEmpty)
    let merges = try await scene.test.call("applications.merges").items
    let merge = try await scene.test.platform.content(
      of: "applications.merge", as: .manager, ["merge": merges.first?["id"] ?? nil])
    #expect(merge.forms.map(\.endpoint) == ["applications.undo-merge"])
    #expect(merge.forms.first?.groups.isEmpty == true)
    // A page of the operator's alone.
    let own = try await scene.test.platform.content(
      of: "applications.organisation", as: first.lead, ["organisation": first.id])
    #expect(!own.blocks.contains { if case .notice = $0 { true } else { false } })
    await #expect(throws: Problem.self) { try await forms(as: first.lead) }
  }

  @Test func `who registers for an open call has a draft, and for a closed one is told so`()
    async throws
  {
    let scene = try await Scene()
    let registered = try await scene.test.call(
      "applications.register-organisation", as: .anyone,
      Scene.organisation("Arpents", ["call": scene.id]))
    #expect(registered["id"] == registered["organisation"])
    let lead = Actor(.member, subject: registered["member"]?.text)
    let draft = try await scene.test.call(
      "applications.application", as: lead, ["application": registered["application"] ?? nil])
    #expect(draft["state"] == "draft")
    let said = try await scene.events("applications.organisation-registered")
    #expect(said.count == 1)
    let unknown = await scene.test.problem(
      "applications.register-organisation", as: .anyone,
      Scene.organisation("Bocage", ["call": registered["organisation"] ?? nil]))
    #expect(unknown?.status == 404)
    scene.test.clock.set(Instant("2020-05-01T09:00:00Z") ?? .sample)
    let late = await scene.test.problem(
      "applications.register-organisation", as: .anyone,
      Scene.organisation("Bocage", ["call": scene.id]))
    #expect(late?.code == "applications/deadline-passed")
  }
}
