/// The use cases that others call by name, whatever stands behind the contract.
public enum ProgrammesUseCases {
  /// Makes a programme; by staff.
  public static let create = "programmes.create"
  /// Lists all editions; by anybody.
  public static let editions = "programmes.editions"
  /// Puts a whole catalogue in place of the one there is; by staff.
  public static let loadCatalogue = "programmes.load-catalogue"
  /// Makes a planned edition of a programme; by staff.
  public static let planEdition = "programmes.plan-edition"
  /// Puts all half-days of an edition in place of those there are; by staff.
  public static let setCalendar = "programmes.set-calendar"
}
