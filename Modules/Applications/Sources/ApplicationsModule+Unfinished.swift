public import Kernel

// What waits for a decision or an answer.
extension ApplicationsModule {
  public func unfinished(
    in edition: EditionID, _ connection: any Connection
  ) throws -> [Unfinished] {
    let statements: [(kind: String, title: Words, SQL)] = [
      (
        "applications.calls-open",
        Words(en: "calls that are open or undecided", fr: "appels ouverts ou pas encore délibérés"),
        "SELECT COUNT(*) AS n FROM applications_call WHERE edition_id = \(edition) AND state IN ('open', 'closed')"
      ),
      (
        "applications.unanswered",
        Words(en: "laureates who have not confirmed", fr: "lauréats qui n’ont pas confirmé"),
        "SELECT COUNT(*) AS n FROM applications_application WHERE edition_id = \(edition) AND state = 'laureate'"
      ),
    ]
    return try counting(statements, connection)
  }
}
