import ApplicationsAPI
import Kernel
import KernelTesting
import Pages
import Testing

/// What a colleague sends who saw `seen`.
private func save(_ application: JSON, _ answers: JSON, seen: JSON) -> JSON {
  ["application": application, "answers": answers, "seen": seen]
}

@Suite struct MergeTests {
  @Test func `two members who write at once lose no word of each other`() async throws {
    let scene = try await Scene()
    let ours = try await scene.register("Kabubu")
    let application = try await scene.draft(ours, answers: ["project": "First"])
    let seen: JSON = ["project": "First", "people": nil]
    try await scene.test.call(
      "applications.save-answers", as: ours.lead,
      save(application, ["project": "First", "people": 7], seen: seen))
    // The other one looked at the same page, and changes the other answer only.
    let after = try await scene.test.call(
      "applications.save-answers", as: ours.lead,
      save(application, ["project": "Second", "people": nil], seen: seen))
    #expect(after["answers"] == ["project": "Second", "people": 7])
  }

  @Test func `where one answer clashes, nothing is written and the answer is named`() async throws {
    let scene = try await Scene()
    let ours = try await scene.register("Kabubu")
    let application = try await scene.draft(ours, answers: ["project": "First", "people": 1])
    let seen: JSON = ["project": "First", "people": 1]
    try await scene.test.call(
      "applications.save-answers", as: ours.lead,
      save(application, ["project": "Mine", "people": 1], seen: seen))
    let problem = await scene.test.problem(
      "applications.save-answers", as: ours.lead,
      save(application, ["project": "Yours", "people": 2], seen: seen))
    #expect(problem?.code == "applications/answers-clash" && problem?.status == 409)
    #expect(problem?.fields.map(\.field) == ["answers.project"])
    let kept = try await scene.test.call(
      "applications.application", as: ours.lead, ["application": application])
    #expect(kept["answers"] == ["project": "Mine", "people": 1])
    // Having seen what is there, one decides.
    let settled = try await scene.test.call(
      "applications.save-answers", as: ours.lead,
      save(
        application, ["project": "Mine and yours", "people": 2],
        seen: ["project": "Mine", "people": 1]))
    #expect(settled["answers"] == ["project": "Mine and yours", "people": 2])
  }

  @Test func `two who write the same do not clash, and an answer can be emptied`() async throws {
    let scene = try await Scene()
    let ours = try await scene.register("Kabubu")
    let application = try await scene.draft(ours, answers: ["project": "First"])
    let seen: JSON = ["project": "First"]
    for _ in 0..<2 {
      try await scene.test.call(
        "applications.save-answers", as: ours.lead,
        save(application, ["project": "Same"], seen: seen))
    }
    let emptied = try await scene.test.call(
      "applications.save-answers", as: ours.lead,
      save(application, ["project": nil], seen: ["project": "Same"]))
    #expect(emptied["answers"] == [:])
    // Emptied here while it was changed there is a clash as well.
    try await scene.test.call(
      "applications.save-answers", as: ours.lead, save(application, ["project": "New"], seen: [:]))
    let problem = await scene.test.problem(
      "applications.save-answers", as: ours.lead,
      save(application, ["project": nil], seen: ["project": "Same"]))
    #expect(problem?.code == "applications/answers-clash")
  }

  @Test func `what was seen is checked as answers are`() async throws {
    let scene = try await Scene()
    let ours = try await scene.register("Kabubu")
    let application = try await scene.draft(ours)
    for bad: JSON in [["nothing": "x"], ["people": 101], ["project": 3]] {
      let problem = await scene.test.problem(
        "applications.save-answers", as: ours.lead, save(application, bad, seen: [:]))
      #expect(problem?.code == "invalid-input", "\(bad)")
    }
    let stranger = try await scene.register("Kodiko")
    #expect(
      await scene.test.problem(
        "applications.save-answers", as: stranger.lead,
        save(application, ["project": "x"], seen: [:]))?.status == 404)
  }
}

@Suite struct ApplicationPageTests {
  private static let inParts: JSON = [
    [
      "key": "project", "label": ["fr": "Votre projet", "en": "Your project"], "kind": "text",
      "required": true, "maximum": 50, "section": ["fr": "Le projet", "en": "The project"],
    ],
    [
      "key": "people", "label": ["fr": "Salariés", "en": "Employees"], "kind": "number",
      "required": true, "section": ["fr": "Vous", "en": "You"],
    ],
    [
      "key": "size", "label": ["fr": "Taille", "en": "Size"], "kind": "choice",
      "required": false, "choices": ["small", "large = Grande | Large"],
    ],
  ]

  private func parted() async throws -> Scene {
    var scene = try await Scene(opened: false)
    scene.call =
      try await scene.test.call(
        "applications.draft-call", Scene.terms(["questions": Self.inParts, "title": "In parts"]))[
        "id"]?.text ?? ""
    try await scene.test.call("applications.open-call", ["call": scene.id])
    return scene
  }

  @Test func `an application is a list of parts, each one page, with what is missing`() async throws
  {
    let scene = try await parted()
    let ours = try await scene.register("Kabubu")
    let application = try await scene.draft(ours, answers: ["project": "A"])
    let input: JSON = ["application": application]
    let page = try await scene.test.platform.content(
      of: "applications.application", as: ours.lead, input)
    guard case .tasks(let lines)? = page.blocks.first(where: { $0.isTasks }) else {
      Issue.record("no task list")
      return
    }
    #expect(lines.map(\.title.en) == ["The project", "You", "Check and submit"])
    #expect(lines.map(\.state.words.en) == ["complete", "to begin", "answers are missing"])
    let part = try await scene.test.platform.content(
      of: "applications.section", as: ours.lead, ["application": application, "section": 2],
      language: .fr)
    let form = try #require(part.forms.first)
    #expect(part.title.fr == "Vous" && form.merging == "answers")
    #expect(form.groups.flatMap(\.fields).map(\.path) == ["answers.people", "answers.size"])
    #expect(form.seen == ["people": nil, "size": nil])
    #expect(form.success.page?.hasSuffix("/check") == true)
    let check = try await scene.test.platform.content(
      of: "applications.check", as: ours.lead, input)
    #expect(check.forms.isEmpty)
    #expect(check.ways.contains { $0.hasSuffix("/sections/2") })
  }

  @Test func `a complete application is checked, handed in by a lead, and has a receipt`()
    async throws
  {
    let scene = try await parted()
    let ours = try await scene.register("Kabubu")
    let application = try await scene.draft(
      ours, answers: ["project": "A", "people": 3, "size": "large"])
    let writer = try await scene.test.call(
      "applications.add-member", as: ours.lead,
      [
        "organisation": ours.id, "name": "Bo Fictif", "email": "bo@example.org", "language": "fr",
        "role": "writer",
      ])
    let input: JSON = ["application": application]
    let check = try await scene.test.platform.content(
      of: "applications.check", as: ours.lead, input)
    #expect(check.forms.map(\.endpoint) == ["applications.submit"])
    let colleague = Actor(.member, subject: writer["id"]?.text)
    let theirs = try await scene.test.platform.content(
      of: "applications.check", as: colleague, input)
    #expect(theirs.forms.isEmpty)
    #expect(
      await scene.problem("applications.receipt", as: ours.lead, input)?.status == 404)
    try await scene.test.call("applications.submit", as: ours.lead, input)
    let receipt = try await scene.test.platform.content(
      of: "applications.receipt", as: ours.lead, input)
    #expect(receipt.title.en == "Receipt of your application")
    let stranger = try await scene.register("Kodiko")
    for page in ["applications.application", "applications.check", "applications.receipt"] {
      #expect(await scene.problem(page, as: stranger.lead, input)?.status == 404, "\(page)")
    }
  }
}

extension Scene {
  /// What a page is refused with.
  func problem(_ page: String, as actor: Actor, _ input: JSON) async -> Problem? {
    do {
      _ = try await test.platform.content(of: page, as: actor, input)
      return nil
    } catch { return error }
  }
}

extension Block {
  fileprivate var isTasks: Bool { if case .tasks = self { true } else { false } }
}
