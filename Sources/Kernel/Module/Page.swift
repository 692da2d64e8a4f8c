internal import Foundation

/// A part of a long list: ask again with `after` set to `next` for the rest.
public struct Page<Item: Codable & Sendable>: Codable, Sendable {
  /// In the order of the list; at most as many as were asked for.
  public let items: [Item]
  /// Where the rest begins; nil where there is no more.
  public let next: String?

  public init(items: [Item], next: String?) {
    self.items = items
    self.next = next
  }
}

extension Page {
  /// The same page with each thing in another form.
  public func map<Other>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
    Page<Other>(items: try items.map(transform), next: next)
  }
}

extension Page {
  /// A page of a list that is worked out as a whole. Throws `Problem.invalid` for a mark of another list.
  public init(of all: [Item], after: PageMark?, limit: PageSize?) throws {
    var start = 0
    if let after {
      guard case .integer(let place)? = after.values.first, after.values.count == 1,
        let place = Int(exactly: place), place >= 0
      else {
        throw Problem.invalid(
          "after", en: "is not the “next” of a page of this list",
          fr: "n’est pas le « next » d’une page de cette liste")
      }
      start = min(place, all.count)
    }
    let end = min(start + (limit?.value ?? 100), all.count)
    self.init(
      items: Array(all[start..<end]),
      next: end < all.count ? PageMark([.integer(Int64(end))]).description : nil)
  }
}

/// Where a page ended: what the last row has in the columns that order the list. People pass it back
/// as they got it (`next`, then `after`).
public struct PageMark: SingleTextValue {
  let values: [SQLValue]
  public let description: String

  init(_ values: [SQLValue]) {
    self.values = values
    let parts = values.map { value in
      switch value {
      case .integer(let number): "i\(number)"
      case .text(let text): "t\(text)"
      case .null, .real, .blob: "t"
      }
    }
    description = Data(parts.joined(separator: "\u{1F}").utf8).base64EncodedString()
      .map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined()
  }

  /// Reads what `next` said; nil for anything else.
  public init?(_ text: String) {
    let base64 = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : String($0) }.joined()
    guard (1...2000).contains(text.utf8.count), let data = Data(base64Encoded: base64),
      let parts = String(validating: data, as: UTF8.self)
    else { return nil }
    var values: [SQLValue] = []
    for part in parts.split(separator: "\u{1F}", omittingEmptySubsequences: false) {
      switch part.first {
      case "i":
        guard let number = Int64(part.dropFirst()) else { return nil }
        values.append(.integer(number))
      case "t" where !part.utf8.contains(0): values.append(.text(String(part.dropFirst())))
      default: return nil
      }
    }
    self.values = values
    description = text
  }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 1, maximum: 2000, format: nil, pattern: "^[A-Za-z0-9_=-]+$"))
  }
  public static var sample: Self { PageMark([.text("")]) }
  public static var expectation: Words {
    Words(en: "what “next” said in the page before", fr: "le « next » de la page précédente")
  }
}

/// How many things a page holds: 100 unless told, at most 500.
public typealias PageSize = Whole<1, 500>

extension Connection {
  /// Up to `limit` records of those that `condition` (what follows `WHERE`) picks, in the order of
  /// `columns`, from behind `after` on. The columns hold no nulls, together tell every row from every
  /// other, and have an index that begins with what `condition` fixes, so that a page costs the same
  /// however long the list is. Throws `Problem.invalid` for a mark of another list.
  public func page<R: Record>(
    _ type: R.Type, where condition: SQL, by columns: StaticString..., descending: Bool = false,
    after: PageMark?, limit: PageSize?
  ) throws -> Page<R> {
    let size = limit?.value ?? 100
    let names = columns.map { "\($0)" }
    var start = SQL(text: "", values: [])
    if let after {
      guard after.values.count == names.count else {
        throw Problem.invalid(
          "after", en: "is not the “next” of a page of this list",
          fr: "n’est pas le « next » d’une page de cette liste")
      }
      let marks = names.map { _ in "?" }.joined(separator: ", ")
      start = SQL(
        text: "AND (\(names.joined(separator: ", "))) \(descending ? "<" : ">") (\(marks))",
        values: after.values)
    }
    let order = names.map { descending ? $0 + " DESC" : $0 }.joined(separator: ", ")
    let found = try rows(
      "SELECT \(columnsOf: type) FROM \(type) WHERE (\(part: condition)) \(part: start) ORDER BY"
        + SQL(text: "\(order) LIMIT ?", values: [.integer(Int64(size) + 1)]))
    let shown = found.prefix(size)
    let next = found.count > size ? shown.last.map { row in PageMark(names.map { row[$0] }) } : nil
    return Page(items: try Array(shown).decoded(), next: next?.description)
  }
}
