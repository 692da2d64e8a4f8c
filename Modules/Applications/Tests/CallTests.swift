import Applications
import Kernel
import KernelTesting
import ProgrammesAPI
import Testing

@Suite struct CallTests {
  @Test func `everything wrong with a call is said at once`() async throws {
    let scene = try await Scene(opened: false)
    let problem = await scene.test.problem(
      "applications.draft-call",
      Scene.terms([
        "title": "Other", "closesOn": "2020-01-01",
        "questions": [
          [
            "key": "a", "label": ["fr": " ", "en": "A"], "kind": "choice", "required": true,
            "choices": [["key": "x", "label": ["fr": "X", "en": "X"]]],
          ],
          [
            "key": "a", "label": ["fr": "A", "en": "A"], "kind": "text", "required": true,
            "maximum": 0,
          ],
        ], "criteria": [],
      ]))
    #expect(
      problem?.fields.map(\.field) == [
        "closesOn", "closesOn", "criteria", "questions[1].key", "questions[0].label.fr",
        "questions[0].choices", "questions[1].maximum",
      ])
  }

  @Test(arguments: ["places", "closesOn", "criteria"])
  func `a call needs its parts, of the right type`(field: String) async throws {
    let scene = try await Scene(opened: false)
    let problem = await scene.test.problem(
      "applications.draft-call", Scene.terms([field: "nonsense"]))
    #expect(problem?.code == "invalid-input")
    #expect(problem?.fields.first?.field == field)
  }

  @Test func `a choice is a key with a label, or a key alone`() async throws {
    let scene = try await Scene()
    let call = try await scene.test.call("applications.call", ["call": scene.id])
    #expect(
      call["questions"]?.items.last?["choices"] == [
        ["key": "small", "label": ["fr": "Petite", "en": "Small"]],
        ["key": "large", "label": ["fr": "large", "en": "large"]],
      ])
    for wrong: JSON in [3, "Not A Key", ["key": "x"]] {
      let problem = await scene.test.problem(
        "applications.draft-call",
        Scene.terms([
          "questions": [
            [
              "key": "a", "label": ["fr": "A", "en": "A"], "kind": "choice", "required": true,
              "choices": ["x", wrong],
            ]
          ]
        ]))
      #expect(problem?.code == "invalid-input")
    }
  }

  @Test func `no call is made for an edition that is closed`() async throws {
    let scene = try await Scene(state: .closed)
    let problem = await scene.test.problem("applications.draft-call", Scene.terms())
    #expect(problem?.code == "applications/edition-closed")
  }

  @Test func `nobody but the operator sees a call before it opens`() async throws {
    let scene = try await Scene(opened: false)
    let hidden = await scene.test.problem("applications.call", as: .anyone, ["call": scene.id])
    #expect(hidden?.status == 404)
    #expect(try await scene.test.call("applications.calls", as: .anyone).items.isEmpty)
    #expect(try await scene.test.call("applications.calls").items.count == 1)
    try await scene.test.call("applications.open-call", ["call": scene.id])
    let shown = try await scene.test.call("applications.call", as: .anyone, ["call": scene.id])
    #expect(shown["state"] == "open")
    #expect(try await scene.events() == ["applications.call-opened"])
  }

  @Test func `a call is rewritten until it opens, and not from an old copy`() async throws {
    let scene = try await Scene(opened: false)
    func revision(_ title: JSON, _ version: JSON) -> JSON {
      var terms = Scene.terms(["title": title, "call": scene.id, "version": version])
      if case .object(var members) = terms {
        members["edition"] = nil
        terms = .object(members)
      }
      return terms
    }
    let revised = try await scene.test.call("applications.revise-call", revision("New", 1))
    #expect(revised["title"] == "New")
    let stale = await scene.test.problem("applications.revise-call", revision("Newer", 1))
    #expect(stale?.code == "stale-version")
    try await scene.test.call("applications.open-call", ["call": scene.id])
    let late = await scene.test.problem("applications.revise-call", revision("Late", nil))
    #expect(late?.code == "applications/call-state")
  }

  @Test func `a call opens once, and not after its deadline`() async throws {
    let scene = try await Scene()
    let again = await scene.test.problem("applications.open-call", ["call": scene.id])
    #expect(again?.code == "applications/call-state")
    let other = try await Scene(opened: false)
    other.afterDeadline()
    let late = await other.test.problem("applications.open-call", ["call": other.id])
    #expect(late?.fields.map(\.field) == ["closesOn"])
    let unknown = await scene.test.problem("applications.open-call", ["call": nobody])
    #expect(unknown?.code == "not-found")
  }

  @Test func `a call closes by itself, or early only on purpose`() async throws {
    let scene = try await Scene()
    let early = await scene.test.problem("applications.close-call", ["call": scene.id])
    #expect(early?.code == "applications/closes-later")
    scene.afterDeadline()
    let shown = try await scene.test.call("applications.call", as: .anyone, ["call": scene.id])
    #expect(shown["state"] == "closed")
    let other = try await Scene()
    let closed = try await other.test.call(
      "applications.close-call", ["call": other.id, "early": true])
    #expect(closed["state"] == "closed")
    let again = await other.test.problem("applications.close-call", ["call": other.id])
    #expect(again?.code == "applications/call-state")
  }

  @Test func `a later deadline opens a closed call again; an earlier one is refused`() async throws
  {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    let application = try await scene.draft(organisation, answers: Scene.complete)
    scene.afterDeadline()
    let earlier = await scene.test.problem(
      "applications.postpone-deadline", ["call": scene.id, "closesOn": "2020-04-10"])
    #expect(earlier?.fields.map(\.field) == ["closesOn"])
    let past = await scene.test.problem(
      "applications.postpone-deadline", ["call": scene.id, "version": 1, "closesOn": "2020-05-01"])
    #expect(past?.code == "stale-version")
    try await scene.test.call(
      "applications.postpone-deadline", ["call": scene.id, "closesOn": "2020-04-20"])
    let submitted = try await scene.test.call(
      "applications.submit", as: organisation.lead, ["application": application])
    #expect(submitted["state"] == "submitted")
  }

  @Test func `calls are the operator's to make`() async throws {
    let scene = try await Scene()
    for actor in [Actor(.member), Actor(.reviewer), Actor(.volunteer), Actor(.partner)] {
      #expect(
        await scene.test.problem("applications.draft-call", as: actor, Scene.terms())?.status == 403
      )
    }
    #expect(
      await scene.test.problem("applications.close-call", as: .anyone, ["call": scene.id])?.status
        == 401)
  }
}
