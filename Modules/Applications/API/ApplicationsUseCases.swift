/// The use cases that others call by name, whatever stands behind the contract.
public enum ApplicationsUseCases {
  /// Makes a call that only staff see until it opens; by staff.
  public static let draftCall = "applications.draft-call"
}
