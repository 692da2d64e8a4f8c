public import Kernel

// What contacts asked and nobody settled.
extension PartnersModule {
  public func unfinished(
    in edition: EditionID, _ connection: any Connection
  ) throws -> [Unfinished] {
    let statements: [(kind: String, title: Words, SQL)] = [
      (
        "partners.claims",
        Words(en: "claims of contacts that are not settled", fr: "demandes de contacts à trancher"),
        "SELECT COUNT(*) AS n FROM partners_volunteer WHERE edition_id = \(edition) AND claim_of IS NOT NULL AND withdrawn_at IS NULL"
      )
    ]
    return try counting(statements, connection)
  }
}
