import Foundation
import KernelTesting
import Testing

@Suite(.enabled(if: TestDatabase.hasServer)) struct Moving {
  private func counts(_ arguments: String...) async throws -> [String: Int] {
    let outcome = try await Program.run(["move", "--json"] + arguments)
    try #require(outcome.status == 0, "\(outcome.text)")
    return try JSONDecoder().decode([String: Int].self, from: outcome.output)
  }

  @Test func `a played edition moves to the other database and back, row by row`() async throws {
    let played = try await PlayedEdition.reference.value
    let copy = PlayedEdition.newFolder()
    try FileManager.default.copyItem(at: played.untouched, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    let data = ["--data", copy.path]
    if TestDatabase.isPostgres {
      let moved = try await counts(data[0], data[1], "--to-file")
      #expect(moved["missions_hours"] ?? 0 > 500)
      #expect(try await counts(data[0], data[1], "--database", TestDatabase.schemaURL()) == moved)
    } else {
      let moved = try await counts(data[0], data[1], "--database", TestDatabase.schemaURL())
      #expect(moved["missions_hours"] ?? 0 > 500)
      #expect(try await counts(data[0], data[1], "--to-file") == moved)
    }
    // They are there already.
    let again = try await Program.run(
      TestDatabase.isPostgres
        ? ["move", "--database", TestDatabase.schemaURL(), "--data", copy.path, "--json"]
        : ["move", "--to-file", "--data", copy.path, "--json"])
    #expect(again.status != 0)
  }
}
