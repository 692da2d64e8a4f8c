import Accompaniment
import Applications
import ApplicationsAPI
import Kernel
import KernelTesting
import Matching
import Missions
import Partners
import Programmes
import Testing

/// Applications, for an operator that selects on paper: another module behind the same contract. It
/// knows one laureate, and says so.
private struct PaperApplications: Module, ApplicationsAPI {
  static let name = "applications"
  static let summary = Words("laureates chosen on paper")
  private static let laureate = organisationOnPaper

  private struct Announce: Codable, Sendable { let edition: EditionID }

  var endpoints: [Endpoint] {
    [
      .command(
        "applications.announce", .post, "/editions/{edition}/laureates", by: .staff,
        Words("Say who was chosen on paper")
      ) { (input: Announce, transaction) in
        try transaction.emit(
          LaureateConfirmed(
            edition: input.edition, application: transaction.newID(),
            organisation: try Self.laureate().id))
        return Nothing()
      }
    ]
  }

  func organisation(_ id: OrganisationID) async throws -> Organisation {
    let known = try Self.laureate()
    guard known.id == id else {
      throw Problem.notFound(Words(en: "organisation", fr: "organisation"), id)
    }
    return known
  }
  func organisations(
    _ ids: [OrganisationID]
  ) async throws -> [OrganisationID: Organisation] {
    let known = try Self.laureate()
    return ids.contains(known.id) ? [known.id: known] : [:]
  }
  func organisation(of member: MemberID) async throws -> OrganisationID? { nil }
  func member(at address: EmailAddress, of organisation: OrganisationID) async throws -> MemberID? {
    nil
  }
  func laureates(of edition: EditionID) async throws -> [Laureate] { [] }
  func reviewer(_ id: ReviewerID) async throws -> Contact {
    throw Problem.notFound(Words(en: "reviewer", fr: "membre du jury"), id)
  }
}

private func organisationOnPaper() throws -> Organisation {
  let organisation: JSON = [
    "id": "01700000-0000-7000-8000-000000000001", "name": "Carton Plein", "kind": "association",
    "causes": ["inclusion"], "contacts": [],
  ]
  return try organisation.decoded(as: Organisation.self)
}

/// Every module but Notifications, with Applications as the test wants it.
private func compose<A: Module & ApplicationsAPI>(
  _ host: Host, applications make: (ProgrammesModule) -> A
) -> [any Module] {
  let programmes = ProgrammesModule(host: host)
  let applications = make(programmes)
  let accompaniment = AccompanimentModule(
    host: host, programmes: programmes, applications: applications)
  let partners = PartnersModule(host: host, programmes: programmes, applications: applications)
  let matching = MatchingModule(
    host: host, programmes: programmes, applications: applications, accompaniment: accompaniment,
    partners: partners)
  let missions = MissionsModule(
    host: host, programmes: programmes, applications: applications, accompaniment: accompaniment,
    partners: partners, matching: matching)
  return [programmes, applications, accompaniment, partners, matching, missions]
}

@Suite struct ReplacementTests {
  @Test func `another module behind the contract of Applications carries the edition`()
    async throws
  {
    let small = try await SmallEdition { host in
      compose(host) { _ in PaperApplications() }
    }
    try await small.test.call("applications.announce", ["edition": small.edition])
    let mission = try await small.goOn()
    #expect(mission["state"] == "running")
    #expect(mission["organisationName"] == "Carton Plein")
    #expect(mission["team"]?.items.map { $0["name"] } == ["Ada Exemple"])
  }

  @Test func `without Notifications the rest of the edition goes on, and nothing piles up`()
    async throws
  {
    let small = try await SmallEdition { host in
      compose(host) { ApplicationsModule(host: host, programmes: $0) }
    }
    try await small.chooseByCall()
    let mission = try await small.goOn()
    #expect(mission["state"] == "running")
    #expect(mission["organisationName"] == "Kabubu")
    #expect(try await small.undelivered() == 0)
  }

  @Test func `a use case of a module that is left out is not there`() async throws {
    let small = try await SmallEdition { [ProgrammesModule(host: $0)] }
    let problem = await small.test.problem("missions.list", ["edition": small.edition])
    #expect(problem?.status == 404)
  }
}

extension SmallEdition {
  /// A call, one application, and the jury's decision.
  fileprivate func chooseByCall() async throws {
    let call = try id(
      await test.call(
        "applications.draft-call",
        [
          "edition": edition, "title": "Call 2020", "opensOn": "2020-03-02",
          "closesOn": "2020-04-15", "places": 1,
          "questions": [
            [
              "key": "project", "label": ["fr": "Votre projet", "en": "Your project"],
              "kind": "text", "required": true,
            ]
          ],
          "criteria": [
            ["key": "impact", "name": ["fr": "Effet", "en": "Impact"], "weight": 1]
          ],
          "eligibility": [
            "territories": ["Île-de-France"], "kinds": ["association"], "minimumAgeMonths": 12,
          ],
        ]))
    try await test.call("applications.open-call", ["call": call])
    let registered = try await test.call(
      "applications.register-organisation", as: .anyone,
      [
        "name": "Kabubu", "kind": "association", "causes": ["inclusion"],
        "territory": "Île-de-France", "foundedOn": "2010-01-01",
        "contact": ["name": "Ada Exemple", "email": "lead@example.org", "language": "fr"],
      ])
    let lead = Actor(.member, subject: registered["member"]?.text)
    let application = try id(
      await test.call(
        "applications.draft", as: lead,
        ["call": call, "organisation": registered["organisation"] ?? .null]))
    try await test.call(
      "applications.save-answers", as: lead,
      ["application": application, "answers": ["project": "A project"]])
    try await test.call("applications.submit", as: lead, ["application": application])
    if let later = Instant("2020-04-16T08:00:00Z") { test.clock.set(later) }
    try await test.call(
      "applications.deliberate",
      [
        "call": call, "laureates": [application], "waitingList": [], "refused": [],
        "confirmBy": "2020-05-15",
      ])
    try await test.call("applications.confirm", as: lead, ["application": application])
  }
}
