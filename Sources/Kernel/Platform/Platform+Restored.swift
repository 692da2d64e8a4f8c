extension Platform {
  /// Says that the data are those of an earlier moment, before anything else runs on them: each module
  /// does what follows from that, in one transaction with the audit line `platform.restored`. Throws
  /// `StorageError`.
  public func noteRestored(as actor: Actor) async throws {
    let context = context(actor, key: nil)
    let modules = modules
    try await database.write { connection in
      let transaction = Transaction(connection, context)
      for module in modules { try module.restored(in: transaction) }
      try audit("platform.restored", in: transaction)
    }
  }
}
