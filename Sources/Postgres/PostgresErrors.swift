internal import CLibPQ
internal import Kernel

/// What went wrong in a session, and whether the same work can be tried again at once.
struct Failure: Error {
  enum Remedy {
    /// The work itself is at fault, or its time.
    case none
    /// Somebody else’s work stood in the way: the same again, from its start.
    case again
    /// The connection is gone: the same again, on another.
    case anew
  }

  let error: StorageError
  let remedy: Remedy

  /// What a result says, by its SQLSTATE; without one the connection is at fault.
  init(_ result: OpaquePointer?, _ connection: OpaquePointer, at server: PostgresAddress) {
    let state = result.flatMap { PQresultErrorField($0, diagnosticState) }.map {
      String(cString: $0)
    }
    let words =
      result.flatMap { PQresultErrorField($0, diagnosticMessage) } ?? PQerrorMessage(connection)
    let message = words.map { trimmed(String(cString: $0)) } ?? "no detail"
    guard PQstatus(connection) != CONNECTION_BAD, let state else {
      self.init(lost: message, at: server)
      return
    }
    // What the server says is in its language; where in itself it said it is not.
    let place = result.flatMap { PQresultErrorField($0, diagnosticFunction) }.map {
      String(cString: $0)
    }
    self.init(
      state: state, message: message, isOldPlan: place == "RevalidateCachedQuery", at: server)
  }

  init(lost message: String, at server: PostgresAddress) {
    error = .unreachable(server: server.description, reason: message)
    remedy = .anew
  }

  private init(state: String, message: String, isOldPlan: Bool, at server: PostgresAddress) {
    switch state {
    // Serialization failure, deadlock; somebody made the same object at the same time.
    case "40001", "40P01": (error, remedy) = (.busy, .again)
    // A statement that was prepared before a table changed, or by a session that is no more.
    case "0A000" where isOldPlan: (error, remedy) = (.busy, .anew)
    case "26000": (error, remedy) = (.busy, .anew)
    // A lock or a statement took longer than it may.
    case "55P03", "57014": (error, remedy) = (.busy, .none)
    case "25006": (error, remedy) = (.readOnly, .none)
    case "53100": (error, remedy) = (.full, .none)
    // Shut down, crashed, starting, or no room for another.
    case "57P01", "57P02", "57P03", "53300":
      (error, remedy) = (.unreachable(server: server.description, reason: message), .anew)
    case "XX001", "XX002": (error, remedy) = (.damaged(message), .none)
    case _ where state.hasPrefix("08"):
      (error, remedy) = (.unreachable(server: server.description, reason: message), .anew)
    // Integrity rules, and values a column does not hold.
    case _ where state.hasPrefix("23"), "22001", "22003", "22021":
      (error, remedy) = (.constraint(message), .none)
    case "42501":
      (error, remedy) = (.unreachable(server: server.description, reason: message), .none)
    default: (error, remedy) = (.statement(state + ": " + message), .none)
    }
  }
}

/// libpq’s `PG_DIAG_SQLSTATE`, `PG_DIAG_MESSAGE_PRIMARY` and `PG_DIAG_SOURCE_FUNCTION`, which Swift does
/// not see.
private let diagnosticState = Int32(UInt8(ascii: "C"))
private let diagnosticMessage = Int32(UInt8(ascii: "M"))
private let diagnosticFunction = Int32(UInt8(ascii: "R"))

/// One line, without the prefix that libpq puts before what the server said.
private func trimmed(_ text: String) -> String {
  text.split(separator: "\n").map { $0.drop { $0 == "\t" || $0 == " " } }.joined(separator: " ")
}
