public import Kernel

extension TestPlatform {
  /// Restricts what is kept under a grant, as staff do. Throws `StorageError`.
  public func restrict(_ grant: Grant) async throws {
    try await act { transaction in
      let subject = try transaction.context.dataSubject(
        DataSubject(grants: [grant]), in: transaction)
      try transaction.restrict(subject, because: Paragraph("They contest it.") ?? .sample)
    }
  }

  /// Lifts it. Throws `StorageError`.
  public func lift(_ grant: Grant) async throws {
    try await act { _ = try $0.liftRestriction(of: grant) }
  }

  private func act(_ body: @escaping @Sendable (Transaction) throws -> Void) async throws {
    try await platform.transact(as: .manager, body)
  }
}
