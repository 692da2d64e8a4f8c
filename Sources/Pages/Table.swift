public import Kernel

/// A list with columns. What grows is paged; people can search it by GET fields, and have it as CSV.
public struct Table: Sendable, Hashable {
  /// What the rows are; also what its CSV is offered by.
  public let caption: Words
  /// The first one names the row.
  public let columns: [Column]
  /// In the order they are listed; a page of them where there are more.
  public let rows: [TableRow]
  /// Said when there are no rows.
  public let empty: Words
  /// What the table can be narrowed by: fields of the page's own input.
  public let filters: [Filter]
  /// What `Page.next` of the list said: a link leads to the rest by the page's own input `after`.
  public let next: String?
  /// Offers the rows as CSV, under this name without ending; nil for what may not leave.
  public let csv: String?

  public init(
    _ caption: Words, columns: [Column], rows: [TableRow], empty: Words, filters: [Filter] = [],
    next: String? = nil, csv: String? = nil
  ) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.empty = empty
    self.filters = filters
    self.next = next
    self.csv = csv
  }
}

/// A column, and how its values stand.
public struct Column: Sendable, Hashable {
  /// Also said beside each value where rows are cards.
  public let title: Words
  /// Whether its values stand at the right, digit below digit.
  public let isNumber: Bool
  /// A column of texts, unless it says that it holds numbers.
  public init(_ title: Words, number: Bool = false) {
    self.title = title
    isNumber = number
  }
  /// The same from both languages.
  public init(en: String, fr: String, number: Bool = false) {
    self.init(Words(en: en, fr: fr), number: number)
  }
}

/// The first cell names the row.
public struct TableRow: Sendable, Hashable {
  /// One for each column, in their order.
  public let cells: [PageValue]
  /// Where the row's own page is: the first cell leads there.
  public let page: String?
  public init(_ cells: [PageValue], page: String? = nil) {
    self.cells = cells
    self.page = page
  }
}

/// A field of the page's input that narrows a table: a choice, or a word to look for.
public struct Filter: Sendable, Hashable {
  /// The field's name in the page's input.
  public let field: String
  /// Before the field.
  public let label: Words
  /// None for free text.
  public let choices: [FormChoice]
  /// What it is narrowed by now, as it stands in the query; nil for everything.
  public let value: String?
  public init(_ field: String, _ label: Words, choices: [FormChoice] = [], value: String?) {
    self.field = field
    self.label = label
    self.choices = choices
    self.value = value
  }
}
