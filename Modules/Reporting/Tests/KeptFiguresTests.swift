internal import Foundation
internal import Kernel
internal import KernelTesting
internal import ProgrammesAPI
internal import SQLite
internal import Testing

internal import ReportingAPI

@testable internal import Reporting

/// Figures are worked out once for all who look at them, and never shown as they were before.
@Suite struct KeptFiguresTests {
  private let edition: EditionID
  private let other: EditionID

  init() throws {
    edition = try #require(EditionID("0170a000-0000-7000-8000-000000000001"))
    other = try #require(EditionID("0170a000-0000-7000-8000-000000000002"))
  }

  private func worked(_ sum: Int64) -> KeptFigures.Of {
    KeptFigures.Of(
      timeline: ReportTimeline(phases: [], marks: []),
      tallies: [[FigureTally(group: nil, rows: 1, sum: sum)]])
  }

  private func sum(_ figures: KeptFigures.Of) -> Int64? { figures.tallies.first?.first?.sum }

  @Test func `they hold until somebody commits something, whoever it is`() async throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "figures-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let database = try SQLiteDatabase(file: path)
    let elsewhere = try SQLiteDatabase(file: path)
    try await database.write { _ = try $0.execute("CREATE TABLE things (id BIGINT)") }
    let kept = KeptFigures(database)

    func shown(_ edition: EditionID, worked value: Int64) throws -> Int64? {
      try sum(kept.figures(of: edition, at: kept.mark()) { worked(value) })
    }
    #expect(try shown(edition, worked: 1) == 1)
    #expect(try shown(edition, worked: 2) == 1)
    #expect(try shown(other, worked: 3) == 3)
    try await database.write { _ = try $0.execute("INSERT INTO things VALUES (1)") }
    #expect(try shown(edition, worked: 4) == 4)
    try await elsewhere.write { _ = try $0.execute("INSERT INTO things VALUES (2)") }
    #expect(try shown(edition, worked: 5) == 5)
    #expect(try shown(other, worked: 6) == 6)
  }

  @Test func `what was read before a commit is not shown after it`() async throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "figures-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let database = try SQLiteDatabase(file: path)
    try await database.write { _ = try $0.execute("CREATE TABLE things (id BIGINT)") }
    let kept = KeptFigures(database)
    let before = try kept.mark()
    try await database.write { _ = try $0.execute("INSERT INTO things VALUES (1)") }
    #expect(sum(kept.figures(of: edition, at: before) { worked(1) }) == 1)
    #expect(sum(kept.figures(of: edition, at: try kept.mark()) { worked(2) }) == 2)
  }

  @Test func `where nobody can tell whether something was committed, nothing is kept`() throws {
    let kept = KeptFigures(try SQLiteDatabase(inMemory: ()))
    #expect(try kept.mark() == nil)
    #expect(sum(kept.figures(of: edition, at: nil) { worked(1) }) == 1)
    #expect(sum(kept.figures(of: edition, at: nil) { worked(2) }) == 2)
  }
}
