import Foundation
import Testing

/// A figure of `report.json`.
private struct Figure: Decodable {
  struct Group: Decodable {
    struct Title: Decodable { let en: String }
    let name: Title
    let value: Int
  }
  let id: String
  let value: Int
  let groups: [Group]

  func group(_ name: String) -> Int? { groups.first { $0.name.en == name }?.value }
}

private struct Report: Decodable { let figures: [Figure] }

private func figures(of played: PlayedEdition) throws -> [String: Figure] {
  let data = try Data(contentsOf: played.reports.appending(path: "report.json"))
  let report = try JSONDecoder().decode(Report.self, from: data)
  return Dictionary(uniqueKeysWithValues: report.figures.map { ($0.id, $0) })
}

@Suite struct WholeEdition {
  /// Worked out by hand from the seeds: seeds/README.md says how.
  static let byHand: [(String, Int)] = [
    ("applications.received", 24),
    ("applications.decisions", 24),
    ("applications.days-to-decision", 51),
    ("applications.organisations", 15),
    ("applications.replacements", 1),
    ("accompaniment.needs", 20),
    ("accompaniment.briefs", 16),
    ("accompaniment.seats", 150),
    ("accompaniment.attendance", 27),
    ("partners.partners", 14),
    ("partners.pledged-people", 180),
    ("partners.registered", 180),
    ("matching.seats-filled", 150),
    ("matching.offers", 153),
    ("matching.replacements", 3),
    ("missions.missions", 16),
    ("missions.people", 151),
    ("missions.hours", 2100 * 60),
    ("missions.deliverables", 16),
    ("missions.satisfaction-organisations", 450),
    ("missions.satisfaction-volunteers", 429),
    ("missions.replacements", 1),
    ("missions.presence", 300),
  ]

  @Test(arguments: byHand)
  func `a figure of the report is the one worked out by hand`(id: String, expected: Int)
    async throws
  {
    let figures = try figures(of: try await PlayedEdition.reference.value)
    #expect(figures[id]?.value == expected)
  }

  @Test func `hours are kept under the regime they were given in`() async throws {
    let hours = try figures(of: try await PlayedEdition.reference.value)["missions.hours-by-regime"]
    #expect(hours?.group("company time, service") == 1176 * 60)
    #expect(hours?.group("company time, secondment") == 280 * 60)
    #expect(hours?.group("own time") == 476 * 60)
    #expect(hours?.group("job seeker") == 168 * 60)
  }

  @Test func `the offers are told apart by what became of them`() async throws {
    let offers = try figures(of: try await PlayedEdition.reference.value)["matching.offers"]
    #expect(offers?.group("confirmed") == 150)
    #expect(offers?.group("declined") == 2)
    #expect(offers?.group("given up") == 1)
  }

  @Test func `every figure can be opened to rows that make it up`() async throws {
    let played = try await PlayedEdition.reference.value
    let editions = try await Program.run(
      "programmes", "editions", "--json", "--data", played.folder.path)
    let list = try JSONSerialization.jsonObject(with: editions.output) as? [[String: Any]]
    let edition = try #require(list?.first?["id"] as? String)
    for (id, figure) in try figures(of: played).sorted(by: { $0.key < $1.key }) {
      let outcome = try await Program.run(
        "report", "trace", edition, id, "--json", "--data", played.folder.path)
      let traced = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
      let rows = traced?["rows"] as? [[String: Any]] ?? []
      let values = rows.compactMap { $0["value"] as? Int }
      #expect(!values.isEmpty, "\(id) has no rows")
      switch traced?["aggregate"] as? String {
      case "count": #expect(values.count == figure.value, "\(id)")
      case "sum": #expect(values.reduce(0, +) == figure.value, "\(id)")
      case "mean":
        let mean = Double(values.reduce(0, +)) / Double(values.count)
        #expect(abs(mean - Double(figure.value)) <= 0.5, "\(id)")
      case "median":
        let below = values.count { $0 < figure.value }
        let above = values.count { $0 > figure.value }
        #expect(below * 2 <= values.count && above * 2 <= values.count, "\(id)")
      default: Issue.record("\(id) has no aggregate")
      }
    }
  }

  @Test func `nothing was parked, and every letter lies in the mailbox once`() async throws {
    let played = try await PlayedEdition.reference.value
    let status = try await Program.run("status", "--json", "--data", played.folder.path)
    let counts = try JSONSerialization.jsonObject(with: status.output) as? [String: Any]
    #expect(counts?["deliveriesParked"] as? Int == 0)
    #expect(counts?["deliveriesPending"] as? Int == 0)
    let letters = try PlayedEdition.files(in: played.mailbox)
    let sent = try figures(of: played)["notifications.sent"]?.value
    #expect(letters.count == sent)
    var seen: Set<String> = []
    for (name, bytes) in letters {
      #expect(name.hasSuffix(".eml"))
      let text = String(decoding: bytes, as: UTF8.self)
      let id = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("message-id:") }
      #expect(seen.insert(String(try #require(id))).inserted)
    }
  }

  @Test func `nothing written to people says who is out of work`() async throws {
    let played = try await PlayedEdition.reference.value
    for (name, bytes) in try PlayedEdition.files(in: played.mailbox) {
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      for word in ["job-seeker", "job seeker", "recherche d’emploi", "demandeur d"] {
        #expect(!text.contains(word), "\(name)")
      }
    }
  }
}

@Suite struct SameAgain {
  @Test func `played twice with one seed, the report and the letters are the same byte for byte`()
    async throws
  {
    let first = try await PlayedEdition.reference.value
    let second = PlayedEdition(folder: PlayedEdition.newFolder())
    defer { try? FileManager.default.removeItem(at: second.folder) }
    let outcome = try await Program.run(PlayedEdition.arguments(second.folder))
    #expect(outcome.status == 0)
    #expect(try PlayedEdition.files(in: second.reports) == PlayedEdition.files(in: first.reports))
    #expect(try PlayedEdition.files(in: second.mailbox) == PlayedEdition.files(in: first.mailbox))
  }

  @Test func `killed at random points again and again, the play ends with the same report`()
    async throws
  {
    let reference = try await PlayedEdition.reference.value
    let killed = PlayedEdition(folder: PlayedEdition.newFolder())
    defer { try? FileManager.default.removeItem(at: killed.folder) }
    let output = FileManager.default.temporaryDirectory.appending(
      path: "parvis-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    var chance = SystemRandomNumberGenerator()
    var kills = 0
    while kills < 20 {
      let process = try Program.start(PlayedEdition.arguments(killed.folder), output: output)
      // Long enough to get somewhere, short enough for twenty before the end.
      let journal = killed.folder.appending(path: "play.journal").path
      let before = size(of: journal)
      let stretch = Int.random(in: 1...90_000, using: &chance)
      while process.isRunning, size(of: journal) < before + stretch {
        try await Task.sleep(for: .milliseconds(2))
      }
      guard process.isRunning else { break }
      kill(process.processIdentifier, SIGKILL)
      await Program.ended(process)
      kills += 1
    }
    #expect(kills == 20)
    let outcome = try await Program.run(PlayedEdition.arguments(killed.folder))
    #expect(outcome.status == 0)
    #expect(
      try PlayedEdition.files(in: killed.reports) == PlayedEdition.files(in: reference.reports))
    #expect(
      try PlayedEdition.files(in: killed.mailbox) == PlayedEdition.files(in: reference.mailbox))
  }

  private func size(of path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }
}

@Suite struct DemoInput {
  @Test func `seeds that are not there are named, and nothing is begun`() async throws {
    let folder = PlayedEdition.newFolder()
    let outcome = try await Program.run(
      "demo", "--data", folder.path, "--seeds", "/nowhere", "--no-serve")
    #expect(outcome.status != 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func `--fresh never removes data that no play made`() async throws {
    let folder = PlayedEdition.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try await Program.run("init", "--data", folder.path).status == 0)
    let outcome = try await Program.run(PlayedEdition.arguments(folder, "--fresh"))
    #expect(outcome.status != 0)
    #expect(FileManager.default.fileExists(atPath: folder.appending(path: "parvis.sqlite").path))
  }
}
