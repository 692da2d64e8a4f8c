internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// What staff chose for the teams of an edition; what they left open is as `TeamStandard` says.
struct TeamRulesRow: Versioned {
  static let table = "matching_team_rules"
  static let noun = Words(en: "team rules", fr: "règles des équipes")

  let id: EditionID
  var version: Int
  var companyCap: Whole<1, 10>?
  var minimumTeam: Whole<0, 20>?
}

/// The mix of companies and the size of teams where nobody chose: here, and nowhere else. A rule that
/// could bind nobody is none, so that what is said of a run stays as exact as it can be.
struct TeamStandard: Sendable {
  /// Teams are of people from different companies: two of one at most, and more only where too few
  /// companies take part to fill the largest team that way.
  let companyCap: Whole<1, 10>?
  /// In an edition of large teams nobody is left with one other or alone.
  let minimumTeam: Whole<0, 20>?

  init(_ situation: MatchingCase) {
    let teams = situation.briefs.map { $0.roles.reduce(0) { $0 + $1.seats.value } }
    let largest = teams.max() ?? 0
    let companies = max(1, situation.companiesInOrder.count)
    let cap = max(2, (largest + companies - 1) / companies)
    companyCap = cap < largest ? Whole(min(10, cap)) : nil
    minimumTeam = (teams.min() ?? 0) >= 6 ? Whole(3) : nil
  }
}

extension RunRules {
  /// What was asked for, then what was chosen for the edition, then the standard.
  func completed(by chosen: TeamRulesRow?, _ standard: TeamStandard) -> RunRules {
    RunRules(
      companyCap: companyCap ?? chosen?.companyCap ?? standard.companyCap,
      seekerPenalty: seekerPenalty,
      minimumTeam: minimumTeam ?? chosen?.minimumTeam ?? standard.minimumTeam)
  }
}

extension MatchingModule {
  @UseCases var aboutTeamRules: [Endpoint] {
    setTeamRules
    showTeamRules
  }

  struct SetTeamRules: Codable, Sendable {
    let edition: EditionID
    let version: Int?
    /// Without one, the standard holds.
    let companyCap: Whole<1, 10>?
    let minimumTeam: Whole<0, 20>?
  }
  /// The rules a run of the edition has unless it is asked for others.
  struct TeamRulesView: Codable, Sendable {
    let edition: EditionID
    let version: Int
    /// Nil where any number will do.
    let companyCap: Int?
    let minimumTeam: Int?
    /// Whether staff chose the cap, or the smallest team.
    let companyCapIsChosen: Bool
    let minimumTeamIsChosen: Bool
    /// From how many companies at least the largest team comes, when it is full of their people.
    let companiesInLargestTeam: Int

    init(_ situation: MatchingCase, _ row: TeamRulesRow?) {
      let standard = TeamStandard(situation)
      edition = situation.edition.id
      version = row?.version ?? 0
      let rules = RunRules().completed(by: row, standard)
      companyCap = rules.companyCap?.value
      minimumTeam = rules.minimumTeam?.value
      companyCapIsChosen = row?.companyCap != nil
      minimumTeamIsChosen = row?.minimumTeam != nil
      let largest =
        situation.briefs.map { $0.roles.reduce(0) { $0 + $1.seats.value } }.max() ?? 0
      companiesInLargestTeam = companyCap.map { (largest + $0 - 1) / $0 } ?? min(1, largest)
    }
  }

  var setTeamRules: UseCase<SetTeamRules, TeamRulesView> {
    .command(
      "matching.set-team-rules", .put, "/editions/{edition}/team-rules", by: .staff,
      Words(
        en:
          "Set how many of one company a team takes and how small it may be, for runs from now on",
        fr: "Fixer combien une équipe prend d’une entreprise et sa plus petite taille, désormais"),
      asking: { input, _ in try await gather(input.edition) }
    ) { (input: SetTeamRules, situation, transaction) in
      var row =
        try transaction.find(TeamRulesRow.self, input.edition)
        ?? TeamRulesRow(id: input.edition, version: 0)
      try row.expect(version: input.version)
      row.companyCap = input.companyCap
      row.minimumTeam = input.minimumTeam
      if row.version == 0 {
        row.version = 1
        try transaction.insert(row)
      } else {
        try transaction.update(&row)
      }
      return TeamRulesView(situation, row)
    }
  }

  var showTeamRules: UseCase<OfEdition, TeamRulesView> {
    .query(
      "matching.team-rules", "/editions/{edition}/team-rules", by: .staff,
      Words(
        en: "Show how many of one company a team takes, and how small it may be",
        fr: "Montrer combien une équipe prend d’une entreprise, et sa plus petite taille"),
      asking: { (input: OfEdition, _) in try await gather(input.edition) }
    ) { (_: OfEdition, situation, transaction) in
      TeamRulesView(
        situation, try transaction.find(TeamRulesRow.self, situation.edition.id))
    }
  }
}
