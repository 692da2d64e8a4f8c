public import Kernel

// What a mission still owes when its edition closes.
extension MissionsModule {
  public func unfinished(
    in edition: EditionID, _ connection: any Connection
  ) throws -> [Unfinished] {
    let statements: [(kind: String, title: Words, SQL)] = [
      (
        "missions.forming",
        Words(en: "missions that have not started", fr: "missions pas encore démarrées"),
        "SELECT COUNT(*) AS n FROM missions_mission WHERE edition_id = \(edition) AND state = 'forming'"
      ),
      (
        "missions.running",
        Words(en: "missions that are not closed", fr: "missions pas encore closes"),
        "SELECT COUNT(*) AS n FROM missions_mission WHERE edition_id = \(edition) AND state = 'running'"
      ),
      (
        "missions.hours-waiting",
        Words(en: "hours nobody has checked", fr: "heures que personne n’a validées"),
        "SELECT COUNT(*) AS n FROM missions_hours WHERE edition_id = \(edition) AND state = 'waiting'"
      ),
      (
        "missions.deliverables-waiting",
        Words(en: "deliverables nobody has answered", fr: "livrables sans réponse"),
        "SELECT COUNT(*) AS n FROM missions_deliverable WHERE edition_id = \(edition) AND state = 'submitted'"
      ),
    ]
    return try counting(statements, connection)
  }
}
