/// The use cases that others call by name, whatever stands behind the contract.
public enum AccountsUseCases {
  public static let tasks = "accounts.tasks"
}
