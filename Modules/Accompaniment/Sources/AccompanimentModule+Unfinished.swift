public import Kernel

// Journeys go on after an edition: its follow-ups come at six and twelve months. What is begun does not.
extension AccompanimentModule {
  public func unfinished(
    in edition: EditionID, _ connection: any Connection
  ) throws -> [Unfinished] {
    let statements: [(kind: String, title: Words, SQL)] = [
      (
        "accompaniment.workshops-to-come",
        Words(
          en: "workshops whose presence is not recorded",
          fr: "ateliers dont la présence n’est pas notée"),
        """
        SELECT COUNT(DISTINCT w.id) AS n FROM accompaniment_workshop w
        JOIN accompaniment_invitation i ON i.workshop = w.id
        WHERE w.edition_id = \(edition) AND w.cancelled_at IS NULL AND i.present IS NULL
        """
      ),
      (
        "accompaniment.briefs-drafted",
        Words(en: "briefs that were never published", fr: "cahiers de mission jamais publiés"),
        "SELECT COUNT(*) AS n FROM accompaniment_brief WHERE edition_id = \(edition) AND state = 'draft' AND cancelled_at IS NULL"
      ),
    ]
    return try counting(statements, connection)
  }
}
