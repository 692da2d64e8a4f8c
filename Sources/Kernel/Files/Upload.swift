public import Foundation

/// A file that comes with an input. Browsers and programs send its bytes beside the fields, and whoever takes
/// them in puts a ticket here that nobody else can write; where an input is JSON alone, the file is a `data:`
/// address with its name (RFC 2397): `data:application/pdf;name=plan.pdf;base64,…`.
public enum Upload: SingleTextValue {
  /// What a face took in: 64 hexadecimal digits that lead to the bytes and to the name.
  case ticket(String)
  /// The name and the bytes themselves.
  case inline(FileName, Data)

  /// Reads a ticket or a `data:` address with a name in base64; nil for anything else.
  public init?(_ text: String) {
    if let ticket = Self.rest(of: text, after: "ticket:") {
      guard ticket.utf8.count == 64, ticket.allSatisfy(\.isHexDigit) else { return nil }
      self = .ticket(ticket)
      return
    }
    guard let address = Self.rest(of: text, after: "data:"), let comma = address.firstIndex(of: ",")
    else { return nil }
    let parts = address[..<comma].split(separator: ";").map(String.init)
    let said = parts.lazy.compactMap { Self.rest(of: $0, after: "name=") }.first
    guard parts.last == "base64", let name = said?.removingPercentEncoding.flatMap(FileName.init),
      let bytes = Bytes(String(address[address.index(after: comma)...]))
    else { return nil }
    self = .inline(name, bytes.data)
  }

  public var description: String {
    switch self {
    case .ticket(let ticket): return "ticket:" + ticket
    case .inline(let name, let data):
      let said =
        name.description.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      return "data:;name=\(said);base64,\(data.base64EncodedString())"
    }
  }

  private static func rest(of text: String, after prefix: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  /// The format of its schema, by which faces know that a file is wanted.
  public static let format = "file"

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: nil, maximum: nil, format: format, pattern: nil))
  }
  public static var sample: Self { .inline(.sample, Data("text".utf8)) }
  public static var expectation: Words {
    Words(
      en: "a file, or data:;name=NAME;base64,…", fr: "un fichier, ou data:;name=NOM;base64,…")
  }
}

extension JSONSchema {
  /// Whether a file is wanted here.
  public var isFile: Bool {
    if case .string(_, _, Upload.format?, _) = kind { true } else { false }
  }
}
