import Kernel
import Testing

@Suite struct CSVFiles {
  private func cells(_ text: String) throws -> [[String]] {
    try CSV(parsing: Array(text.utf8)).lines.map(\.cells)
  }

  @Test func `commas, semicolons and tabs are told apart by the first line`() throws {
    #expect(try cells("a,b\n1,2\n") == [["1", "2"]])
    #expect(try cells("a;b\r\n1,5;2\r\n") == [["1,5", "2"]])
    #expect(try cells("a\tb\n1\t2") == [["1", "2"]])
  }

  @Test func `quoted cells hold separators, quotes and line breaks`() throws {
    #expect(
      try cells("a,b\n\"x, y\",\"say \"\"hi\"\"\nthere\"\n") == [["x, y", "say \"hi\"\nthere"]])
  }

  @Test func `lines keep the number people see in their editor`() throws {
    let file = try CSV(parsing: Array("a,b\n\"x\ny\",1\n\n2,3\n".utf8))
    #expect(file.lines.map(\.number) == [2, 5])
  }

  @Test func `a byte-order mark is no part of the first name`() throws {
    #expect(try CSV(parsing: [0xEF, 0xBB, 0xBF] + Array("nom\nx\n".utf8)).header == ["nom"])
  }

  @Test func `Windows-1252 is read where the file is not UTF-8`() throws {
    let bytes: [UInt8] =
      Array("nom\n".utf8) + [0x48, 0xE9, 0x6C, 0xE8, 0x6E, 0x65, 0x20, 0x80, 0x0A]
    #expect(try CSV(parsing: bytes).lines[0].cells == ["Hélène €"])
  }

  @Test func `a quotation mark that is never closed is refused with its line`() {
    #expect(throws: Problem.self) { try CSV(parsing: Array("a\n\"x\n".utf8)) }
  }

  @Test func `an empty file is refused`() {
    #expect(throws: Problem.self) { try CSV(parsing: []) }
  }

  @Test func `what is written is read back, and no cell becomes a formula`() throws {
    let text = CSV.render(header: ["a", "b"], rows: [["x, \"y\"", "=1+1"], ["-3", "é"]])
    #expect(try cells(text) == [["x, \"y\"", "'=1+1"], ["-3", "é"]])
  }

  @Test(arguments: [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1+1", "－1+1", "＠x",
    "\u{FEFF}=1+1", " =1+1", "\u{200B}＝1", "\u{A0}@x", "-cmd|x", "-inf", "+0x1A",
  ])
  func `no spreadsheet takes a cell for a formula`(text: String) {
    let line = CSV.render(header: ["a"], rows: [[text]]).split(separator: "\r\n", maxSplits: 1)[1]
    #expect(line.first == "'" || line.hasPrefix("\"'"))
  }

  @Test(arguments: ["-3", "+3", "-3.5", "-3,5", "x=1", "a@b.fr", "1-2", "–"])
  func `what is no formula stays as it is`(text: String) {
    #expect(CSV.render(header: ["a"], rows: [[text]]).contains("'") == false)
  }

  @Test func `a file is written for the spreadsheets of its language`() {
    let french = CSV.file(header: ["a", "b"], rows: [["1,5", "é"]], in: .fr)
    #expect(french == [0xEF, 0xBB, 0xBF] + Array("a;b\r\n1,5;é\r\n".utf8))
    #expect(
      CSV.file(header: ["a", "b"], rows: [], in: .en).suffix(5) == Array("a,b\r\n".utf8)[...])
  }

  @Test func `a title above the table does not decide what separates its cells`() throws {
    #expect(
      try CSV.records(parsing: Array("Liste, édition 2020\n\na;b\n1;2\n3;4\n".utf8)).map(\.number)
        == [1, 3, 4, 5])
    #expect(
      try CSV.records(parsing: Array("Liste, édition 2020\n\na;b\n1;2\n".utf8)).last?.cells
        == ["1", "2"])
  }

  @Test func `a cell with line breaks of any kind stays one cell`() throws {
    for text in ["a\r\n=1+1", "a\r=1", "a\n=1", "say \"\u{301}x\""] {
      let file = try CSV(parsing: Array(CSV.render(header: ["a", "b"], rows: [[text, "x"]]).utf8))
      #expect(file.lines.map(\.cells.count) == [2])
    }
  }

  @Test func `separators inside quotes do not count, and blank lines before the header neither`()
    throws
  {
    #expect(try cells("\"a,b,c,d\";e\n1;2") == [["1", "2"]])
    #expect(try cells("\na;b\n1;2") == [["1", "2"]])
    #expect(try CSV(parsing: Array("\na;b\n1;2".utf8)).headerLine == 2)
  }

  @Test func `a first line that names the separator is obeyed and left out`() throws {
    #expect(try cells("sep=;\r\na,x;b\r\n1;2\r\n") == [["1", "2"]])
  }

  @Test func `lines may end as old Macintosh programs end them`() throws {
    #expect(try cells("a,b\r1,2\r3,4") == [["1", "2"], ["3", "4"]])
  }

  @Test func `what spreadsheets call Unicode text is read`() throws {
    let bytes = "nom\nÉlodie\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(try CSV(parsing: [0xFF, 0xFE] + bytes).lines[0].cells == ["Élodie"])
  }

  @Test func `a file that is not what its mark says is refused, not read as something else`() {
    #expect(throws: Problem.self) { try CSV(parsing: [0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0xE9]) }
  }
}
