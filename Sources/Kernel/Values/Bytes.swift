public import Foundation

/// The contents of a file, in base64 where they are written (RFC 4648).
public struct Bytes: SingleTextValue {
  /// May be empty.
  public let data: Data

  /// Reads base64, with line breaks and spaces anywhere; nil for anything else.
  public init?(_ text: String) {
    // Programs break long base64 into lines.
    let letters = text.utf8.filter { $0 != 10 && $0 != 13 && $0 != 32 }
    guard let data = Data(base64Encoded: Data(letters)) else { return nil }
    self.data = data
  }

  public var description: String { data.base64EncodedString() }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: nil, maximum: nil, format: "byte", pattern: nil))
  }
  public static var sample: Self { Bytes(data: Data()) }
  public static var expectation: Words {
    Words(en: "the bytes of a file in base64", fr: "les octets d’un fichier en base64")
  }

  private init(data: Data) { self.data = data }
}
