internal import Kernel
internal import MissionsAPI
internal import PartnersAPI

enum RegimeChangeEntity {}

/// From a day on, somebody's hours in a mission are given under another regime: they found a job,
/// or lost it, or their company joined.
struct RegimeChangeRow: Record {
  static let table = "missions_regime_change"

  let id: ID<RegimeChangeEntity>
  let editionId: EditionID
  let mission: MissionID
  let volunteer: VolunteerID
  let fromDay: Day
  let regime: Regime
  let partner: PartnerID?
  let partnerName: Name?
}

/// Under what rules somebody works for a mission on a day.
struct Standing: Sendable {
  let name: Name
  let regime: Regime
  let partner: PartnerID?
  let partnerName: Name?
}

extension MissionsModule {
  @UseCases var aboutRegimes: [Endpoint] {
    changeRegime
    listRegimes
  }

  struct Change: Codable, Sendable {
    let mission: MissionID
    let volunteer: VolunteerID
    let regime: Regime
    /// The partner they come from under this regime; nobody when left out.
    let partner: PartnerID?
    let from: Day
  }

  var changeRegime: UseCase<Change, RegimeChangeRow> {
    .command(
      "missions.change-regime", .post, "/missions/{mission}/regimes", by: .staff,
      Words(
        en: "Change the regime of somebody's hours from a day on; earlier hours keep theirs",
        fr:
          "Changer le régime des heures de quelqu’un à partir d’un jour ; les heures d’avant gardent le leur"
      ),
      problems: ["missions/not-in-team", "missions/hours-already-validated"],
      asking: { (input: Change, _) -> Partner? in
        guard let id = input.partner else { return nil }
        return try await partners.partner(id)
      }
    ) { (input: Change, partner, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      try mission.expect(.forming, .running)
      guard
        try transaction.team(of: mission.id).contains(where: { $0.volunteer == input.volunteer })
      else { throw MissionsError.notInTeam }
      let entries = try transaction.select(
        HoursRow.self,
        """
        WHERE mission = \(mission.id) AND volunteer = \(input.volunteer) AND day >= \(input.from)
        ORDER BY day
        """)
      let reversed = Set(entries.compactMap(\.counters))
      let settled = entries.filter { $0.state == .validated }
      // What was taken back does not count under any regime.
      if let last = settled.last(where: { $0.counters == nil && !reversed.contains($0.id) }) {
        throw MissionsError.hoursAlreadyValidated(last.day)
      }
      try transaction.execute(
        """
        DELETE FROM missions_regime_change WHERE mission = \(mission.id)
          AND volunteer = \(input.volunteer) AND from_day = \(input.from)
        """)
      let row = RegimeChangeRow(
        id: transaction.newID(), editionId: mission.editionId, mission: mission.id,
        volunteer: input.volunteer, fromDay: input.from, regime: input.regime,
        partner: partner?.id, partnerName: partner?.name)
      try transaction.insert(row)
      let next = try transaction.changes(of: input.volunteer, in: mission.id).first {
        $0.fromDay > input.from
      }?.fromDay
      for var entry in entries
      where entry.state != .validated && next.map({ entry.day < $0 }) ?? true {
        entry.regime = row.regime
        entry.partner = row.partner
        entry.partnerName = row.partnerName
        try transaction.update(&entry)
      }
      return row
    }
  }

  var listRegimes: UseCase<OneMission, [RegimeChangeRow]> {
    .query(
      "missions.regimes", "/missions/{mission}/regimes", by: .staff,
      Words(
        en: "List the changes of regime in a mission",
        fr: "Lister les changements de régime d’une mission")
    ) { (input: OneMission, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      return try transaction.select(
        RegimeChangeRow.self, "WHERE mission = \(mission.id) ORDER BY from_day, volunteer")
    }
  }

  /// Throws `MissionsError.notInTeam` when none of the stays covers the day.
  func standing(
    of stays: [MemberRow], in mission: MissionRow, on day: Day, in connection: any Connection
  ) throws -> Standing {
    let stay = stays.last { stay in
      mission.zone.day(of: stay.joinedAt) <= day
        && stay.leftAt.map { day <= mission.zone.day(of: $0) } ?? true
    }
    guard let stay else { throw MissionsError.notInTeam }
    let change = try connection.changes(of: stay.volunteer, in: mission.id).last {
      $0.fromDay <= day
    }
    guard let change else {
      return Standing(
        name: stay.name, regime: stay.regime, partner: stay.partner, partnerName: stay.partnerName)
    }
    return Standing(
      name: stay.name, regime: change.regime, partner: change.partner,
      partnerName: change.partnerName)
  }
}

extension Connection {
  fileprivate func changes(
    of volunteer: VolunteerID, in mission: MissionID
  ) throws -> [RegimeChangeRow] {
    try select(
      RegimeChangeRow.self,
      "WHERE mission = \(mission) AND volunteer = \(volunteer) ORDER BY from_day")
  }
}
