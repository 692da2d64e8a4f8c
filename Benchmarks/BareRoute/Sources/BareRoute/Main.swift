import GRDB
import Hummingbird

/// The least a server in Swift can do to show a row: one route, one point read by primary key, the
/// row as JSON. What Parvis is measured against; nobody's rights are looked at, nothing is logged.
@main
enum BareRoute {
  static func main() async throws {
    let words = CommandLine.arguments
    guard words.count == 3, let port = Int(words[2]) else {
      fatalError("usage: bare-route FILE PORT")
    }
    // As Parvis' SQLite driver opens it.
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 4
    let pool = try DatabasePool(path: words[1], configuration: configuration)

    let router = Router()
    router.get("health/ready") { _, _ in "ready" }
    router.get("applications/{application}") { _, context -> Application in
      let id = try context.parameters.require("application")
      let found = try await pool.read { database in
        try Application.fetchOne(
          database.cachedStatement(sql: "SELECT * FROM applications_application WHERE id = ?"),
          arguments: [id])
      }
      guard let found else { throw HTTPError(.notFound) }
      return found
    }
    let app = Hummingbird.Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
    try await app.runService()
  }
}

/// The columns of Parvis' table, as text and numbers: what is JSON in a column stays a text.
struct Application: Codable, FetchableRecord, ResponseEncodable {
  let id: String
  let version: Int
  let edition_id: String
  let call_id: String
  let organisation_id: String
  let state: String
  let answers: String
  let drafted_at: Int64
  let submitted_at: Int64?
  let withdrawn_at: Int64?
  let decided_at: Int64?
  let decision: String?
  let reason: String?
  let waiting_position: Int?
  let promoted_at: Int64?
  let confirm_by: String?
  let answered_at: Int64?
  let decline_reason: String?
}
