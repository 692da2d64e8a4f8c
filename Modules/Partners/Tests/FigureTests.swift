import Kernel
import KernelTesting
import Partners
import PartnersAPI
import ProgrammesAPI
import Testing

extension Scene {
  fileprivate func rows(_ figure: String) async throws -> [FigureRow] {
    let found = try #require(module.figures.first { $0.id == figure })
    return try await test.host.read { try found.checkedEvidence(for: edition, in: $0) }
  }

  fileprivate func peopled() async throws {
    let tours = try await partner("Tours")
    let agency = try await partner("Agence", .employmentAgency)
    _ = try await partner("Silent")
    _ = try await partner("Ville", .publicBacker)
    for (partner, people) in [(tours, 2), (agency, 1)] {
      try await test.call(
        "partners.pledge",
        [
          "partner": partner.id, "edition": editionJSON, "people": .integer(Int64(people * 10)),
          "days": 1,
        ])
    }
    _ = try await volunteer("Zoe")
    _ = try await volunteer("Ada", of: tours.id, .patronageService)
    _ = try await volunteer("Bob", of: agency.id, .jobSeeker)
    let left = try await volunteer("Cleo", of: tours.id)
    try await test.call("partners.withdraw", ["volunteer": left.id])
  }
}

@Test func `partners are counted by kind when they take part in the edition`() async throws {
  let scene = try await Scene()
  try await scene.peopled()
  let rows = try await scene.rows("partners.partners")
  #expect(rows.map(\.label) == ["Tours", "Agence", "Ville"])
  #expect(rows.compactMap(\.group?.en) == ["company", "employment agency", "public backer"])
}

@Test func `pledged people add up by partner`() async throws {
  let scene = try await Scene()
  try await scene.peopled()
  let rows = try await scene.rows("partners.pledged-people")
  #expect(rows.compactMap(\.group?.en) == ["Agence", "Tours"])
  #expect(rows.map(\.value) == [10, 20])
}

@Test func `registered people are counted by partner, those without one last`() async throws {
  let scene = try await Scene()
  try await scene.peopled()
  let rows = try await scene.rows("partners.registered")
  #expect(rows.compactMap(\.group?.en) == ["Agence", "Tours", "Tours", "no partner"])
}

@Test func `no figure names a person`() async throws {
  let scene = try await Scene()
  try await scene.peopled()
  #expect(
    try await scene.rows("partners.by-regime").compactMap(\.group?.en) == [
      "job seeker", "own time", "own time", "company time, service",
    ])
  for figure in scene.module.figures.map(\.id) {
    let labels = try await scene.rows(figure).map(\.label)
    for name in ["Zoe", "Ada", "Bob", "Cleo"] { #expect(!labels.contains { $0.contains(name) }) }
  }
}
