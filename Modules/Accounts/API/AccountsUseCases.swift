/// The use cases that others call by name, whatever stands behind the contract.
public enum AccountsUseCases {
  /// What waits for whoever asks, in all modules; takes `Nothing`.
  public static let tasks = "accounts.tasks"
}
