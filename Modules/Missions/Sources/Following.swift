internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MatchingAPI
internal import MissionsAPI
internal import PartnersAPI

// Missions shows people, partners and organisations under the name they have now. What was validated
// keeps the name it was validated under.
extension MissionsModule {
  var following: [Subscription] {
    [
      followVolunteer, followPartner, followOrganisation, followMove, followTexts,
      followCancellation, followRestoration, followTeamMerge,
    ]
  }

  private var followTexts: Subscription {
    .on(BriefCorrected.self, "missions.follow-texts") { event, transaction in
      try transaction.execute(
        """
        UPDATE missions_mission SET title = \(event.title),
          title_order = \(SortKey(event.title).stored), deliverable = \(event.deliverable)
        WHERE brief = \(event.brief)
        """)
    }
  }

  private var followCancellation: Subscription {
    .on(
      BriefCancelled.self, "missions.follow-cancellation",
      asking: { event, _ in try await forming(event.brief) }
    ) { event, facts, transaction in
      var row = try ensureMission(facts, in: transaction)
      guard row.state != .closed else { return }
      var team = try transaction.team(of: row.id)
      try cancel(&row, &team, because: event.reason, in: transaction)
    }
  }

  /// Whose people went to another team has nothing left to do.
  private var followTeamMerge: Subscription {
    .on(
      TeamsMerged.self, "missions.follow-team-merge",
      asking: { event, _ in try await forming(event.gone) }
    ) { event, facts, transaction in
      var row = try ensureMission(facts, in: transaction)
      guard row.state != .closed else { return }
      var team = try transaction.team(of: row.id)
      try cancel(&row, &team, because: event.reason, in: transaction)
    }
  }

  private var followRestoration: Subscription {
    .on(BriefRestored.self, "missions.follow-restoration") { event, transaction in
      guard var row = try transaction.first(MissionRow.self, "WHERE brief = \(event.brief)"),
        row.cancelledAt != nil
      else { return }
      try reopen(&row, because: event.reason, in: transaction)
    }
  }

  private var followVolunteer: Subscription {
    .on(VolunteerCorrected.self, "missions.follow-volunteer") { event, transaction in
      try transaction.execute(
        """
        UPDATE missions_member SET name = \(event.current.name),
          language = \(event.current.language.rawValue)
        WHERE volunteer = \(event.volunteer)
        """)
      try transaction.execute(
        """
        UPDATE missions_hours SET name = \(event.current.name)
        WHERE volunteer = \(event.volunteer) AND state <> 'validated'
        """)
    }
  }

  private var followPartner: Subscription {
    .on(PartnerRenamed.self, "missions.follow-partner") { event, transaction in
      try transaction.execute(
        """
        UPDATE missions_member SET partner_name = \(event.current)
        WHERE partner = \(event.partner)
        """)
      try transaction.execute(
        """
        UPDATE missions_regime_change SET partner_name = \(event.current)
        WHERE partner = \(event.partner)
        """)
      try transaction.execute(
        """
        UPDATE missions_hours SET partner_name = \(event.current)
        WHERE partner = \(event.partner) AND state <> 'validated'
        """)
    }
  }

  private var followOrganisation: Subscription {
    .on(OrganisationRenamed.self, "missions.follow-organisation") { event, transaction in
      try transaction.execute(
        """
        UPDATE missions_mission SET organisation_name = \(event.current)
        WHERE organisation = \(event.organisation)
        """)
    }
  }

  /// Hours from the day of the move on are the new partner's, unless they are validated already.
  private var followMove: Subscription {
    .on(
      VolunteerMoved.self, "missions.follow-move",
      asking: { event, _ -> Name? in
        guard let partner = event.partner else { return nil }
        return try await partners.partner(partner).name
      }
    ) { event, partnerName, transaction in
      let stays = try transaction.select(
        MemberRow.self,
        "WHERE volunteer = \(event.volunteer) AND left_at IS NULL ORDER BY joined_at")
      for mission in Set(stays.map(\.mission)).sorted() {
        let row = try transaction.get(MissionRow.self, mission)
        guard row.state != .closed else { continue }
        try transaction.execute(
          """
          DELETE FROM missions_regime_change WHERE mission = \(mission)
            AND volunteer = \(event.volunteer) AND from_day >= \(event.from)
          """)
        try transaction.insert(
          RegimeChangeRow(
            id: transaction.newID(), editionId: row.editionId, mission: mission,
            volunteer: event.volunteer, fromDay: event.from, regime: event.regime,
            partner: event.partner, partnerName: partnerName))
        try transaction.execute(
          """
          UPDATE missions_hours SET regime = \(event.regime.rawValue), partner = \(event.partner),
            partner_name = \(partnerName)
          WHERE mission = \(mission) AND volunteer = \(event.volunteer) AND day >= \(event.from)
            AND state <> 'validated'
          """)
      }
    }
  }
}

extension Connection {
  /// What the partners of an edition's ledger are called now.
  func partnerNames(in edition: EditionID) throws -> [PartnerID: Name] {
    var names: [PartnerID: Name] = [:]
    for row in try rows(
      """
      SELECT partner, partner_name FROM missions_member
      WHERE edition_id = \(edition) AND partner IS NOT NULL AND partner_name IS NOT NULL
      UNION
      SELECT partner, partner_name FROM missions_regime_change
      WHERE edition_id = \(edition) AND partner IS NOT NULL AND partner_name IS NOT NULL
      """)
    {
      names[try row.get("partner")] = try row.get("partner_name", as: Name.self)
    }
    return names
  }
}
