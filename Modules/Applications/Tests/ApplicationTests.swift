import Applications
import ApplicationsAPI
import Kernel
import KernelTesting
import ProgrammesAPI
import ProgrammesFakes
import Testing

func unasked() -> any ProgrammesAPI { FakeProgrammes() }

@Suite struct ApplicationTests {
  @Test func `an organisation has one application to a call, however often it is asked for`()
    async throws
  {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    let first = try await scene.draft(organisation, answers: ["project": "kept"])
    let second = try await scene.test.call(
      "applications.draft", as: organisation.lead,
      ["call": scene.id, "organisation": organisation.id])
    #expect(second["id"] == first)
    #expect(second["answers"]?["project"] == "kept")
  }

  @Test func `an autosave keeps the other answers, and a blank takes one away`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    let application = try await scene.draft(organisation, answers: ["project": "A", "people": 3])
    let saved = try await scene.test.call(
      "applications.save-answers", as: organisation.lead,
      ["application": application, "answers": ["project": " ", "size": "small"]])
    #expect(saved["answers"] == ["people": 3, "size": "small"])
    #expect(saved["missing"] == ["project"])
    #expect(saved["state"] == "draft")
  }

  @Test func `every wrong answer is named, and none of the save is written`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    let application = try await scene.draft(organisation, answers: ["people": 3])
    let problem = await scene.test.problem(
      "applications.save-answers", as: organisation.lead,
      [
        "application": application,
        "answers": [
          "people": -1, "project": .string(String(repeating: "x", count: 51)), "size": "huge",
          "unknown": 1,
        ],
      ])
    #expect(
      problem?.fields.map(\.field) == [
        "answers.people", "answers.project", "answers.size", "answers.unknown",
      ])
    for wrong: JSON in [["people": "three"], ["people": 101], ["project": 3], ["size": 1]] {
      let problem = await scene.test.problem(
        "applications.save-answers", as: organisation.lead,
        ["application": application, "answers": wrong])
      #expect(problem?.status == 422)
    }
    let kept = try await scene.test.call(
      "applications.application", as: organisation.lead, ["application": application])
    #expect(kept["answers"] == ["people": 3])
  }

  @Test func `two windows do not overwrite each other`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    let application = try await scene.draft(organisation)
    func save(_ answers: JSON) -> JSON {
      ["application": application, "version": 1, "answers": answers]
    }
    try await scene.test.call(
      "applications.save-answers", as: organisation.lead, save(["people": 3]))
    let stale = await scene.test.problem(
      "applications.save-answers", as: organisation.lead, save(["people": 4]))
    #expect(stale?.code == "stale-version")
  }

  @Test func `an incomplete application is not submitted, and nothing of it is lost`() async throws
  {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    let application = try await scene.draft(organisation, answers: ["size": "small"])
    let problem = await scene.test.problem(
      "applications.submit", as: organisation.lead, ["application": application])
    #expect(problem?.code == "applications/incomplete")
    #expect(problem?.fields.map(\.field) == ["answers.project", "answers.people"])
    let kept = try await scene.test.call(
      "applications.application", as: organisation.lead, ["application": application])
    #expect(kept["state"] == "draft")
    #expect(kept["answers"] == ["size": "small"])
    #expect(try await scene.events("applications.submitted").isEmpty)
  }

  @Test func `an ineligible organisation hears every reason, and keeps its draft`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register(
      "Lointaine", ["territory": "Bretagne", "kind": "federation", "foundedOn": "2019-04-16"])
    let application = try await scene.draft(organisation, answers: Scene.complete)
    let problem = await scene.test.problem(
      "applications.submit", as: organisation.lead, ["application": application])
    #expect(problem?.code == "applications/not-eligible")
    #expect(problem?.fields.map(\.field) == ["territory", "kind", "foundedOn"])
    #expect(try await scene.state(application) == "draft")
  }

  @Test func `twelve months on the last day of the call are enough`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register(
      "Jeune", ["foundedOn": "2019-04-15", "territory": "île-de-france"])
    let application = try await scene.draft(organisation, answers: Scene.complete)
    let submitted = try await scene.test.call(
      "applications.submit", as: organisation.lead, ["application": application])
    #expect(submitted["state"] == "submitted")
  }

  // 15 April ends in Paris at 22:00 UTC, in Guadeloupe at 04:00 UTC the next day.
  @Test(arguments: [
    ("Europe/Paris", "2020-04-15T21:59:59Z", true), ("Europe/Paris", "2020-04-15T22:00:00Z", false),
    ("America/Guadeloupe", "2020-04-16T03:59:59Z", true),
    ("America/Guadeloupe", "2020-04-16T04:00:00Z", false),
  ])
  func `the deadline is the end of its day where the edition is`(
    zone: String, moment: String, inTime: Bool
  ) async throws {
    let scene = try await Scene(zone: zone)
    let organisation = try await scene.register("Arpents")
    let application = try await scene.draft(organisation, answers: Scene.complete)
    scene.set(moment)
    let problem = await scene.test.problem(
      "applications.submit", as: organisation.lead, ["application": application])
    #expect(problem?.code == (inTime ? nil : "applications/deadline-passed"))
    if !inTime {
      let kept = try await scene.test.call(
        "applications.application", as: organisation.lead, ["application": application])
      #expect(kept["answers"] == Scene.complete)
      let other = try await scene.register("Bocage")
      let late = await scene.test.problem(
        "applications.draft", as: other.lead, ["call": scene.id, "organisation": other.id])
      #expect(late?.code == "applications/deadline-passed")
    }
  }

  @Test func `what was typed after the deadline is kept too`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    let application = try await scene.draft(organisation)
    scene.afterDeadline()
    let saved = try await scene.test.call(
      "applications.save-answers", as: organisation.lead,
      ["application": application, "answers": ["people": 3]])
    #expect(saved["state"] == "draft")
    #expect(saved["awaits"] == "nobody")
  }

  @Test func `a second click on submit changes nothing, and answers are frozen`() async throws {
    let scene = try await Scene()
    let (organisation, application) = try await scene.submit("Arpents")
    let again = try await scene.test.call(
      "applications.submit", as: organisation.lead, ["application": application])
    #expect(again["state"] == "submitted")
    #expect(try await scene.events("applications.submitted").count == 1)
    let frozen = await scene.test.problem(
      "applications.save-answers", as: organisation.lead,
      ["application": application, "answers": ["people": 5]])
    #expect(frozen?.code == "applications/wrong-state")
  }

  @Test func `a withdrawn application can be taken up again while the call is open`() async throws {
    let scene = try await Scene()
    let (organisation, application) = try await scene.submit("Arpents")
    let withdrawn = try await scene.test.call(
      "applications.withdraw", as: organisation.lead, ["application": application])
    #expect(withdrawn["state"] == "withdrawn")
    let twice = await scene.test.problem(
      "applications.withdraw", as: organisation.lead, ["application": application])
    #expect(twice?.code == "applications/wrong-state")
    let resumed = try await scene.test.call(
      "applications.draft", as: organisation.lead,
      ["call": scene.id, "organisation": organisation.id])
    #expect(resumed["id"] == application)
    #expect(resumed["state"] == "draft")
    #expect(resumed["answers"] == Scene.complete)
    #expect(resumed["submittedAt"] == nil)
  }

  @Test func `the operator sees whom each application waits for and how long`() async throws {
    let scene = try await Scene()
    _ = try await scene.submit("Arpents")
    _ = try await scene.draft(try await scene.register("Bocage"))
    _ = try await scene.reviewer("Rosa")
    scene.set("2020-03-12T09:00:00Z")
    let list = try await scene.test.call("applications.applications", ["call": scene.id])["items"]
    #expect(list?.items.map { $0["organisationName"] } == ["Arpents", "Bocage"])
    #expect(list?.items.map { $0["awaits"] } == ["operator", "applicant"])
    #expect(list?.items.map { $0["days"] } == [10, 10])
    let drafts = try await scene.test.call(
      "applications.applications", ["call": scene.id, "state": "draft"])
    #expect(drafts["items"]?.items.count == 1)
    try await scene.test.call(
      "applications.assign-reviews", ["call": scene.id, "perApplication": 1])
    let queues = try await scene.test.call("applications.queues", ["call": scene.id])
    #expect(queues.items.map { $0["awaits"] } == ["applicant", "reviewers"])
    #expect(queues.items.map { $0["oldestDays"] } == [10, 10])
  }

  @Test func `roles are enforced: readers read, writers write, leads submit`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register("Arpents")
    let application = try await scene.draft(organisation, answers: Scene.complete)
    func member(_ role: JSON) async throws -> Actor {
      let answer = try await scene.test.call(
        "applications.add-member", as: organisation.lead,
        [
          "organisation": organisation.id, "name": "Bo", "language": "fr", "role": role,
          "email": .string((role.text ?? "") + "@example.org"),
        ])
      return Actor(.member, subject: answer["id"]?.text)
    }
    let (reader, writer) = (try await member("reader"), try await member("writer"))
    let save: JSON = ["application": application, "answers": ["people": 8]]
    #expect(
      await scene.test.problem("applications.save-answers", as: reader, save)?.code
        == "applications/role-needed")
    #expect(await scene.test.problem("applications.save-answers", as: writer, save) == nil)
    #expect(
      await scene.test.problem(
        "applications.submit", as: writer, ["application": application])?.code
        == "applications/role-needed")
    let read = try await scene.test.call(
      "applications.application", as: reader, ["application": application])
    #expect(read["answers"]?["people"] == 8)
  }

  @Test func `applications of others, and unknown ones, are not there`() async throws {
    let scene = try await Scene()
    let (_, application) = try await scene.submit("Arpents")
    let other = try await scene.register("Bocage")
    for endpoint in ["application", "submit", "withdraw", "confirm", "decline"] {
      let hidden = await scene.test.problem(
        "applications." + endpoint, as: other.lead, ["application": application])
      #expect(hidden?.code == "not-found")
      let unknown = await scene.test.problem(
        "applications." + endpoint, ["application": nobody])
      #expect(unknown?.code == "not-found")
    }
    let list = try await scene.test.call(
      "applications.applications", as: other.lead, ["call": scene.id])
    #expect(list["items"]?.items.isEmpty == true)
    let foreign = await scene.test.problem(
      "applications.draft", as: other.lead, ["call": nobody, "organisation": other.id])
    #expect(foreign?.code == "not-found")
    let malformed = await scene.test.problem(
      "applications.application", ["application": "not-an-id"])
    #expect(malformed?.fields.map(\.field) == ["application"])
  }
}
