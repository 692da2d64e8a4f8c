internal import AccountsAPI
internal import Kernel

private struct FailureRow: Record {
  static let table = "accounts_failure"
  let id: String
  let onDay: Day
  let kind: String
  let number: Int
}

extension AccountsModule {
  @UseCases var aboutWatching: [Endpoint] {
    listSignIns
    listFailures
  }

  struct Listed: Codable, Sendable {
    let after: PageMark?
    let limit: PageSize?
  }
  struct FailureLine: Codable, Sendable {
    let day: Day
    let kind: String
    let number: Int
  }

  var listSignIns: UseCase<Listed, Page<SignInRow>> {
    .query(
      "accounts.sign-ins", "/accounts/sign-ins", by: [.administrator],
      Words(
        en: "List who came in, how and from where, the latest first",
        fr: "Lister qui est entré, comment et d’où, les derniers d’abord")
    ) { (input: Listed, transaction) in
      try transaction.page(
        SignInRow.self, where: "1 = 1", by: "at", "id", descending: true, after: input.after,
        limit: input.limit)
    }
  }

  var listFailures: UseCase<Nothing, [FailureLine]> {
    .query(
      "accounts.failures", "/accounts/failures", by: [.administrator],
      Words(
        en: "Count the failed attempts of the last days, by kind",
        fr: "Compter les essais manqués des derniers jours, par genre")
    ) { (_: Nothing, transaction) in
      try transaction.select(FailureRow.self, "ORDER BY on_day DESC, kind LIMIT 500").map {
        FailureLine(day: $0.onDay, kind: $0.kind, number: $0.number)
      }
    }
  }

  /// Forgets what is of no use any more and short-lived by itself; the rest goes by the times that are set
  /// (`AccountsModule+Retention.swift`).
  var tidyUp: Job {
    .every(seconds: 3600, "accounts.tidy-up") { transaction in
      let now = transaction.now
      let dayAgo = now.advanced(byDays: -1)
      try transaction.execute("DELETE FROM accounts_link WHERE expires_at < \(dayAgo)")
      try transaction.execute("DELETE FROM accounts_challenge WHERE expires_at < \(dayAgo)")
      try transaction.execute("DELETE FROM accounts_attempt WHERE began_at < \(dayAgo)")
      try transaction.execute(
        "DELETE FROM accounts_factor WHERE confirmed_at IS NULL AND created_at < \(dayAgo)")
    }
  }
}
