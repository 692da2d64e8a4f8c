import Foundation
import Kernel
import KernelTesting
import Missions
import MissionsAPI
import Pages
import PartnersAPI
import Testing

private func file(_ name: String, _ text: String) -> JSON {
  .string(Upload.inline(FileName(name) ?? .sample, Data(text.utf8)).description)
}

extension Scene {
  fileprivate func handIn(_ more: [String: JSON] = [:]) async throws -> JSON {
    let input: [String: JSON] = [
      "mission": try await mission(), "title": "Plan", "summary": "Ten pages",
    ]
    return try await test.call(
      "missions.submit-deliverable", as: People.actor(People.ada),
      .object(input.merging(more) { $1 }))["id"] ?? nil
  }
  fileprivate func add(
    _ name: String, _ text: String, to deliverable: JSON, as actor: Actor
  ) async throws -> JSON {
    try await test.call(
      "missions.add-file", as: actor, ["deliverable": deliverable, "file": file(name, text)])
  }
}

@Test func `a file comes with what is handed in, and more can be added`() async throws {
  let scene = try await Scene.running()
  let deliverable = try await scene.handIn(["file": file("plan.pdf", "%PDF-1.7 plan")])
  let ben = People.actor(People.ben)
  let second = try await scene.add("../\u{202E}notes.txt", "Notes", to: deliverable, as: ben)
  #expect(second["name"] == "notes.txt")
  _ = try await scene.add("annex.csv", "a;b", to: deliverable, as: .manager)
  // A second click adds nothing.
  let again = try await scene.add("notes.txt", "Notes", to: deliverable, as: ben)
  #expect(again["id"] == second["id"])
  for actor in [Actor.manager, People.member, People.actor(People.ada)] {
    let files = try await scene.test.call(
      "missions.files", as: actor, ["deliverable": deliverable])
    #expect(files.items.map { $0["name"] } == ["annex.csv", "notes.txt", "plan.pdf"])
    #expect(files.items.map { $0["addedBy"]?.text } == [nil, "Ben Leroy", "Ada Martin"])
    let sent = try await scene.test.call("missions.file", as: actor, ["file": second["id"] ?? nil])
    #expect(sent["name"] == "notes.txt" && sent["type"] == "text/plain" && sent["bytes"] == 5)
  }
  #expect(scene.test.files.contents.count == 3)
}

@Test func `files are for whoever may see the mission, and nobody else`() async throws {
  let scene = try await Scene.running()
  let deliverable = try await scene.handIn(["file": file("plan.pdf", "%PDF-1.7 plan")])
  let known = try await scene.test.call(
    "missions.files", as: People.member, ["deliverable": deliverable])
  let id = known.items.first?["id"] ?? nil
  let strangers = [
    People.otherMember, People.actor(People.dan), Actor(.member), Actor(.volunteer),
    People.companyContact, Actor.anyone,
  ]
  for actor in strangers {
    for (verb, input) in [
      ("files", ["deliverable": deliverable] as JSON), ("file", ["file": id]),
      ("remove-file", ["file": id]),
      ("add-file", ["deliverable": deliverable, "file": file("a.txt", "x")]),
    ] {
      let problem = await scene.problem(verb, as: actor, input)
      #expect(
        ["not-found", "forbidden", "unauthenticated"].contains(problem?.code), "\(actor) at \(verb)"
      )
    }
  }
  // Nothing of theirs was taken in; the organisation reads, and adds nothing.
  #expect(scene.test.files.contents.count == 1)
  let member: JSON = ["deliverable": deliverable, "file": file("a.txt", "x")]
  #expect(await scene.problem("add-file", as: People.member, member)?.status == 403)
  let page = await #expect(throws: Problem.self) {
    try await scene.test.platform.content(
      of: "missions.deliverable", as: People.otherMember, ["deliverable": deliverable])
  }
  #expect(page?.code == "not-found")
}

@Test func `what is accepted does not change any more, and who accepts saw every file`()
  async throws
{
  let scene = try await Scene.running()
  let ada = People.actor(People.ada)
  let deliverable = try await scene.handIn()
  let added = try await scene.add("plan.pdf", "%PDF-1.7 plan", to: deliverable, as: ada)
  let accept: JSON = ["deliverable": deliverable, "version": 1]
  #expect(
    await scene.problem("accept-deliverable", as: People.member, accept)?.code == "stale-version")
  let seen: JSON = ["deliverable": deliverable, "version": 2]
  try await scene.test.call("missions.accept-deliverable", as: People.member, seen)
  let more: JSON = ["deliverable": deliverable, "file": file("b.pdf", "%PDF-1.7")]
  #expect(await scene.problem("add-file", as: ada, more)?.code == "missions/deliverable-state")
  let removal: JSON = ["file": added["id"] ?? nil]
  #expect(
    await scene.problem("remove-file", as: ada, removal)?.code == "missions/deliverable-state")
}

@Test func `a file is taken away before the answer, and twenty are the most`() async throws {
  let scene = try await Scene.running()
  let ada = People.actor(People.ada)
  let deliverable = try await scene.handIn()
  var last: JSON = .null
  for number in 1...20 {
    last = try await scene.add("\(number).txt", "\(number)", to: deliverable, as: ada)
  }
  let more: JSON = ["deliverable": deliverable, "file": file("b.txt", "b")]
  #expect(await scene.problem("add-file", as: ada, more)?.fields.map(\.field) == ["file"])
  try await scene.test.call("missions.remove-file", as: ada, ["file": last["id"] ?? nil])
  let left = try await scene.test.call("missions.files", ["deliverable": deliverable])
  #expect(left.items.count == 19)
  #expect(await scene.problem("file", ["file": last["id"] ?? nil])?.code == "not-found")
}

@Test(arguments: [("a.pdf", "no PDF"), ("a.html", "<p>"), ("a.txt", "<script>"), ("a.txt", "")])
func `what is no file that is taken is refused at its field`(name: String, text: String)
  async throws
{
  let scene = try await Scene.running()
  let deliverable = try await scene.handIn()
  let input: JSON = ["deliverable": deliverable, "file": file(name, text)]
  let problem = await scene.problem("add-file", as: People.actor(People.ada), input)
  #expect(problem?.fields.map(\.field) == ["file"])
  let wrong: JSON = ["deliverable": deliverable, "file": "/etc/passwd"]
  #expect(await scene.problem("add-file", as: People.actor(People.ada), wrong)?.status == 422)
}

@Test func `the page of a deliverable lists its files and offers what one may do`() async throws {
  let scene = try await Scene.running()
  let ada = People.actor(People.ada)
  let deliverable = try await scene.handIn(["file": file("plan.pdf", "%PDF-1.7 plan")])
  func page(_ actor: Actor) async throws -> PageContent {
    try await scene.test.platform.content(
      of: "missions.deliverable", as: actor, ["deliverable": deliverable])
  }
  let team = try await page(ada)
  #expect(Set(team.forms.map(\.endpoint)) == ["missions.add-file", "missions.remove-file"])
  let member = try await page(People.member)
  #expect(
    Set(member.forms.map(\.endpoint)) == [
      "missions.accept-deliverable", "missions.return-deliverable",
    ])
  let mission = try await scene.test.platform.content(
    of: "missions.mission", as: ada, ["mission": try await scene.mission()])
  #expect(mission.ways.contains { $0.hasPrefix("/deliverable-files/") })
}

@Test func `files of somebody’s own hand go with them, those of others stay`() async throws {
  let scene = try await Scene.running()
  let deliverable = try await scene.handIn(["file": file("mine.txt", "By Ada")])
  _ = try await scene.add("ours.txt", "By both", to: deliverable, as: People.actor(People.ada))
  let other = try await scene.handIn()
  _ = try await scene.add("ours.txt", "By both", to: other, as: People.actor(People.ben))
  let module = try scene.test.module(MissionsModule.self)
  let grant = Grant(.volunteer, subject: People.ada.description)
  try await module.erasingOutside(DataSubject(grants: [grant]))
  #expect(
    scene.test.files.contents.values.map { String(decoding: $0, as: UTF8.self) } == ["By both"])
}
