public import Kernel
internal import PartnersAPI

extension PartnersModule {
  public var figures: [Figure] { [partnersByKind, pledgedPeople, registeredByPartner, byRegime] }

  /// Partners that signed, pledged or sent somebody; and public backers, who may do none of it.
  private var partnersByKind: Figure {
    Figure(
      "partners.partners", title: Words(en: "Partners taking part", fr: "Partenaires engagés"),
      by: Words(en: "kind", fr: "nature")
    ) { edition, connection in
      try connection.select(
        PartnerRow.self,
        """
        WHERE id IN (SELECT partner FROM partners_agreement WHERE edition_id = \(edition))
        OR id IN (SELECT partner FROM partners_pledge WHERE edition_id = \(edition))
        OR id IN (SELECT partner FROM partners_volunteer
          WHERE edition_id = \(edition) AND claim_of IS NULL)
        OR id IN (SELECT partner FROM partners_past WHERE edition_id = \(edition))
        OR kind = \(PartnerKind.publicBacker.rawValue)
          AND id NOT IN (SELECT partner FROM partners_agreement)
          AND id NOT IN (SELECT partner FROM partners_pledge)
          AND id NOT IN (SELECT partner FROM partners_volunteer WHERE partner IS NOT NULL)
          AND merged_into IS NULL
        ORDER BY kind, name
        """
      ).alphabetical { [$0.kind.rawValue, $0.name.description] }
        .map { FigureRow($0.name.description, group: $0.kind.label, source: $0.id) }
    }
  }

  private var pledgedPeople: Figure {
    Figure(
      "partners.pledged-people",
      title: Words(en: "People pledged", fr: "Personnes promises"), aggregate: .sum,
      by: Words(en: "partner", fr: "partenaire"), of: .partners
    ) { edition, connection in
      try connection.rows(
        """
        SELECT g.id, g.people, p.name FROM partners_pledge g
        JOIN partners_partner p ON p.id = g.partner
        WHERE g.edition_id = \(edition) ORDER BY p.name
        """
      ).map { row in
        let name: String = try row.get("name")
        return FigureRow(
          name, value: try row.get("people"), group: name,
          source: try row.get("id", as: String.self))
      }.alphabetical { [$0.label] }
    }
  }

  // Everybody who registered, those included who withdrew later; both figures count the same rows.
  // Their names are left out: beside an agency's name or a regime they would say who is out of work.

  private var registeredByPartner: Figure {
    Figure(
      "partners.registered", title: Words(en: "People registered", fr: "Personnes inscrites"),
      by: Words(en: "partner", fr: "partenaire"), of: .people,
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT p.name, v.n FROM (SELECT partner, COUNT(*) AS n FROM partners_volunteer
            WHERE edition_id = \(edition) AND claim_of IS NULL GROUP BY partner) AS v
          LEFT JOIN partners_partner p ON p.id = v.partner
          """
        ).map { (sender(try $0.get(ifPresent: "name")), $0) }.tallied(sum: nil)
          .regrouped(connection.pastSenders(in: edition))
      }
    ) { edition, connection in
      try connection.rows(
        """
        SELECT v.id, v.sequence, p.name FROM partners_volunteer v
        LEFT JOIN partners_partner p ON p.id = v.partner
        WHERE v.edition_id = \(edition) AND v.claim_of IS NULL
        ORDER BY CASE WHEN p.name IS NULL THEN 1 ELSE 0 END, p.name, v.sequence
        """
      ).map { row in
        try person(row, group: sender(try row.get(ifPresent: "name")))
      }.regrouped(connection.pastSenders(in: edition))
    }
  }

  private var byRegime: Figure {
    Figure(
      "partners.by-regime",
      title: Words(en: "People registered, by regime", fr: "Personnes inscrites, par régime"),
      by: Words(en: "regime", fr: "régime"), of: .people,
      tallies: { edition, connection in
        try connection.rows(
          """
          SELECT regime, COUNT(*) AS n FROM partners_volunteer
          WHERE edition_id = \(edition) AND claim_of IS NULL GROUP BY regime
          """
        ).map { row in
          let regime: String = try row.get("regime")
          return (Regime(rawValue: regime)?.label ?? Words(regime), row)
        }.tallied(sum: nil).regrouped(connection.pastRegimes(in: edition))
      }
    ) { edition, connection in
      try connection.rows(
        """
        SELECT id, sequence, regime FROM partners_volunteer
        WHERE edition_id = \(edition) AND claim_of IS NULL ORDER BY regime, sequence
        """
      ).map { row in
        let regime: String = try row.get("regime")
        return try person(row, group: Regime(rawValue: regime)?.label ?? Words(regime))
      }.regrouped(connection.pastRegimes(in: edition))
    }
  }
}

extension Connection {
  /// Whom partners had sent of whom that is no longer kept.
  fileprivate func pastSenders(in edition: EditionID) throws -> [Regrouped] {
    try rows(
      """
      SELECT p.name, CAST(SUM(c.people) AS BIGINT) AS n FROM partners_past c
      JOIN partners_partner p ON p.id = c.partner WHERE c.edition_id = \(edition)
      GROUP BY p.name ORDER BY p.name
      """
    ).map { row in
      Regrouped(try row.get("n"), from: sender(nil), to: sender(try row.get("name")))
    }
  }

  /// How many had been registered under which regime of whom that is no longer kept.
  fileprivate func pastRegimes(in edition: EditionID) throws -> [Regrouped] {
    let regime = Regime.jobSeeker
    let count: Int =
      try rows(
        """
        SELECT CAST(COALESCE(SUM(people), 0) AS BIGINT) AS n FROM partners_past
        WHERE edition_id = \(edition) AND regime = \(regime.rawValue)
        """
      ).first?.get("n") ?? 0
    return count == 0 ? [] : [Regrouped(count, from: Regime.ownTime.label, to: regime.label)]
  }
}

private func sender(_ name: String?) -> Words {
  name.map { Words($0) } ?? Words(en: "no partner", fr: "sans partenaire")
}

private func person(_ row: Row, group: Words) throws -> FigureRow {
  FigureRow(
    "n° \(try row.get("sequence", as: Int.self))", group: group,
    source: try row.get("id", as: String.self))
}
