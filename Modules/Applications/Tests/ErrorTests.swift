import Applications
import ApplicationsAPI
import Kernel
import KernelTesting
import Testing

@Suite struct ErrorTests {
  /// Every command and query about one thing, with an otherwise right input.
  static let asking: [(endpoint: String, input: JSON)] = [
    ("call", ["call": nobody]),
    ("open-call", ["call": nobody]),
    ("close-call", ["call": nobody]),
    ("postpone-deadline", ["call": nobody, "closesOn": "2020-05-01"]),
    ("queues", ["call": nobody]),
    ("applicants", ["call": nobody]),
    ("applications", ["call": nobody]),
    ("assign-reviews", ["call": nobody, "perApplication": 1]),
    ("ranking", ["call": nobody]),
    (
      "deliberate",
      [
        "call": nobody, "laureates": [], "waitingList": [], "refused": [],
        "confirmBy": "2020-05-01",
      ]
    ),
    ("close-waiting-list", ["call": nobody, "reason": ["fr": "x", "en": "x"]]),
    ("organisation", ["organisation": nobody]),
    ("members", ["organisation": nobody]),
    ("organisation-applications", ["organisation": nobody]),
    ("check-identifiers", ["organisation": nobody, "siren": "verified"]),
    (
      "add-member",
      ["organisation": nobody, "name": "Bo", "email": "bo@example.org", "language": "fr"]
    ),
    ("change-role", ["member": nobody, "role": "lead"]),
    ("remove-member", ["member": nobody]),
    ("save-answers", ["application": nobody, "answers": [:]]),
    ("application-reviews", ["application": nobody]),
    ("assign-review", ["application": nobody, "reviewer": nobody]),
    ("release-review", ["review": nobody]),
    ("reviewer", ["reviewer": nobody]),
    ("conflicts", ["reviewer": nobody]),
    ("reviews", ["reviewer": nobody]),
    ("likely-conflicts", ["call": nobody]),
    ("clear-conflict", ["reviewer": nobody, "organisation": nobody, "reason": "x"]),
    ("retire-reviewer", ["reviewer": nobody]),
    ("return-reviewer", ["reviewer": nobody]),
    (
      "update-reviewer",
      ["reviewer": nobody, "name": "Bo", "email": "bo@example.org", "language": "fr"]
    ),
    (
      "update-member",
      ["member": nobody, "name": "Bo", "email": "bo@example.org", "language": "fr"]
    ),
    ("reinstate", ["application": nobody, "reason": ["fr": "x", "en": "x"]]),
    ("reconsider", ["application": nobody, "reason": ["fr": "x", "en": "x"]]),
    ("promote", ["application": nobody]),
    ("extend-deadline", ["call": nobody, "organisation": nobody, "until": "2020-05-01"]),
    ("extend-confirmation", ["application": nobody, "until": "2020-05-01"]),
  ]

  @Test(arguments: asking.indices)
  func `what nobody knows is not found`(index: Int) async throws {
    let scene = try await Scene()
    let (endpoint, input) = Self.asking[index]
    let problem = await scene.test.problem("applications." + endpoint, input)
    #expect(problem?.code == "not-found", "\(endpoint)")
  }

  @Test func `an unknown review is not found by its reviewer`() async throws {
    let scene = try await Scene()
    let rosa = try await scene.reviewer("Rosa")
    let problem = await scene.test.problem(
      "applications.score", as: rosa.actor, ["review": nobody, "scores": [:]])
    #expect(problem?.code == "not-found")
  }

  @Test func `each stage refuses what belongs to another`() async throws {
    let draft = try await Scene(opened: false)
    let list: JSON = ["call": draft.id, "reason": ["fr": "x", "en": "x"]]
    for (endpoint, input): (String, JSON) in [
      ("close-call", ["call": draft.id]), ("close-waiting-list", list),
      ("postpone-deadline", ["call": draft.id, "closesOn": "2020-06-01"]),
      ("deliberate", draft.deliberate(laureates: [])),
    ] {
      let problem = await draft.test.problem("applications." + endpoint, input)
      #expect(problem?.code == "applications/call-state", "\(endpoint)")
    }
    let organisation = try await draft.register("Arpents")
    let early = await draft.test.problem(
      "applications.draft", ["call": draft.id, "organisation": organisation.id])
    #expect(early?.code == "applications/call-state")
  }

  @Test func `every problem says what, where and what next, in both languages`() throws {
    let day = try #require(Day("2020-04-15"))
    let email = try #require(EmailAddress("bo@example.org"))
    let fields = [FieldProblem("x", en: "x", fr: "x")]
    let errors: [ApplicationsError] = [
      .callState(.draft), .wrongState(.submitted), .deadlinePassed(day, .paris), .closesLater(day),
      .incomplete(fields), .answersClash(fields), .notEligible(fields), .tooFewReviewers(fields),
      .conflictOfInterest,
      .confirmationPassed(day), .answersPending(2), .organisationKnown, .memberKnown(email),
      .reviewerKnown(email), .lastLead, .roleNeeded(.lead), .editionClosed,
    ]
    let problems = errors.map(\.problem)
    #expect(Set(problems.map(\.code)).count == errors.count)
    for problem in problems {
      #expect(problem.code.hasPrefix("applications/"))
      let texts = [problem.title, problem.detail] + [problem.advice].compactMap { $0 }
      #expect(texts.count == 3)
      #expect(texts.allSatisfy { !$0.en.isEmpty && !$0.fr.isEmpty && $0.en != $0.fr })
    }
  }

  @Test func `the same jury and applications are always matched the same way`() async throws {
    func pairs() async throws -> [String] {
      let scene = try await Scene()
      for name in ["Dune", "Arpents", "Clairière", "Bocage", "Estran"] {
        _ = try await scene.submit(name)
      }
      for name in ["Rosa", "Sami", "Tess"] { _ = try await scene.reviewer(name) }
      let answer = try await scene.test.call(
        "applications.assign-reviews", ["call": scene.id, "perApplication": 2])
      var pairs: [String] = []
      for share in answer["reviewers"]?.items ?? [] {
        let reviews = try await scene.test.call(
          "applications.reviews", ["reviewer": share["reviewer"] ?? .null])
        pairs += (reviews["items"]?.items ?? []).map {
          ($0["organisationName"]?.text ?? "") + "/" + ($0["reviewerName"]?.text ?? "")
        }
      }
      return pairs
    }
    let first = try await pairs()
    #expect(first.count == 10)
    #expect(try await pairs() == first)
  }
}
