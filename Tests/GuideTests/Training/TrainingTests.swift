import Kernel
import KernelTesting
import Pages
import PartnersAPI
import PartnersFakes
import ProgrammesAPI
import ProgrammesFakes
import Testing

/// A course with one seat, and two volunteers who could take it.
private struct Scene {
  static let edition = "01700000-0000-7000-8000-000000000001"
  static let ada = "01700000-0000-7000-8000-000000000011"
  static let grace = "01700000-0000-7000-8000-000000000012"

  let test: TestPlatform
  let training: TrainingModule
  let course: CourseID

  init(partners: FakePartners = .withTwoVolunteers) async throws {
    let programmes = FakeProgrammes(editions: [try Edition.ofTests()])
    test = try await TestPlatform(at: "2020-10-01T09:00:00Z") { host in
      [TrainingModule(host: host, programmes: programmes, partners: partners), Announcer()]
    }
    training = try test.module()
    course = try await test.call(training.planCourse, Scene.plan(on: "2020-11-02")).id
  }

  static func plan(on day: String) throws -> TrainingModule.Plan {
    try .init(
      edition: given(edition), title: given("Listening"), day: given(day), seats: given(1))
  }

  func seat(_ volunteer: String) throws -> TrainingModule.Seat {
    try .init(course: course, volunteer: given(volunteer))
  }
}

@Suite struct TrainingTests {
  @Test func `the last seat can be taken once`() async throws {
    let scene = try await Scene()
    let (test, book) = (scene.test, scene.training.book)
    let first = try await test.call(book, scene.seat(Scene.ada))
    let problem = try await test.problem(book, scene.seat(Scene.grace))
    #expect(problem?.code == "training/full")
    // Ada's second click is harmless.
    #expect(try await test.call(book, scene.seat(Scene.ada)).id == first.id)
  }

  @Test func `a course offers a seat as long as there is one`() async throws {
    let scene = try await Scene()
    let ada = Actor(.volunteer, subject: Scene.ada)
    func page() async throws -> PageContent {
      try await scene.test.platform.content(
        of: "training.course", as: ada, ["course": .string(scene.course.description)])
    }
    #expect(try await page().forms.map(\.endpoint) == ["training.book"])
    try await scene.test.call(scene.training.book, as: ada, scene.seat(Scene.ada))
    #expect(try await page().forms == [])
  }

  @Test func `volunteers book for themselves and for nobody else`() async throws {
    let scene = try await Scene()
    let ada = Actor(.volunteer, subject: Scene.ada)
    let problem = try await scene.test.problem(
      scene.training.book, as: ada, scene.seat(Scene.grace))
    #expect(problem?.status == 404)
    try await scene.test.call(scene.training.book, as: ada, scene.seat(Scene.ada))
    try await scene.test.call(scene.training.cancel, as: ada, scene.seat(Scene.ada))
    let again = try await scene.test.problem(
      scene.training.cancel, as: ada, scene.seat(Scene.ada))
    #expect(again?.status == 404)
  }

  @Test func `a course is planned on a day to come, within its edition`() async throws {
    let scene = try await Scene()
    for day in ["2020-10-01", "2022-01-01"] {
      let problem = try await scene.test.problem(
        scene.training.planCourse, Scene.plan(on: day))
      #expect(problem?.fields.map(\.field) == ["day"])
    }
  }

  @Test func `a course has a seat at least`() async throws {
    let scene = try await Scene()
    let problem = await scene.test.problem(
      "training.plan-course",
      ["edition": .string(Scene.edition), "title": " ", "day": "soon", "seats": 0])
    #expect(problem?.fields.map(\.field).sorted() == ["day", "seats", "title"])
  }

  @Test func `a course that was held takes nobody`() async throws {
    let scene = try await Scene()
    if let later = Instant("2020-11-02T08:00:00Z") { scene.test.clock.set(later) }
    let problem = try await scene.test.problem(scene.training.book, scene.seat(Scene.ada))
    #expect(problem?.code == "training/over")
  }

  @Test func `whoever leaves the edition frees their seat, however often it is said`()
    async throws
  {
    let scene = try await Scene()
    let test = scene.test
    try await test.call(scene.training.book, scene.seat(Scene.ada))
    let leaving = Announcer.Withdraw(
      edition: try given(Scene.edition), volunteer: try given(Scene.ada))
    for _ in 1...2 { try await test.call(Announcer().withdraw, leaving) }
    try await test.platform.deliverEvents()
    let courses = try await test.call(
      scene.training.listCourses, .init(edition: given(Scene.edition)))
    #expect(courses.map(\.seatsFree) == [1])
  }

  @Test func `the figure counts the rows it shows`() async throws {
    let scene = try await Scene()
    try await scene.test.call(scene.training.book, scene.seat(Scene.ada))
    let figure = try #require(scene.test.platform.figures.first)
    let edition = try Edition.ofTests().id
    let rows = try await scene.test.host.read { try figure.evidence(for: edition, in: $0) }
    #expect(rows.map(\.label) == ["Listening, 2020-11-02"])
  }

  @Test func `a call that a test did not plan fails the test`() async throws {
    let scene = try await Scene(partners: FakePartners())
    let problem = try await scene.test.problem(scene.training.book, scene.seat(Scene.ada))
    #expect(problem?.code == "internal")
    await #expect(throws: UnexpectedCall.self) {
      try await FakeTraining().courses(of: Edition.ofTests().id)
    }
  }
}

/// Says what Partners would.
private struct Announcer: Module {
  static let name = "announcer"
  static let summary = Words("announcer")
  struct Withdraw: Codable, Sendable {
    let edition: EditionID
    let volunteer: VolunteerID
  }

  var endpoints: [Endpoint] { withdraw }

  var withdraw: UseCase<Withdraw, Nothing> {
    .command("announcer.withdraw", .post, "/announcer", by: .staff, Words("withdraw")) {
      input, transaction in
      try transaction.emit(
        VolunteerWithdrew(edition: input.edition, volunteer: input.volunteer))
      return Nothing()
    }
  }
}

extension Edition {
  fileprivate static func ofTests() throws -> Edition {
    let edition: JSON = [
      "id": .string(Scene.edition), "programme": "01700000-0000-7000-8000-000000000002",
      "name": "2020",
      "theme": "Reducing inequalities", "territory": "Paris La Défense", "zone": "Europe/Paris",
      "format": "remote", "starts": "2020-03-02", "ends": "2021-08-31", "state": "open",
    ]
    return try edition.decoded(as: Edition.self)
  }
}

extension FakePartners {
  fileprivate static var withTwoVolunteers: FakePartners {
    var fake = FakePartners()
    fake.onVolunteer = { id in
      let volunteer: JSON = [
        "id": .string(id.description), "edition": .string(Scene.edition),
        "contact": ["name": "Ada Exemple", "email": "ada@example.org", "language": "fr"],
        "regime": "own-time", "skills": [], "wishes": [], "causes": [], "languages": ["fr"],
        "halfDays": [], "formats": ["remote"], "capacity": 1, "conflicts": [],
        "previousEmployers": [],
      ]
      return try volunteer.decoded(as: Volunteer.self)
    }
    return fake
  }
}
