/// What people call the rows of a table, so that nobody has to read ids: what such a thing is called, the column
/// it is named by, and the page where it is.
public struct RowWords: Sendable {
  /// A name fixed in code.
  public let table: String
  /// As in “Show the mission”: without an article.
  public let noun: Words
  /// The column that names one of them; nil where none does.
  let title: String?
  /// Parts in braces are columns of the row: `/missions/{mission}/hours`.
  let page: String?

  public init(_ table: String, _ noun: Words, by title: String? = nil, at page: String? = nil) {
    self.table = table
    self.noun = noun
    self.title = title
    self.page = page
  }

  /// The words of a record: its own table and noun.
  public init<R: Versioned>(_ type: R.Type, by title: String? = nil, at page: String? = nil) {
    self.init(R.table, R.noun, by: title, at: page)
  }

  /// What is read of a row: numbers and days as texts, too.
  fileprivate var columns: String {
    let parts = (page ?? "").split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
    let names = Set(parts + ["id"]).sorted()
    return (names + [title.map { "CAST(\($0) AS TEXT) AS shown_title" }].compactMap { $0 })
      .joined(separator: ", ")
  }
}

/// One row in words.
public struct NamedRow: Sendable, Hashable {
  /// That of its table.
  public let noun: Words
  /// Nil where the row is gone, or nothing names it.
  public let title: String?
  /// Nil where the row is gone, or has no page.
  public let page: String?

  public init(noun: Words, title: String?, page: String?) {
    self.noun = noun
    self.title = title
    self.page = page
  }
}

extension Connection {
  /// Some rows of a table in words, by id; those that are gone are named by what they were. Throws
  /// `StorageError`.
  public func named(_ ids: [String], as words: RowWords) throws -> [String: NamedRow] {
    var found: [String: NamedRow] = [:]
    for id in ids { found[id] = NamedRow(noun: words.noun, title: nil, page: nil) }
    guard !ids.isEmpty else { return found }
    // Names of tables and columns are fixed in code; the ids are bound.
    let text = "SELECT \(words.columns) FROM \(words.table) WHERE id IN"
    for row in try rows(SQL(text: text, values: []) + "\(list: ids)") {
      let id: String = try row.get("id")
      let title: String? =
        words.title == nil ? nil : try row.get(ifPresent: "shown_title", as: String.self)
      let page = try words.page.map { pattern in
        try pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
          guard part.hasPrefix("{") else { return String(part) }
          return try row.get(ifPresent: String(part.dropFirst().dropLast()), as: String.self) ?? ""
        }.joined(separator: "/")
      }
      found[id] = NamedRow(noun: words.noun, title: title, page: page)
    }
    return found
  }
}
