/// Reports side by side: the proposed teams against a baseline and the run before.
public struct FairnessComparison: Sendable, Equatable {
  /// One figure in all reports.
  public struct Row: Sendable, Equatable {
    /// Which figure; its unit is in its label.
    public let figure: FairnessFigure
    /// One per report, in their order; nil where a report does not have the figure.
    public let values: [Double?]
  }

  /// The strategies compared, in order.
  public let strategies: [String]
  /// Every figure, in the order of `FairnessFigure`.
  public let rows: [Row]

  /// Compares reports of one instance, or of several that are alike.
  public init(_ reports: [FairnessReport]) {
    strategies = reports.map(\.strategy)
    rows = FairnessFigure.allCases.map { figure in
      Row(figure: figure, values: reports.map { figure.value(in: $0) })
    }
  }
}

/// One figure of a report.
public enum FairnessFigure: String, Sendable, CaseIterable {
  case filledSeats, filledPercent, fullMissions, emptyMissions, shortfall
  case affinityTotal, affinityMean, affinityLowest, affinityTenth, affinityMedian
  case volunteersPlaced, volunteersPlacedPercent, inBestRole
  case employedPercent, withoutCompanyPercent, companiesReached, largestCompanyInMission
  case jobSeekersPlaced, jobSeekersPercent, missionsWithSeeker
  case neverOfferedPlaced, neverOfferedPercent

  /// Its value, or of a hundred where its label says so; nil where the report has none.
  public func value(in report: FairnessReport) -> Double? {
    switch self {
    case .filledSeats: Double(report.seats.reached)
    case .filledPercent: report.seats.percent
    case .fullMissions: Double(report.fullMissions)
    case .emptyMissions: Double(report.emptyMissions)
    case .shortfall: Double(report.shortfall)
    case .affinityTotal: Double(report.affinity.sum)
    case .affinityMean: report.affinity.mean
    case .affinityLowest: report.affinity.quantile(0).map { Double($0) }
    case .affinityTenth: report.affinity.quantile(10).map { Double($0) }
    case .affinityMedian: report.affinity.quantile(50).map { Double($0) }
    case .volunteersPlaced: Double(report.volunteers.reached)
    case .volunteersPlacedPercent: report.volunteers.percent
    case .inBestRole: Double(report.inBestRole)
    case .employedPercent: report.employed.percent
    case .withoutCompanyPercent: report.withoutCompany.percent
    case .companiesReached: Double(report.companies.count { $0.volunteers.reached > 0 })
    case .largestCompanyInMission: Double(report.missions.map(\.largestCompany).max() ?? 0)
    case .jobSeekersPlaced: Double(report.jobSeekers.reached)
    case .jobSeekersPercent: report.jobSeekers.percent
    case .missionsWithSeeker: Double(report.missionsWithSeeker.reached)
    case .neverOfferedPlaced: report.neverOffered.map { Double($0.reached) }
    case .neverOfferedPercent: report.neverOffered?.percent
    }
  }

  /// The name of the figure in a table.
  public func label(in language: ExplanationLanguage) -> String {
    let (french, english) = labels
    return language == .french ? french : english
  }

  private var labels: (String, String) {
    switch self {
    case .filledSeats: ("Places pourvues", "Filled seats")
    case .filledPercent: ("Places pourvues (%)", "Filled seats (%)")
    case .fullMissions: ("Missions complètes", "Full missions")
    case .emptyMissions: ("Missions sans personne", "Missions with nobody")
    case .shortfall: ("Places sous l’équipe minimale", "Seats below the minimum team")
    case .affinityTotal: ("Affinité totale", "Total affinity")
    case .affinityMean: ("Affinité moyenne", "Mean affinity")
    case .affinityLowest: ("Affinité la plus basse", "Lowest affinity")
    case .affinityTenth: ("Affinité, 10e centile", "Affinity, 10th percentile")
    case .affinityMedian: ("Affinité médiane", "Median affinity")
    case .volunteersPlaced: ("Volontaires placés", "Volunteers placed")
    case .volunteersPlacedPercent: ("Volontaires placés (%)", "Volunteers placed (%)")
    case .inBestRole: ("Dans leur meilleur rôle", "In the role they fit best")
    case .employedPercent: ("Salariés placés (%)", "Company volunteers placed (%)")
    case .withoutCompanyPercent: ("Sans entreprise, placés (%)", "Without a company, placed (%)")
    case .companiesReached: ("Entreprises représentées", "Companies represented")
    case .largestCompanyInMission:
      ("Plus grand groupe d’une entreprise dans une mission", "Largest company group in a mission")
    case .jobSeekersPlaced: ("Demandeurs d’emploi placés", "Job seekers placed")
    case .jobSeekersPercent: ("Demandeurs d’emploi placés (%)", "Job seekers placed (%)")
    case .missionsWithSeeker: ("Missions avec un demandeur d’emploi", "Missions with a job seeker")
    case .neverOfferedPlaced: ("Jamais servis auparavant, placés", "Never offered before, placed")
    case .neverOfferedPercent:
      ("Jamais servis auparavant, placés (%)", "Never offered before, placed (%)")
    }
  }
}
