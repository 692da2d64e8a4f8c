public import Kernel

// What nobody has answered or worked out yet.
extension MatchingModule {
  public func unfinished(
    in edition: EditionID, _ connection: any Connection
  ) throws -> [Unfinished] {
    let statements: [(kind: String, title: Words, SQL)] = [
      (
        "matching.offers-open",
        Words(en: "offers without an answer", fr: "propositions sans réponse"),
        "SELECT COUNT(*) AS n FROM matching_place WHERE edition_id = \(edition) AND state = 'offered'"
      ),
      (
        "matching.computing",
        Words(en: "runs that are still being worked out", fr: "appariements encore en calcul"),
        "SELECT COUNT(*) AS n FROM matching_computation WHERE edition_id = \(edition) AND fault IS NULL"
      ),
    ]
    return try counting(statements, connection)
  }
}
