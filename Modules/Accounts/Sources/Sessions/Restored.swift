public import Kernel

extension AccountsModule {
  /// Whoever was signed in signs in again, and no link of before opens anything: what was ended since
  /// the backup would be open again otherwise.
  public func restored(in transaction: Transaction) throws {
    let now = transaction.now
    try transaction.execute("UPDATE accounts_session SET ended_at = \(now) WHERE ended_at IS NULL")
    try transaction.execute("UPDATE accounts_link SET replaced_at = \(now) WHERE used_at IS NULL")
    try transaction.execute("DELETE FROM accounts_challenge")
    _ = try transaction.newKey(at: now)
    try transaction.execute(
      "UPDATE accounts_key SET retired_at = \(now) WHERE retired_at IS NULL AND created_at < \(now)"
    )
  }
}
