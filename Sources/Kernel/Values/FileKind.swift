/// A file that is no table of text, told by how it begins.
enum FileKind {
  case workbook, oldWorkbook, document, webPage

  init?(of bytes: [UInt8]) {
    func begins(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .workbook
    } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .oldWorkbook
    } else if begins("%PDF") || begins("{\\rtf") {
      self = .document
    } else if begins("<") {
      self = .webPage
    } else {
      return nil
    }
  }

  /// Says what it is, and how to save it as what is read.
  var problem: Problem {
    let what: Words =
      switch self {
      case .workbook:
        Words(
          en: "this is a spreadsheet workbook (.xlsx, .ods or another ZIP file)",
          fr: "c’est un classeur de tableur (.xlsx, .ods ou un autre fichier ZIP)")
      case .oldWorkbook:
        Words(
          en: "this is a spreadsheet workbook of old (.xls)",
          fr: "c’est un classeur d’un ancien tableur (.xls)")
      case .document:
        Words(en: "this is a document (PDF or RTF)", fr: "c’est un document (PDF ou RTF)")
      case .webPage:
        Words(
          en: "this is a web page or XML, whatever its name ends in",
          fr: "c’est une page web ou du XML, quoi que dise la fin de son nom")
      }
    return .invalid(
      "line 1",
      en: "\(what.en); open it in Excel or LibreOffice and save it as “CSV UTF-8”, then send that",
      fr:
        "\(what.fr) ; ouvrez-le dans Excel ou LibreOffice, enregistrez-le en « CSV UTF-8 », puis envoyez cela"
    )
  }
}
