import Kernel
import KernelTesting
import Testing

/// What a use case asks of the database must not grow with the rows there are.
@Suite struct CostTests {
  /// How many statements each question takes, asked by staff and by the first reviewer.
  private func statements(of scene: Scene, _ reviewer: (id: JSON, actor: Actor)) async throws
    -> [String: Int]
  {
    let test = scene.test
    let page = try await test.call("applications.applications", ["call": scene.id])["items"]
    let one = page?.items.first ?? .null
    let organisation = one["organisation"] ?? nil
    let questions: [(String, Actor, JSON)] = [
      ("applications", .manager, ["call": scene.id]),
      ("applications", reviewer.actor, ["call": scene.id]),
      ("application", .manager, ["application": one["id"] ?? nil]),
      ("organisation-applications", .manager, ["organisation": organisation]),
      ("organisations", .manager, [:]), ("organisation", .manager, ["organisation": organisation]),
      ("queues", .manager, ["call": scene.id]), ("ranking", .manager, ["call": scene.id]),
      ("reviews", .manager, ["reviewer": reviewer.id]),
      ("reviews", reviewer.actor, ["reviewer": reviewer.id]),
      ("application-reviews", .manager, ["application": one["id"] ?? nil]),
      ("applicants", .manager, ["call": scene.id]), ("reviewers", .manager, [:]),
      ("likely-conflicts", .manager, ["call": scene.id]),
      ("members", .manager, ["organisation": organisation]),
    ]
    var counts: [String: Int] = [:]
    for (name, actor, input) in questions {
      counts["\(name) as \(actor.role)"] = try await test.counter.statements {
        try await test.call("applications." + name, as: actor, input)
      }.count
    }
    return counts
  }

  @Test func `no list asks more of the database for many rows than for few`() async throws {
    let scene = try await Scene()
    let rosa = try await scene.reviewer("Rosa")
    _ = try await scene.submit("Arpents")
    _ = try await scene.submit("Bocage")
    let assign: JSON = ["call": scene.id, "perApplication": 1]
    try await scene.test.call("applications.assign-reviews", assign)
    let few = try await statements(of: scene, rosa)
    for number in 0..<14 {
      _ = try await scene.submit("Clairière " + String(repeating: "i", count: number + 1))
    }
    for number in 0..<6 {
      _ = try await scene.draft(
        try await scene.register("Dune " + String(repeating: "u", count: number + 1)))
    }
    try await scene.test.call("applications.assign-reviews", assign)
    let many = try await statements(of: scene, rosa)
    for (name, count) in many {
      // One more where drafts come in: the questions of their call.
      #expect(count <= (few[name] ?? 0) + (name.hasPrefix("applications as") ? 1 : 0), "\(name)")
    }
  }

  @Test func `pages follow each other in the order of the alphabet, each row once`() async throws {
    let scene = try await Scene()
    let names = ["Zèbre", "école", "Avenir", "œuvre", "Élan", "Chemin 10", "Chemin 9"]
    for name in names {
      _ = try await scene.draft(
        try await scene.register(
          name,
          [
            "contact": [
              "name": "A", "language": "fr",
              "email": .string("a\(names.firstIndex(of: name) ?? 0)@example.org"),
            ]
          ]))
    }
    for (list, field, input) in [
      ("applications.applications", "organisationName", ["call": scene.id] as JSON),
      ("applications.organisations", "name", [:]),
    ] {
      var (found, after) = ([String](), JSON?.none)
      repeat {
        guard case .object(var members) = input else { return }
        members["limit"] = 3
        members["after"] = after
        let page = try await scene.test.call(list, .object(members))
        found += page["items"]?.items.compactMap { $0[field]?.text } ?? []
        after = page["next"]
      } while after != nil
      #expect(
        found == ["Avenir", "Chemin 9", "Chemin 10", "école", "Élan", "œuvre", "Zèbre"], "\(list)")
    }
    let foreign = await scene.test.problem(
      "applications.organisations", ["after": "dHg="])
    #expect(foreign?.fields.map(\.field) == ["after"])
  }

  @Test func `a list follows an organisation to its new name`() async throws {
    let scene = try await Scene()
    let first = try await scene.register("Arpents")
    _ = try await scene.draft(first)
    _ = try await scene.draft(try await scene.register("Bocage"))
    var change = Scene.organisation("Zèbre")
    if case .object(var members) = change {
      members["contact"] = nil
      members["organisation"] = first.id
      change = .object(members)
    }
    try await scene.test.call("applications.update-organisation", as: first.lead, change)
    let list = try await scene.test.call("applications.applications", ["call": scene.id])
    #expect(list["items"]?.items.map { $0["organisationName"] } == ["Bocage", "Zèbre"])
  }
}
