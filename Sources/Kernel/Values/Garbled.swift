/// What shows that a text was broken before it came: accents read in the wrong encoding, characters lost
/// on the way, errors of a spreadsheet. It must not reach a letter.
public enum Garbled {
  /// What is wrong with the text of any cell; nil where nothing shows.
  public static func fault(in text: String) -> Words? {
    if text.first == "#", let error = spreadsheetError(text) { return error }
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    let scalars = Array(text.unicodeScalars)
    if scalars.contains("\u{FFFD}") || scalars.contains(where: { (0x80...0x9F).contains($0.value) })
      || isMisread(scalars)
    {
      return brokenAccents
    }
    return nil
  }

  /// What is wrong with a name beyond that: question marks where letters were, and signs no name has.
  public static func fault(inName text: String) -> Words? {
    if let fault = fault(in: text) { return fault }
    let scalars = Array(text.unicodeScalars)
    if scalars.contains("?") {
      return Words(
        en: "has a “?” where a letter was: the accents were lost when the file was saved",
        fr: "a un « ? » à la place d’une lettre : les accents ont été perdus à l’enregistrement")
    }
    for (index, scalar) in scalars.enumerated() where !scalar.isASCII {
      // What Windows-1252 makes of the small letters of Mac OS Roman: “AndrŽ”.
      if "ŠŒŽŸ".unicodeScalars.contains(scalar), index > 0,
        scalars[index - 1].properties.isLowercase
      {
        return brokenAccents
      }
      switch scalar.properties.generalCategory {
      case .mathSymbol, .currencySymbol, .control, .privateUse, .unassigned, .enclosingMark:
        return brokenAccents
      case .otherSymbol where scalar.value < 0x2800 && scalar != "°": return brokenAccents
      default: continue
      }
    }
    return nil
  }

  private static let brokenAccents = Words(
    en: "has broken accents: save the file again as “CSV UTF-8” from where the names are right",
    fr:
      "a des accents abîmés : enregistrez de nouveau en « CSV UTF-8 » depuis un fichier où les noms sont justes"
  )

  private static func spreadsheetError(_ text: String) -> Words? {
    let rest = text.dropFirst()
    guard rest.contains(where: { $0 == "#" || $0.isLetter }),
      rest.unicodeScalars.allSatisfy({
        ("A"..."Z").contains($0) || ("0"..."9").contains($0) || "#/!?_".unicodeScalars.contains($0)
      })
    else { return nil }
    return Words(
      en: "is an error of the spreadsheet, not what stands in the cell",
      fr: "est une erreur du tableur, pas le contenu de la cellule")
  }

  /// Whether UTF-8 was read as Windows-1252 (“HÃ©lÃ¨ne”) or as Mac OS Roman (“H√©l√®ne”).
  private static func isMisread(_ scalars: [Unicode.Scalar]) -> Bool {
    for (first, second) in zip(scalars, scalars.dropFirst()) {
      switch first {
      case "Ã", "Â", "Å", "Ä":
        if continuation.contains(second) { return true }
      case "â": if second == "€" || second == "‚" { return true }
      case "√": if !second.isASCII { return true }
      default: continue
      }
    }
    return false
  }

  /// What Windows-1252 has for the bytes that continue a character in UTF-8.
  private static let continuation = Set(CodePage.windows1252.upperHalf.prefix(0x40))
}
