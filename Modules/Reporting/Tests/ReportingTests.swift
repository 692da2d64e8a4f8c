internal import Kernel
internal import KernelTesting
internal import ProgrammesAPI
internal import ReportingAPI
internal import Testing

@testable internal import Reporting

/// The one edition these tests know.
private struct OneEdition: ProgrammesAPI {
  let known: Edition

  func edition(_ id: EditionID) async throws -> Edition {
    guard id == known.id else {
      throw Problem.notFound(Words(en: "edition", fr: "édition"), id)
    }
    return known
  }
  func editions() async throws -> [Edition] { throw UnexpectedCall("editions") }
  func halfDays(of edition: EditionID) async throws -> [HalfDay] { [] }
  func catalogue() async throws -> Catalogue { Catalogue(skills: [], missionTypes: []) }
}

@Suite struct ReportingTests {
  private let edition = "0170a000-0000-7000-8000-000000000001"

  private func platform() async throws -> TestPlatform {
    let id = try #require(EditionID(edition))
    let programme = try #require(ProgrammeID("0170a000-0000-7000-8000-000000000002"))
    let known = Edition(
      id: id, programme: programme, name: try #require(Name("2020")),
      theme: try #require(Paragraph("Theme")), territory: try #require(Name("La Défense")),
      zone: .paris, format: .remote, starts: try #require(Day("2020-03-02")),
      ends: try #require(Day("2021-08-31")), state: .open)
    let figure = Figure(
      "missions.hours", title: Words(en: "Hours", fr: "Heures"), unit: .hours, aggregate: .sum,
      by: Words(en: "regime", fr: "régime")
    ) { asked, _ in
      asked == id
        ? [
          FigureRow("one", value: 60, group: "own-time", source: "row-1"),
          FigureRow("two", value: 90, group: "patronage", source: "row-2"),
        ] : []
    }
    return try await TestPlatform { host in
      [ReportingModule(host: host, programmes: OneEdition(known: known), figures: [figure])]
    }
  }

  @Test func `the report shows every figure with its groups`() async throws {
    let answer = try await platform().call("report.show", ["edition": .string(edition)])
    let figure = try #require(answer["figures"]?.items.first)
    #expect(figure["value"]?.whole == 150)
    #expect(figure["rows"]?.whole == 2)
    #expect(figure["groups"]?.items.map { $0["value"]?.whole } == [90, 60])
    #expect(answer["edition"]?["name"]?.text == "2020")
  }

  @Test func `a figure opens to the rows behind it, each with its source`() async throws {
    let answer = try await platform().call(
      "report.trace", ["edition": .string(edition), "figure": "missions.hours"])
    #expect(answer["rows"]?.items.map { $0["source"]?.text } == ["row-1", "row-2"])
    #expect(answer["rows"]?.items.map { $0["group"]?["fr"]?.text } == ["own-time", "patronage"])
  }

  @Test func `the document can be read back, with its rows`() async throws {
    let report = try await platform().call(
      "report.document", ["edition": .string(edition)], answer: Report.self)
    #expect(report.figures.first?.rows.count == 2)
  }

  @Test func `a figure nobody has and an edition nobody knows are not found`() async throws {
    let test = try await platform()
    let figure = await test.problem(
      "report.trace", ["edition": .string(edition), "figure": "missions.nothing"])
    #expect(figure?.status == 404)
    let other = "0170a000-0000-7000-8000-00000000000f"
    for endpoint in ["report.show", "report.document"] {
      #expect(await test.problem(endpoint, ["edition": .string(other)])?.status == 404)
    }
    #expect(await test.problem("report.show", ["edition": "no id"])?.status == 422)
    #expect(await test.problem("report.trace", ["edition": .string(edition)])?.status == 422)
  }

  @Test(arguments: [Role.reviewer, .member, .volunteer, .anyone])
  func `the figures are for staff and partners, the rows for staff`(role: Role) async throws {
    let test = try await platform()
    let refused = role == .anyone ? 401 : 403
    for endpoint in ["report.show", "report.document"] {
      let problem = await test.problem(endpoint, as: Actor(role), ["edition": .string(edition)])
      #expect(problem?.status == refused)
    }
    let partner = await test.problem(
      "report.document", as: Actor(.partner), ["edition": .string(edition)])
    #expect(partner?.status == 403)
    try await test.call("report.show", as: Actor(.partner), ["edition": .string(edition)])
  }
}
