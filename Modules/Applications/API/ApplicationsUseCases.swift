/// The use cases that others call by name, whatever stands behind the contract.
public enum ApplicationsUseCases {
  public static let draftCall = "applications.draft-call"
}
