import Foundation
import Kernel
import Testing

@Suite struct Encodings {
  private func names(_ bytes: [UInt8]) throws -> [String] {
    try CSV(parsing: bytes).lines.map { $0.cells[0] }
  }

  /// A file with a name a line, in an encoding where each of `high` has this byte.
  private func file(_ names: [String], _ high: [Character: UInt8]) -> [UInt8] {
    Array("nom\n".utf8)
      + (names.joined(separator: "\n") + "\n").map { high[$0] ?? $0.asciiValue ?? 63 }
  }

  @Test func `Windows-1252, Mac OS Roman and CP850 are told apart by what can be names`() throws {
    for names in [
      ["Zoé Fictif", "André Fictif"], ["Élodie", "Hélène"], ["ÉLODIE", "HÉLÈNE"], ["François"],
      ["Noël", "Anaïs", "Zoé"], ["Éric"],
    ] {
      for page: [Character: UInt8] in [
        ["é": 0xE9, "è": 0xE8, "É": 0xC9, "È": 0xC8, "ç": 0xE7, "ë": 0xEB, "ï": 0xEF],
        ["é": 0x8E, "è": 0x8F, "É": 0x83, "È": 0xE9, "ç": 0x8D, "ë": 0x91, "ï": 0x95],
        ["é": 0x82, "è": 0x8A, "É": 0x90, "È": 0xD4, "ç": 0x87, "ë": 0x89, "ï": 0x8B],
      ] {
        #expect(try self.names(file(names, page)) == names)
      }
    }
  }

  @Test func `UTF-16 is read with a mark and without`() throws {
    let units = Array("nom\nÉlodie\n".utf16)
    let little = units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
      #expect(try names(bytes) == ["Élodie"])
    }
  }

  @Test func `bytes that are no text in any encoding are refused with what to do`() {
    #expect {
      try CSV(parsing: Array("nom\n".utf8) + [0x41, 0x81, 0xDB, 0xDC, 0xB3, 0x42, 10])
    } throws: {
      ($0 as? Problem)?.fields.first?.message.en.contains("encoding") == true
    }
  }

  @Test(arguments: [
    ([0x50, 0x4B, 3, 4, 0, 0], "workbook"), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "workbook"),
    (Array("%PDF-1.7".utf8), "document"), (Array("<html><table>".utf8), "web page"),
  ])
  func `a file that is no table of text is refused by what it is`(bytes: [UInt8], word: String) {
    #expect {
      try CSV(parsing: bytes)
    } throws: {
      let fields = ($0 as? Problem)?.fields ?? []
      return fields.count == 1 && fields[0].message.en.contains(word)
        && fields[0].message.en.contains("CSV UTF-8")
    }
  }

  @Test(arguments: [
    "HÃ©lÃ¨ne", "H\u{FFFD}l\u{FFFD}ne", "FranÃ§ois", "Ã‰lodie", "Lâ€™Ã‰toile", "CÅ“ur", "H√©l√®ne",
    "Andr\u{8E}", "#N/A", "#REF!", "#NOM?", "#VALEUR!", "#DIV/0!", "#NAME?", "########",
  ])
  func `what was broken before it came is told`(text: String) {
    #expect(Garbled.fault(in: text) != nil)
  }

  @Test(arguments: ["H?l?ne", "Andr?", "?lodie", "AndrŽ Fictif", "H™lne", "Zo∏", "Jean ▒ Paul"])
  func `signs that no name has are told in names`(text: String) {
    #expect(Garbled.fault(inName: text) != nil)
  }

  @Test(arguments: [
    "Hélène", "Élodie D’Été", "CAFÉ", "Ãngela Ångström", "Jürgen Groß", "Łukasz Żak", "João",
    "N°1", "Œuvrard", "Zoé (IT)", "L’Haÿ-les-Roses", "Žižek", "Ŷ", "Владимир", "#1", "R&D",
    "Mícheál Ó’Fictif", "Βασίλης", "田中",
  ])
  func `names as they are pass`(text: String) {
    #expect(Garbled.fault(inName: text) == nil)
  }
}
