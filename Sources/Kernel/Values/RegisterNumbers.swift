/// The number of a legal unit in the French register: 9 digits with a Luhn key.
public struct Siren: SingleTextValue {
  public let description: String

  public init?(_ text: String) {
    let digits = text.filter { !$0.isWhitespace }
    guard digits.utf8.count == 9, let sum = luhnSum(digits), sum % 10 == 0 else { return nil }
    description = digits
  }
  private init(known: String) { description = known }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 9, maximum: 14, format: nil, pattern: #"^\s*([0-9]\s*){9}$"#))
  }
  public static var sample: Self { Siren(known: "356000000") }
  public static var expectation: Words {
    Words(
      en: "a SIREN: 9 digits whose last is the right key",
      fr: "un SIREN : 9 chiffres dont la clé est juste")
  }
}

/// The number of an establishment: its unit's SIREN and 5 digits, with a Luhn key over all 14.
/// La Poste's establishments may instead have a digit sum that is a multiple of 5.
public struct Siret: SingleTextValue {
  public let description: String

  public init?(_ text: String) {
    let digits = text.filter { !$0.isWhitespace }
    guard digits.utf8.count == 14, let sum = luhnSum(digits), Siren(String(digits.prefix(9))) != nil
    else { return nil }
    let plain = digits.utf8.reduce(0) { $0 + Int($1) - 48 }
    guard sum % 10 == 0 || digits.hasPrefix("356000000") && plain % 5 == 0 else { return nil }
    description = digits
  }
  private init(known: String) { description = known }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 14, maximum: 20, format: nil, pattern: #"^\s*([0-9]\s*){14}$"#))
  }
  public static var sample: Self { Siret(known: "35600000000048") }
  public static var expectation: Words {
    Words(
      en: "a SIRET: 14 digits whose last is the right key",
      fr: "un SIRET : 14 chiffres dont la clé est juste")
  }
}

/// The number of an association in the national directory: W and 9 digits, or capital letters among
/// them, as they occur. Alsace-Moselle has its own register, so it is never required.
public struct RNA: SingleTextValue {
  public let description: String

  public init?(_ text: String) {
    let upper = text.filter { !$0.isWhitespace }.uppercased()
    guard upper.utf8.count == 10, upper.hasPrefix("W"),
      upper.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) })
    else { return nil }
    description = upper
  }
  private init(known: String) { description = known }

  public static var schema: JSONSchema {
    JSONSchema(
      .string(minimum: 10, maximum: 12, format: nil, pattern: #"^\s*[Ww]\s*([0-9A-Za-z]\s*){9}$"#))
  }
  public static var sample: Self { RNA(known: "W922000000") }
  public static var expectation: Words {
    Words(en: "an RNA number: W and 9 characters", fr: "un numéro RNA : W et 9 caractères")
  }
}

/// The weighted digit sum of Luhn's formula (US patent 2,950,048); nil when a character is no digit.
private func luhnSum(_ digits: String) -> Int? {
  var sum = 0
  for (position, byte) in digits.utf8.reversed().enumerated() {
    guard (48...57).contains(byte) else { return nil }
    let digit = Int(byte) - 48
    let weighted = position % 2 == 1 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum
}
