import Kernel
import KernelTesting
import Testing

/// What was stored before a rule became stricter.
@Suite struct StoredTextTests {
  private struct Said: Codable, Sendable, Hashable {
    let email: EmailAddress
    let others: [EmailAddress]
  }
  private struct Kept: Record {
    static let table = "toy_kept"
    let id: String
    let said: Said
  }
  private struct Told: Event {
    let email: EmailAddress
    static let name = "toy.told"
    var aggregate: String { "one" }
    var edition: EditionID? { nil }
  }

  private static let document = #"{"email":"a..b@example.org","others":["x@-y.example"]}"#

  @Test func `a document in a column is read as it was written, though it would be refused today`()
    async throws
  {
    let host = try await TestPlatform { _ in [] }.host
    let kept = try await host.database.write { connection in
      try connection.execute("CREATE TABLE toy_kept (id TEXT PRIMARY KEY, said TEXT NOT NULL)")
      try connection.execute("INSERT INTO toy_kept VALUES ('one', \(Self.document))")
      return try connection.find(Kept.self, "one")
    }
    #expect(kept?.said.email.description == "a..b@example.org")
    #expect(kept?.said.others.map(\.description) == ["x@-y.example"])
  }

  @Test func `so is what was said between modules`() throws {
    let told = try Told.reading(#"{"email":"a..b@example.org"}"#, version: 1)
    #expect(told.email.description == "a..b@example.org")
  }

  @Test func `what somebody sends is held to the rules of today, and broken documents are refused`()
    throws
  {
    let sent = try JSON(parsing: Self.document)
    #expect(throws: Problem.self) { try sent.decoded(as: Said.self) }
    #expect(throws: (any Error).self) { try Told.reading(#"{"email":7}"#, version: 1) }
  }
}
