/// The use cases that others call by name, whatever stands behind the contract.
public enum MatchingUseCases {
  public static let compareStrategies = "matching.compare-strategies"
}
