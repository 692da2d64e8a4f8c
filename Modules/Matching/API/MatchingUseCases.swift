/// The use cases that others call by name, whatever stands behind the contract.
public enum MatchingUseCases {
  /// Works an edition's teams out by each strategy, and keeps none of them; by staff.
  public static let compareStrategies = "matching.compare-strategies"
}
