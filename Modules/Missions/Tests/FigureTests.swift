import Kernel
import KernelTesting
import MissionsAPI
import PartnersAPI
import Testing

@Test func `people are counted once, by partner and by regime, and never named`() async throws {
  let scene = try await Scene.formed(team: [People.ada, People.ben, People.chloe])
  scene.test.clock.advance(seconds: 60)
  try await scene.confirm(place: 9, brief: 2, role: adviser, People.ada)
  let people = try await scene.figure("missions.people")
  #expect(people.map { $0.group?.en ?? "" }.sorted() == ["Agence", "No partner", "Orion"])
  let regimes = try await scene.figure("missions.people-by-regime")
  #expect(
    Set(regimes.map(\.group)) == [
      Regime.patronageService.label, Regime.ownTime.label, Regime.jobSeeker.label,
    ])
  #expect((people + regimes).allSatisfy { $0.label == "Mission 1" })
}

@Test func `missions are counted by state`() async throws {
  let scene = try await Scene.running()
  try await scene.publish(2)
  let rows = try await scene.figure("missions.missions")
  #expect(rows.map(\.label) == ["Mission 1 (Association 1)", "Mission 2 (Association 2)"])
  #expect(rows.map(\.group?.en) == ["Running", "Forming"])
}

@Test func `hours are summed as they are in the ledger`() async throws {
  let scene = try await Scene.running()
  for (who, minutes) in [(People.ada, 60), (People.ben, 90), (People.ben, 30)] {
    let entry = try await scene.log(who, "2020-11-18", Int64(minutes))
    if minutes != 30 {
      try await scene.test.call("missions.validate-hours", ["entry": entry["id"] ?? nil])
    }
  }
  for figure in ["missions.hours", "missions.hours-by-regime", "missions.hours-by-partner"] {
    #expect(try await scene.figure(figure).map(\.value).sorted() == [60, 90])
  }
}

@Test func `figures of another edition are empty`() async throws {
  let scene = try await Scene.running()
  for figure in scene.test.platform.figures {
    let rows = try await scene.test.host.database.read {
      try figure.checkedEvidence(for: id(2), in: $0)
    }
    #expect(rows.isEmpty)
  }
}

@Test func `a play repeated with the same seed gives the same evidence`() async throws {
  func play() async throws -> [[FigureRow]] {
    let scene = try await Scene.running()
    let entry = try await scene.log(People.ada)
    try await scene.test.call("missions.validate-hours", ["entry": entry["id"] ?? nil])
    var all: [[FigureRow]] = []
    for figure in scene.test.platform.figures {
      all.append(try await scene.figure(figure.id))
    }
    return all
  }
  func shown(_ figures: [[FigureRow]]) -> [[String]] {
    figures.map { $0.map { "\($0.label) \($0.value) \($0.group?.en ?? "")" } }
  }
  #expect(shown(try await play()) == shown(try await play()))
}
