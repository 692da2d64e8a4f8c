internal import Kernel

private struct WeightsRow: Versioned {
  static let table = "matching_weights"
  static let noun = Words(en: "weights", fr: "barème")
  let id: String
  var version: Int
  var weights: AffinityWeights
}

extension MatchingModule {
  @UseCases var aboutWeights: [Endpoint] {
    setWeights
    showWeights
  }

  struct SetWeights: Codable, Sendable {
    let version: Int?
    let weights: AffinityWeights
  }

  var setWeights: UseCase<SetWeights, AffinityWeights> {
    .command(
      "matching.set-weights", .put, "/matching/weights", by: .staff,
      Words(
        en: "Set how many points each fit is worth, for runs from now on",
        fr: "Fixer le barème des affinités, pour les prochains appariements")
    ) { (input: SetWeights, transaction) in
      if var row = try transaction.find(WeightsRow.self, "standard") {
        try row.expect(version: input.version)
        row.weights = input.weights
        try transaction.update(&row)
      } else {
        try transaction.insert(WeightsRow(id: "standard", version: 1, weights: input.weights))
      }
      return input.weights
    }
  }

  var showWeights: UseCase<Nothing, AffinityWeights> {
    .query(
      "matching.weights", "/matching/weights", by: .signedIn,
      Words(en: "Show how many points each fit is worth", fr: "Montrer le barème des affinités")
    ) { (_: Nothing, transaction) in try currentWeights(in: transaction) }
  }
}

func currentWeights(in connection: any Connection) throws -> AffinityWeights {
  try connection.find(WeightsRow.self, "standard")?.weights ?? .standard
}
