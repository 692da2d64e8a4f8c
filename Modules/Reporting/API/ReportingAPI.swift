public import Kernel

/// What others may ask of Reporting.
public protocol ReportingAPI: Sendable {
  /// The report as it is written out, for anybody to read: rows that stand for people are not in it. Throws
  /// `Problem.notFound` for an edition nobody knows, `StorageError`.
  func report(of edition: EditionID) async throws -> Report
}

/// The use cases that others call by name, whatever stands behind the contract.
public enum ReportingUseCases {
  /// The report of an edition as anybody may read it, with its rows; by staff.
  public static let document = "report.document"
}
