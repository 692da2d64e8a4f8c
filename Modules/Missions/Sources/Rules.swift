internal import Kernel
internal import MissionsAPI

/// What a rule says from a day on.
struct RuleRow: Record {
  static let table = "missions_rule"

  let id: String
  let rule: MissionRule
  let effectiveFrom: Day
  var minutes: Int

  init(_ rule: MissionRule, from day: Day, minutes: Int) {
    id = "\(rule.rawValue)@\(day)"
    self.rule = rule
    effectiveFrom = day
    self.minutes = minutes
  }
}

extension MissionsModule {
  @UseCases var aboutRules: [Endpoint] {
    setRule
    listRules
  }

  struct SetRule: Codable, Sendable {
    let rule: MissionRule
    let effectiveFrom: Day
    let minutes: Whole<0, 10_080>
  }

  var setRule: UseCase<SetRule, RuleRow> {
    .command(
      "missions.set-rule", .put, "/mission-rules", by: .staff,
      Words(
        en: "Set a limit on hours from a day on; earlier days keep theirs",
        fr: "Fixer une limite d’heures à partir d’un jour ; les jours d’avant gardent la leur")
    ) { (input: SetRule, transaction) in
      // What was logged under a rule was right under it: the past does not change.
      guard input.effectiveFrom >= host.clock.zone.day(of: transaction.now) else {
        throw Problem.invalid(
          "effectiveFrom", en: "must not be in the past", fr: "ne peut être dans le passé")
      }
      let row = RuleRow(input.rule, from: input.effectiveFrom, minutes: input.minutes.value)
      if try transaction.find(RuleRow.self, row.id) == nil {
        try transaction.insert(row)
      } else {
        try transaction.update(row)
      }
      return row
    }
  }

  var listRules: UseCase<Nothing, [RuleRow]> {
    .query(
      "missions.rules", "/mission-rules", by: .staff,
      Words(
        en: "List the limits on hours, with their dates of effect",
        fr: "Lister les limites d’heures et leurs dates d’effet")
    ) { (_: Nothing, transaction) in
      try transaction.select(RuleRow.self, "ORDER BY rule, effective_from")
    }
  }
}

extension Connection {
  /// The minutes a rule allows on a day; nil when nothing is set for it.
  func minutes(_ rule: MissionRule, on day: Day) throws -> Int? {
    try first(
      RuleRow.self,
      """
      WHERE rule = \(rule.rawValue) AND effective_from <= \(day)
      ORDER BY effective_from DESC LIMIT 1
      """
    )?.minutes
  }
}
