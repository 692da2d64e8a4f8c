/// Finds out what encoding a text file is in, and reads it.
///
/// What has a mark or reads as UTF-8 is that; UTF-16 without a mark shows by its empty bytes. Anything
/// else is read in each code page there may be, and the reading wins in which the characters beyond ASCII
/// can be letters of names: é in the middle of a word is likelier than Ž at its end.
enum TextEncoding {
  /// The text of a file. Throws a `Problem` where no encoding gives words.
  static func text(of bytes: [UInt8]) throws -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      guard let text = String(validating: bytes[3...], as: UTF8.self) else {
        throw broken("UTF-8")
      }
      return text
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes.dropFirst(2), low: 0) }
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes.dropFirst(2), low: 1) }
    if let low = unmarkedUTF16(bytes) { return try utf16(bytes[...], low: low) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let readings = CodePage.allCases.map { page in (page, worth(of: bytes, in: page)) }
    guard let best = readings.max(by: { $0.1 < $1.1 }), best.1 > 0 else {
      throw Problem.invalid(
        "line 1",
        en: "the encoding of the file cannot be told; save it as “CSV UTF-8” and send it again",
        fr:
          "l’encodage du fichier n’est pas reconnaissable ; enregistrez-le en « CSV UTF-8 » et renvoyez-le"
      )
    }
    // Of equals the first: what most spreadsheets in France save.
    let page = readings.first { $0.1 == best.1 }?.0 ?? .windows1252
    let upper = page.upperHalf
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(byte < 0x80 ? Unicode.Scalar(byte) : upper[Int(byte) - 0x80]) }
    return String(text)
  }

  private static func broken(_ encoding: String) -> Problem {
    .invalid(
      "line 1", en: "the file begins as \(encoding) but is not \(encoding) throughout",
      fr: "le fichier commence en \(encoding) mais n’est pas entièrement en \(encoding)")
  }

  // Spreadsheets call this “Unicode text”.
  private static func utf16(_ bytes: ArraySlice<UInt8>, low: Int) throws -> String {
    let start = bytes.startIndex
    let units = stride(from: start, to: bytes.endIndex - 1, by: 2).map {
      UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + 1 - low]) << 8
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw broken("UTF-16") }
    return text
  }

  /// Where the low byte of each pair is, if every other byte of the beginning is empty.
  private static func unmarkedUTF16(_ bytes: [UInt8]) -> Int? {
    let sample = bytes.prefix(400)
    guard sample.count >= 8 else { return nil }
    let empty = [0, 1].map { odd in
      sample.enumerated().filter { $0.offset % 2 == odd && $0.element == 0 }.count
    }
    if empty[1] > sample.count / 3, empty[0] == 0 { return 0 }
    if empty[0] > sample.count / 3, empty[1] == 0 { return 1 }
    return nil
  }

  /// How well a reading can be names and words: what each character beyond ASCII adds or takes, by what
  /// it is and what stands beside it.
  private static func worth(of bytes: [UInt8], in page: CodePage) -> Int {
    let upper = page.upperHalf
    func scalar(_ index: Int) -> Unicode.Scalar {
      guard bytes.indices.contains(index) else { return "\n" }
      let byte = bytes[index]
      return byte < 0x80 ? Unicode.Scalar(byte) : upper[Int(byte) - 0x80]
    }
    var worth = 0
    for (index, byte) in bytes.enumerated() where byte >= 0x80 {
      worth += self.worth(
        of: upper[Int(byte) - 0x80], between: scalar(index - 1), and: scalar(index + 1))
    }
    return worth
  }

  private static func worth(
    of scalar: Unicode.Scalar, between before: Unicode.Scalar, and after: Unicode.Scalar
  ) -> Int {
    let properties = scalar.properties
    guard properties.isAlphabetic, scalar != "ª", scalar != "º", scalar != "ƒ" else {
      if scalar == "\u{A0}" || "’‘“”«»–—…€°".unicodeScalars.contains(scalar) { return 1 }
      // No sign stands within a word.
      return isLetter(before) || isLetter(after) ? -10 : -3
    }
    let common: Int =
      switch plain(scalar) {
      case "é", "è": 8
      case "ê", "ë", "à", "â", "ç", "î", "ï", "ô", "û", "ù", "œ": 6
      case "ü", "ö", "ä", "á", "í", "ó", "ú", "ñ": 5
      default: 2
      }
    if properties.isUppercase {
      // Capitals stand at the beginning, or among capitals.
      return before.properties.isLowercase ? -10 : common
    }
    if before.properties.isUppercase && after.properties.isUppercase { return -10 }
    return isLetter(before) ? common : after.properties.isLowercase ? common - 3 : -5
  }

  private static func plain(_ scalar: Unicode.Scalar) -> String {
    scalar.properties.lowercaseMapping
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }
}
