import Applications
import Kernel
import KernelTesting
import Testing

/// Rules that no single row holds, when two programs decide by them in the same moment.
@Suite(.enabled(if: TestDatabase.hasServer)) struct TwoAtOnce {
  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `an organisation keeps a lead when two leads remove each other at once`(
    _ guarding: TwoPrograms.Guarding
  ) async throws {
    let two = try TwoPrograms(guarding)
    let scene = try await two.holding { try await Scene() }
    let organisation = try await scene.register("Arpents")
    try await scene.test.call(
      "applications.add-member",
      [
        "organisation": organisation.id, "name": "Bo Exemple", "email": "bo@example.org",
        "language": "en", "role": "lead",
      ])
    let members = try await scene.test.call(
      "applications.members", ["organisation": organisation.id])
    let leads = try members.items.map { try #require($0["id"]) }
    let ends = await two.atOnce(
      { await scene.test.problem("applications.remove-member", ["member": leads[0]])?.code },
      { await scene.test.problem("applications.remove-member", ["member": leads[1]])?.code })
    let kept = ends.contains("applications/last-lead")
    #expect(kept == (guarding != .nothing), "\(ends)")
    #expect(ends.filter { $0 == nil }.count == (kept ? 1 : 2))
  }

  /// What holds it is the index that lets a call have one application of an organisation.
  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `an organisation has one application to a call, whoever begins it at once`(
    _ guarding: TwoPrograms.Guarding
  ) async throws {
    let two = try TwoPrograms(guarding)
    let scene = try await two.holding { try await Scene() }
    let organisation = try await scene.register("Arpents")
    let draft: JSON = ["call": scene.id, "organisation": organisation.id]
    _ = await two.atOnce(
      { await scene.test.problem("applications.draft", as: organisation.lead, draft)?.code },
      { await scene.test.problem("applications.draft", as: .manager, draft)?.code })
    let number: Int = try await scene.test.host.read {
      try $0.rows("SELECT COUNT(*) AS n FROM applications_application").first?.get("n") ?? 0
    }
    #expect(number == 1)
  }

  /// What holds it is the row of the events' series: whoever decides says so before they promote.
  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `two laureates who decline at once make room for two of the waiting list`(
    _ guarding: TwoPrograms.Guarding
  ) async throws {
    let two = try TwoPrograms(guarding)
    let scene = try await two.holding { try await Scene() }
    var applications: [JSON] = []
    for name in ["Arpents", "Bocage", "Clairière", "Dune"] {
      applications.append(try await scene.submit(name).1)
    }
    scene.afterDeadline()
    try await scene.test.call(
      "applications.deliberate",
      scene.deliberate(
        laureates: [applications[0], applications[1]], waiting: [applications[3], applications[2]],
        confirmBy: "2020-05-15"))
    let (one, other) = (applications[0], applications[1])
    let ends = await two.atOnce(
      { await scene.test.problem("applications.decline", ["application": one])?.code },
      { await scene.test.problem("applications.decline", ["application": other])?.code })
    var states: [String?] = []
    for application in applications { states.append(try await scene.state(application)) }
    #expect(ends.allSatisfy { $0 == nil })
    #expect(states == ["declined", "declined", "laureate", "laureate"])
  }
}
