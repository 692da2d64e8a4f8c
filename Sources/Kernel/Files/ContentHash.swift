/// What a file's contents are known by: their SHA-256. Equal contents have one, and are kept once.
public struct ContentHash: SingleTextValue {
  /// 64 digits, in lower case.
  public let description: String

  /// Reads 64 hexadecimal digits in lower case; nil for anything else.
  public init?(_ text: String) {
    let isDigits = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    guard text.utf8.count == 64, isDigits else { return nil }
    description = text
  }

  private init(unchecked text: String) { description = text }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 64, maximum: 64, format: nil, pattern: "^[0-9a-f]{64}$"))
  }
  public static var sample: Self { Self(unchecked: String(repeating: "0", count: 64)) }
  public static var expectation: Words {
    Words(en: "a SHA-256 in hexadecimal", fr: "un SHA-256 en hexadécimal")
  }
}
