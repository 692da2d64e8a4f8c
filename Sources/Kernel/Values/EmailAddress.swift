/// An e-mail address that mail can be delivered to: a dot-string, `@`, and a domain with a dot; at most
/// 254 characters (RFC 5321). Written in small letters, without what nobody sees, and with a domain that
/// has accents in its ASCII form (RFC 5890), so that one mailbox has one address here.
public struct EmailAddress: SingleTextValue {
  public let description: String

  /// Reads one address alone, in any case; `fault(in:)` says why another text is nil.
  public init?(_ text: String) {
    guard let address = try? Self.read(text) else { return nil }
    description = address
  }

  /// What is stored is taken as it is: an address of before the rules were this strict is still
  /// somebody’s.
  public init?(sqlValue: SQLValue) {
    guard case .text(let text) = sqlValue else { return nil }
    description = Self.isPlain(text) ? text : (try? Self.read(text)) ?? text
  }

  public static func fault(in text: String) -> Words? {
    do throws(TextFault) {
      _ = try read(text)
      return nil
    } catch {
      return error.words
    }
  }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 1, maximum: 320, format: "email", pattern: nil))
  }
  public static var sample: Self { EmailAddress(unchecked: "name@example.org") }
  public static var expectation: Words {
    Words(
      en: "an e-mail address such as name@example.org", fr: "une adresse telle que nom@exemple.fr")
  }

  private init(unchecked text: String) { description = text }
}

extension EmailAddress {
  /// Whether a stored text is plainly its own normal form: small letters, digits and a few signs around
  /// one @. Most are.
  private static func isPlain(_ text: String) -> Bool {
    var ats = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"):
        continue
      case UInt8(ascii: "@"): ats += 1
      default: return false
      }
    }
    return ats == 1
  }

  private static func read(_ text: String) throws(TextFault) -> String {
    guard let trimmed = trimmedText(text) else {
      throw TextFault(en: "holds control characters", fr: "contient des caractères de contrôle")
    }
    if trimmed.contains(where: \.isWhitespace) {
      throw TextFault(en: "has a space in it", fr: "contient une espace")
    }
    let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count > 1 else { throw TextFault(en: "has no @", fr: "n’a pas de @") }
    guard parts.count == 2 else {
      throw TextFault(en: "has more than one @", fr: "a plusieurs @")
    }
    let address = try local(parts[0]) + "@" + DomainName.ascii(parts[1])
    guard address.utf8.count <= 254 else {
      throw TextFault(
        en: "has \(address.utf8.count) characters; at most 254 fit",
        fr: "a \(address.utf8.count) caractères ; 254 au plus")
    }
    return address
  }

  /// The part before the `@`: a dot-string (RFC 5321, section 4.1.2) of at most 64 characters.
  private static func local(_ text: Substring) throws(TextFault) -> String {
    guard !text.isEmpty else {
      throw TextFault(en: "has nothing before the @", fr: "n’a rien avant le @")
    }
    // By scalars: a quotation mark with an accent on it is still a quotation mark in a header.
    for scalar in text.unicodeScalars where !isAtom(scalar) {
      guard scalar.isASCII else {
        throw TextFault(
          en: "has “\(scalar)” before the @, where mail cannot be relied on to deliver it",
          fr: "a « \(scalar) » avant le @, où la distribution n’est pas assurée")
      }
      throw TextFault(
        en: "has “\(scalar)” in it; give one address alone, without a name or brackets",
        fr: "contient « \(scalar) » ; donnez une seule adresse, sans nom ni chevrons")
    }
    guard text.utf8.count <= 64 else {
      throw TextFault(
        en: "has more than 64 characters before the @", fr: "a plus de 64 caractères avant le @")
    }
    guard !text.hasPrefix("."), !text.hasSuffix(".") else {
      throw TextFault(
        en: "has a dot at the beginning or just before the @",
        fr: "a un point au début ou juste avant le @")
    }
    guard !text.contains("..") else {
      throw TextFault(en: "has two dots in a row", fr: "a deux points qui se suivent")
    }
    return text.lowercased()
  }

  private static func isAtom(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".": true
    default: "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
    }
  }
}
