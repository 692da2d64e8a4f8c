public import Foundation

/// A kind of file that is taken: told by its bytes, and held against its name.
public enum FileType: String, Sendable, Codable, CaseIterable {
  case pdf = "application/pdf"
  case png = "image/png"
  case jpeg = "image/jpeg"
  case gif = "image/gif"
  case webp = "image/webp"
  /// UTF-8 without controls; never a web page.
  case text = "text/plain"
  /// Told from plain text by its name alone.
  case table = "text/csv"
  case writtenDocument = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  case workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  case slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
  case openText = "application/vnd.oasis.opendocument.text"
  case openSheet = "application/vnd.oasis.opendocument.spreadsheet"
  case openSlides = "application/vnd.oasis.opendocument.presentation"
  /// Any other ZIP archive; what is in it is not looked at.
  case archive = "application/zip"

  /// What its names end in; the first is the usual one.
  public var endings: [String] {
    switch self {
    case .pdf: ["pdf"]
    case .png: ["png"]
    case .jpeg: ["jpg", "jpeg"]
    case .gif: ["gif"]
    case .webp: ["webp"]
    case .text: ["txt", "md"]
    case .table: ["csv"]
    case .writtenDocument: ["docx"]
    case .workbook: ["xlsx"]
    case .slides: ["pptx"]
    case .openText: ["odt"]
    case .openSheet: ["ods"]
    case .openSlides: ["odp"]
    case .archive: ["zip"]
    }
  }

  /// As people call it.
  public var words: Words {
    switch self {
    case .pdf: Words("PDF")
    case .png: Words(en: "PNG picture", fr: "image PNG")
    case .jpeg: Words(en: "JPEG picture", fr: "image JPEG")
    case .gif: Words(en: "GIF picture", fr: "image GIF")
    case .webp: Words(en: "WebP picture", fr: "image WebP")
    case .text: Words(en: "text", fr: "texte")
    case .table: Words(en: "table (CSV)", fr: "tableau (CSV)")
    case .writtenDocument: Words(en: "Word document", fr: "document Word")
    case .workbook: Words(en: "Excel workbook", fr: "classeur Excel")
    case .slides: Words(en: "PowerPoint slides", fr: "présentation PowerPoint")
    case .openText: Words(en: "OpenDocument text", fr: "texte OpenDocument")
    case .openSheet: Words(en: "OpenDocument workbook", fr: "classeur OpenDocument")
    case .openSlides: Words(en: "OpenDocument slides", fr: "présentation OpenDocument")
    case .archive: Words(en: "ZIP archive", fr: "archive ZIP")
    }
  }

  /// What may be chosen in a form, as HTML's `accept` says it.
  public static var accept: String {
    allCases.flatMap(\.endings).map { "." + $0 }.joined(separator: ",")
  }

  /// As it is sent: texts are UTF-8, or they are not taken.
  public var mediaType: String {
    switch self {
    case .text, .table: rawValue + "; charset=utf-8"
    default: rawValue
    }
  }
}

/// The bytes of a file, wherever they are.
public struct FileBytes: Sendable {
  /// How many there are.
  public let count: Int
  /// As many bytes from an offset on as there are, at most those asked for.
  let read: @Sendable (Int, Int) throws -> [UInt8]

  public init(count: Int, read: @escaping @Sendable (Int, Int) throws -> [UInt8]) {
    self.count = count
    self.read = read
  }

  /// Bytes that are in memory.
  public init(_ data: Data) {
    let bytes = [UInt8](data)
    self.init(count: bytes.count) { at, count in
      guard at < bytes.count, at >= 0 else { return [] }
      return Array(bytes[at..<min(bytes.count, at + count)])
    }
  }
}

extension FileType {
  /// The kind of a file, where its bytes and its name agree. Throws a `Problem` about `field` that says what
  /// is wrong, and what the file's reading throws.
  public static func checked(
    _ bytes: FileBytes, named name: FileName, field: String = "file"
  ) throws -> FileType {
    guard bytes.count > 0 else {
      throw Problem.invalid(field, en: "is empty", fr: "est vide")
    }
    guard let kinds = try kinds(of: bytes, field: field) else {
      let list = allCases.compactMap(\.endings.first).joined(separator: ", ")
      throw Problem.invalid(
        field, en: "is of no kind that is taken: \(list) are",
        fr: "n’est pas d’un type accepté : \(list) le sont")
    }
    if let kind = kinds.first(where: { $0.endings.contains(name.ending) }) { return kind }
    let kind = kinds[0]
    let ending = name.ending.isEmpty ? Words(en: "nothing", fr: "rien") : Words("." + name.ending)
    throw Problem.invalid(
      field,
      en: "is a \(kind.words.en) by its bytes, though its name ends in \(ending.en): rename it",
      fr:
        "est, par son contenu, de type \(kind.words.fr), mais son nom se termine par \(ending.fr) : renommez-le"
    )
  }

  /// What the bytes may be: one kind, or several that look the same.
  private static func kinds(of bytes: FileBytes, field: String) throws -> [FileType]? {
    let head = try bytes.read(0, 16)
    func begins(_ signature: [UInt8]) -> Bool { head.starts(with: signature) }
    if begins(Array("%PDF-".utf8)) { return [.pdf] }
    if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return [.png] }
    if begins([0xFF, 0xD8, 0xFF]) { return [.jpeg] }
    if begins(Array("GIF87a".utf8)) || begins(Array("GIF89a".utf8)) { return [.gif] }
    if begins(Array("RIFF".utf8)), head.dropFirst(8).starts(with: "WEBP".utf8) { return [.webp] }
    if begins([0x50, 0x4B, 0x03, 0x04]) { return try archiveKinds(of: bytes, field: field) }
    return try isText(bytes) ? [.text, .table] : nil
  }

  /// An office document is an archive whose entries say so.
  private static func archiveKinds(of bytes: FileBytes, field: String) throws -> [FileType]? {
    guard let names = try ArchiveNames.read(bytes) else { return nil }
    // Office documents have them in one file, OpenDocuments in two folders.
    let macros = names.contains {
      $0.lowercased().hasSuffix("vbaproject.bin") || $0.hasPrefix("Basic/")
        || $0.hasPrefix("Scripts/")
    }
    if macros {
      throw Problem.invalid(
        field, en: "holds macros, which are programs: save it without them",
        fr: "contient des macros, qui sont des programmes : enregistrez-le sans elles")
    }
    if names.contains("[Content_Types].xml") {
      let parts: [(String, FileType)] = [
        ("word/", .writtenDocument), ("xl/", .workbook), ("ppt/", .slides),
      ]
      let found = parts.first { part in names.contains { $0.hasPrefix(part.0) } }
      return found.map { [$0.1] } ?? [.archive]
    }
    // The first entry of an OpenDocument is its type, unpacked.
    let first = try bytes.read(0, 160)
    let start = String(decoding: first.map { $0 < 128 ? $0 : 63 }, as: UTF8.self)
    let open: [FileType] = [.openText, .openSheet, .openSlides]
    if let kind = open.first(where: { start.contains("mimetype" + $0.rawValue) }) { return [kind] }
    return [.archive]
  }

  /// Plain text in UTF-8, without controls, that is no web page, picture or other document in disguise.
  private static func isText(_ bytes: FileBytes) throws -> Bool {
    var at = 0
    var rest: [UInt8] = []
    var isFirst = true
    while at < bytes.count {
      let part = try bytes.read(at, 1 << 16)
      guard !part.isEmpty else { return false }
      at += part.count
      var whole = rest + part
      // A letter may be cut in two.
      var cut = 0
      if at < bytes.count {
        while cut < 4, let last = whole.dropLast(cut).last, last & 0xC0 == 0x80 { cut += 1 }
        if let last = whole.dropLast(cut).last, last >= 0xC0 { cut += 1 }
      }
      rest = Array(whole.suffix(cut))
      whole.removeLast(cut)
      let isPlain = whole.allSatisfy { $0 >= 32 && $0 != 127 || (9...13).contains($0) }
      guard isPlain, let text = String(validating: whole, as: UTF8.self) else { return false }
      if isFirst, text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "<" {
        return false
      }
      isFirst = false
    }
    return rest.isEmpty
  }
}
