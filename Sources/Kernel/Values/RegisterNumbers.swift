/// The number of a legal unit in the French register: 9 digits with a Luhn key. Taken as people write it,
/// with spaces, dots or hyphens, and out of a SIRET or a VAT number, which hold it; kept as 9 digits.
public struct Siren: SingleTextValue {
  public let description: String

  /// Reads a SIREN, or the one in a SIRET or VAT number; `fault(in:)` says why another text is nil.
  public init?(_ text: String) {
    guard let number = LegalNumber(text) else { return nil }
    self = number.siren
  }
  init(known: String) { description = known }

  public static func fault(in text: String) -> Words? { LegalNumber.fault(in: text) }
  public static var schema: JSONSchema { LegalNumber.schema }
  public static var sample: Self { Siren(known: "356000000") }
  public static var expectation: Words { LegalNumber.expectation }
}

/// The number of an establishment: its unit's SIREN and 5 digits (its NIC), with a Luhn key over all 14.
/// La Poste's establishments may instead have a digit sum that is a multiple of 5.
public struct Siret: SingleTextValue {
  public let description: String
  /// That of its unit: the first 9 digits.
  public var siren: Siren { Siren(known: String(description.prefix(9))) }
  /// What tells the establishment from the others of its unit: 5 digits.
  public var nic: String { String(description.suffix(5)) }

  /// Reads 14 digits with right keys, as people write them; `fault(in:)` says why another is nil.
  public init?(_ text: String) {
    guard let number = LegalNumber(text), number.nic != nil else { return nil }
    description = number.description
  }
  private init(known: String) { description = known }

  /// The establishment of a unit with this NIC; nil where the key is wrong.
  public init?(_ siren: Siren, nic: String) { self.init(siren.description + nic) }

  public static func fault(in text: String) -> Words? {
    if let fault = LegalNumber.fault(in: text) { return fault }
    return LegalNumber(text)?.nic != nil
      ? nil
      : Words(
        en: "is the number of the whole unit; a SIRET has 14 digits",
        fr: "est le numéro de l’unité entière ; un SIRET a 14 chiffres")
  }
  public static var schema: JSONSchema { LegalNumber.schema }
  public static var sample: Self { Siret(known: "35600000000048") }
  public static var expectation: Words {
    Words(
      en: "a SIRET: 14 digits whose last is the right key",
      fr: "un SIRET : 14 chiffres dont la clé est juste")
  }
}

/// What people give as the number of a company or association: a SIREN, a SIRET or a French VAT number.
public struct LegalNumber: SingleTextValue {
  /// That of the unit, whichever number was given.
  public let siren: Siren
  /// The five digits of the establishment, where a SIRET was given.
  public let nic: String?
  public var description: String { siren.description + (nic ?? "") }

  /// Reads any of the three, as people write them; `fault(in:)` says why another text is nil.
  public init?(_ text: String) {
    guard let number = try? Self.read(text) else { return nil }
    self = number
  }
  private init(_ siren: some StringProtocol, nic: String? = nil) {
    self.siren = Siren(known: String(siren))
    self.nic = nic
  }

  public static func fault(in text: String) -> Words? {
    do throws(TextFault) {
      _ = try read(text)
      return nil
    } catch {
      return error.words
    }
  }

  private static func read(_ text: String) throws(TextFault) -> LegalNumber {
    let plain = plainNumber(text)
    if plain.hasPrefix("FR"), plain.utf8.count == 13 {
      let (key, siren) = (plain.dropFirst(2).prefix(2), plain.suffix(9))
      guard let sum = luhnSum(siren), sum % 10 == 0, fits(key, siren) else {
        throw TextFault(
          en: "looks like a VAT number, but its keys do not fit: a digit must be wrong",
          fr: "ressemble à un numéro de TVA, mais ses clés sont fausses : un chiffre est à revoir")
      }
      return LegalNumber(siren)
    }
    if let odd = plain.first(where: { !("0"..."9").contains($0) }) {
      throw TextFault(
        en: "has “\(odd)” in it; a SIREN is 9 digits, a SIRET 14",
        fr: "contient « \(odd) » ; un SIREN a 9 chiffres, un SIRET 14")
    }
    let count = plain.utf8.count
    guard count == 9 || count == 14 else {
      throw TextFault(
        en: "has \(count) digits; a SIREN has 9, a SIRET 14",
        fr: "a \(count) chiffres ; un SIREN en a 9, un SIRET 14")
    }
    let siren = plain.prefix(9)
    guard let key = luhnSum(siren), key % 10 == 0, count == 9 || isEstablishment(plain) else {
      throw TextFault(
        en: "has a digit that is wrong: its key does not fit the others",
        fr: "a un chiffre faux : sa clé ne correspond pas aux autres")
    }
    return LegalNumber(siren, nic: count == 14 ? String(plain.suffix(5)) : nil)
  }

  private static func isEstablishment(_ digits: String) -> Bool {
    if let sum = luhnSum(digits), sum % 10 == 0 { return true }
    let plain = digits.utf8.reduce(0) { $0 + Int($1) - 48 }
    return digits.hasPrefix("356000000") && plain % 5 == 0
  }

  /// The key of a VAT number follows from the SIREN; keys with letters in them are not worked out.
  private static func fits(_ key: Substring, _ siren: Substring) -> Bool {
    guard let given = Int(key), let number = Int(siren) else { return true }
    return given == (12 + 3 * (number % 97)) % 97
  }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 1, maximum: 60, format: nil, pattern: nil))
  }
  public static var sample: Self { LegalNumber("356000000", nic: nil) }
  public static var expectation: Words {
    Words(
      en: "a SIREN (9 digits), a SIRET (14) or a French VAT number",
      fr: "un SIREN (9 chiffres), un SIRET (14) ou un numéro de TVA français")
  }
}

/// The number of an association in the national directory: W and 9 digits, or capital letters among
/// them, as they occur. Alsace-Moselle has its own register, so it is never required. Taken with spaces,
/// dots or hyphens and in small letters; kept plain.
public struct RNA: SingleTextValue {
  public let description: String

  /// Reads a W and 9 characters, as people write them; `fault(in:)` says why another text is nil.
  public init?(_ text: String) {
    guard Self.fault(in: text) == nil else { return nil }
    description = plainNumber(text)
  }
  private init(known: String) { description = known }

  public static func fault(in text: String) -> Words? {
    let plain = plainNumber(text)
    guard plain.hasPrefix("W"),
      plain.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) })
    else {
      return Words(
        en: "is no RNA number: it begins with W, then has 9 digits",
        fr: "n’est pas un numéro RNA : il commence par W, puis a 9 chiffres")
    }
    let count = plain.utf8.count - 1
    guard count == 9 else {
      return Words(
        en: "has \(count) characters after its W; an RNA number has 9",
        fr: "a \(count) caractères après le W ; un numéro RNA en a 9")
    }
    return nil
  }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 1, maximum: 60, format: nil, pattern: nil))
  }
  public static var sample: Self { RNA(known: "W922000000") }
  public static var expectation: Words {
    Words(en: "an RNA number: W and 9 characters", fr: "un numéro RNA : W et 9 caractères")
  }
}

/// A number without what people put between its digits and what they call it before it.
private func plainNumber(_ text: String) -> String {
  let between = ".-/_,:'·\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2019}\u{2212}"
  var plain = withoutInvisible(text).filter { !$0.isWhitespace && !between.contains($0) }
    .uppercased()
  for word in ["N°", "Nº", "SIREN", "SIRET", "TVA", "RNA", "N°", "Nº"]
  where plain.hasPrefix(word) {
    plain.removeFirst(word.count)
  }
  return plain
}

/// The weighted digit sum of Luhn's formula (US patent 2,950,048); nil when a character is no digit.
private func luhnSum(_ digits: some StringProtocol) -> Int? {
  var sum = 0
  for (position, byte) in digits.utf8.reversed().enumerated() {
    guard (48...57).contains(byte) else { return nil }
    let digit = Int(byte) - 48
    let weighted = position % 2 == 1 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum
}
