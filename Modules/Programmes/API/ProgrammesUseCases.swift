/// The use cases that others call by name, whatever stands behind the contract.
public enum ProgrammesUseCases {
  public static let create = "programmes.create"
  public static let editions = "programmes.editions"
  public static let loadCatalogue = "programmes.load-catalogue"
  public static let planEdition = "programmes.plan-edition"
  public static let setCalendar = "programmes.set-calendar"
}
