import Foundation
import Kernel
import Testing

/// A ZIP archive of empty entries, as small as the format lets it be; its list is all that is read.
private func archive(_ names: [String], first: String = "") -> Data {
  func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) }
  }
  var bytes: [UInt8] = [0x50, 0x4B, 3, 4] + Array(repeating: 0, count: 26) + Array(first.utf8)
  let start = bytes.count
  for name in names {
    bytes += [0x50, 0x4B, 1, 2] + Array(repeating: 0, count: 24) + number(name.utf8.count, 2)
    bytes += Array(repeating: 0, count: 16) + Array(name.utf8)
  }
  let size = bytes.count - start
  bytes += [0x50, 0x4B, 5, 6] + Array(repeating: 0, count: 8) + number(size, 4) + number(start, 4)
  return Data(bytes + [0, 0])
}

private func checked(_ data: Data, _ name: String) throws -> FileType {
  try FileType.checked(FileBytes(data), named: try #require(FileName(name)))
}

@Suite struct FileTests {
  @Test(
    arguments: [
      ("plan.pdf", "plan.pdf"), ("../../etc/passwd", "passwd"),
      ("C:\\Users\\a\\Plan.docx", "Plan.docx"),
      ("  été.pdf ", "été.pdf"), ("e\u{301}te\u{301}.pdf", "été.pdf"), (".profile", "profile"),
      ("a\u{202E}fdp.exe", "afdp.exe"), ("a\u{0}b\r\n.txt", "ab.txt"), ("con.txt", "_con.txt"),
      ("a<b>:\"|?*;%.txt", "a_b________.txt"), ("plan.pdf...", "plan.pdf"), ("👩‍💻.png", "👩‍💻.png"),
    ])
  func `a name keeps nothing but a name`(given: String, kept: String) {
    #expect(FileName(given)?.description == kept)
  }

  @Test(arguments: ["", " ", "..", "/", "\\", "\u{202E}\u{200B}", "...\u{0}"])
  func `what leaves no name is none`(given: String) {
    #expect(FileName(given) == nil)
  }

  @Test func `a long name keeps its ending`() throws {
    let name = try #require(FileName(String(repeating: "é", count: 10_000) + ".pdf"))
    #expect(name.description.count == 120 && name.ending == "pdf")
  }

  @Test func `a name whose letters bear any number of marks is cut to what file systems take`()
    throws
  {
    let marked = "e" + String(repeating: "\u{301}\u{302}", count: 40_000)
    for text in [
      marked + ".pdf", String(repeating: "👩‍👩‍👧‍👦", count: 119) + ".pdf",
      String(repeating: "\u{1D11E}", count: 100) + ".pdf", "plan." + marked,
    ] {
      let name = try #require(FileName(text))
      #expect(name.description.utf8.count <= 255)
      #expect(FileName(name.description) == name)
    }
    #expect(FileName(marked + ".pdf")?.ending == "pdf")
  }

  @Test func `a file is what its bytes say, where its name says so, too`() throws {
    #expect(try checked(Data("%PDF-1.7\n".utf8), "a.PDF") == .pdf)
    #expect(try checked(Data([0xFF, 0xD8, 0xFF, 0xE0]), "a.jpeg") == .jpeg)
    #expect(try checked(Data("a;b\n1;é\n".utf8), "a.csv") == .table)
    #expect(try checked(Data("# Plan\n".utf8), "a.md") == .text)
    let word = archive(["[Content_Types].xml", "word/document.xml"])
    #expect(try checked(word, "a.docx") == .writtenDocument)
    #expect(
      try checked(archive(["[Content_Types].xml", "xl/workbook.xml"]), "a.xlsx") == .workbook)
    let open = "mimetypeapplication/vnd.oasis.opendocument.text"
    #expect(try checked(archive(["mimetype", "content.xml"], first: open), "a.odt") == .openText)
    #expect(try checked(archive(["a.txt"]), "a.zip") == .archive)
  }

  @Test(
    arguments: [
      ("a.txt", "<html><script>alert(1)</script>"), ("a.csv", "\u{FEFF}  <svg xmlns=\"\"/>"),
      ("a.html", "<!doctype html>"), ("a.svg", "<svg/>"), ("a.exe", "MZ\u{0}\u{1}"),
      ("a.pdf", "plain"), ("a.txt", "%PDF-1.4"), ("a.txt", ""), ("a", "text"),
      ("a.txt", "bell\u{7}"), ("a.docx", "PK\u{3}\u{4}nothing more"),
    ])
  func `what is of no kind that is taken, or called otherwise, is refused in words`(
    name: String, text: String
  ) throws {
    let problem = #expect(throws: Problem.self) { try checked(Data(text.utf8), name) }
    #expect(problem?.fields.map(\.field) == ["file"])
    #expect(problem?.fields.first?.message.fr.isEmpty == false)
  }

  @Test func `a document with macros is refused, whatever it is called`() throws {
    let data = archive(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"])
    let problem = #expect(throws: Problem.self) { try checked(data, "a.docx") }
    #expect(problem?.fields.first?.message.en.contains("macros") == true)
    #expect(throws: Problem.self) { try checked(archive(["word/document.xml"]), "a.docx") }
  }

  @Test(arguments: [
    "Basic/Standard/Module1.xml", "Basic/script-lc.xml", "Scripts/python/macro.py",
  ])
  func `an OpenDocument with macros is refused, in whichever language they are`(entry: String)
    throws
  {
    let type = "mimetypeapplication/vnd.oasis.opendocument.text"
    let data = archive(["mimetype", "content.xml", entry], first: type)
    let problem = #expect(throws: Problem.self) { try checked(data, "a.odt") }
    #expect(problem?.fields.first?.message.en.contains("macros") == true)
    #expect(problem?.fields.first?.message.fr.contains("macros") == true)
  }

  @Test func `a text is looked at to its end, and a letter may stand on a border`() throws {
    let long = String(repeating: "x", count: (1 << 16) - 1) + "é" + String(repeating: "y", count: 9)
    #expect(try checked(Data(long.utf8), "a.txt") == .text)
    #expect(throws: Problem.self) { try checked(Data(long.utf8) + [0xC3], "a.txt") }
    #expect(throws: Problem.self) { try checked(Data(long.utf8) + [0], "a.txt") }
  }

  @Test func `a file in JSON is a data address with its name`() throws {
    let text = "data:text/plain;name=d%C3%A9tail.txt;base64,SGVsbG8="
    let upload = try #require(Upload(text))
    #expect(upload == .inline(try #require(FileName("détail.txt")), Data("Hello".utf8)))
    #expect(Upload(upload.description) == upload)
    for wrong in [
      "", "data:,x", "data:;base64,SGVsbG8=", "data:;name=a.txt,SGVsbG8=", "local:/etc/passwd",
      "/etc/passwd", "ticket:", "ticket:../../etc/passwd",
      "data:;name=..;base64,SGVsbG8=", "data:;name=a.txt;base64,&&&",
    ] {
      #expect(Upload(wrong) == nil, "\(wrong)")
    }
  }
}
