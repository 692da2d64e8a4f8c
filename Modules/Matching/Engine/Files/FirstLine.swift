extension InstanceText {
  /// How much of a file is enough to know whether its first line is right.
  public static let headLength = 64

  /// What is wrong with the first line of a file that begins with these bytes, nil when nothing is. Where
  /// a file comes from a pipe, whoever reads it asks before it reads on.
  public static func flaw(ofFirstLine head: some Collection<UInt8>) -> Phrase? {
    let expected = Array(header.utf8)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if head.starts(with: mark) {
      return Phrase(
        french:
          "le fichier commence par une marque d’ordre des octets (BOM) : enregistrez-le sans elle",
        english: "the file begins with a byte order mark (BOM): save it without one")
    }
    if head.starts(with: expected) {
      let rest = head.dropFirst(expected.count)
      if rest.first == 0x0A { return nil }
      if rest.starts(with: [0x0D, 0x0A]) {
        return Phrase(
          french: "les lignes finissent par CR LF (Windows) : enregistrez-les avec LF seul",
          english: "the lines end with CR LF (Windows): save them with LF alone")
      }
    }
    if head.isEmpty {
      return Phrase(
        french: "le fichier est vide ; la première ligne doit être « \(header) »",
        english: "the file is empty; the first line must be \"\(header)\"")
    }
    return Phrase(
      french: "la première ligne doit être « \(header) »",
      english: "the first line must be \"\(header)\"")
  }
}
