import Kernel
import Testing

// What rosters need of the kernel's reader.

private func cells(_ text: String) throws -> [[String]] {
  let csv = try CSV(parsing: Array(text.utf8))
  return [csv.header] + csv.lines.map(\.cells)
}

@Test(arguments: [
  "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a;b\n1;2", "a\tb\n1\t2", "\u{FEFF}a,b\n1,2\n",
  "\"a\",\"b\"\n1,2",
  " a , b \n 1 , 2 \n", "a,b\r1,2\r", "\r\na;b\r\n1;2\r\n", "sep=;\r\na;b\r\n1;2\r\n",
  "a,b\n\n1,2\n\n\n", "a;b\r\n;\r\n1;2\r\n",
])
func `a table reads the same however it was saved`(text: String) throws {
  #expect(try cells(text) == [["a", "b"], ["1", "2"]])
}

@Test func `quoted cells keep separators, quotes and line breaks`() throws {
  #expect(
    try cells("a,b\r\n\"x, \"\"y\"\"\",\"one\r\ntwo\"\r\n,\"\"\r\nz,\"\"\n") == [
      ["a", "b"], ["x, \"y\"", "one\r\ntwo"], ["z", ""],
    ])
}

@Test func `the separator is the heading's, whatever the cells hold`() throws {
  #expect(try cells("a;b\n1,5;2,5,6\n") == [["a", "b"], ["1,5", "2,5,6"]])
  #expect(try cells("\"a,b,c\";d\n1;2\n") == [["a,b,c", "d"], ["1", "2"]])
}

@Test func `lines are numbered as an editor shows them`() throws {
  let csv = try CSV(parsing: Array("a\r\n\r\n\"x\r\ny\"\r\nz\r\n".utf8))
  #expect(csv.lines.map(\.number) == [3, 5])
}

@Test func `bytes that are not UTF-8 are read as Windows-1252`() throws {
  let csv = try CSV(parsing: [
    0x6E, 0x0A, 0xC9, 0x76, 0x65, 0x20, 0x44, 0x92, 0x8C, 0x75, 0x76, 0x72, 0x65, 0x20, 0x80, 0x0A,
  ])
  #expect(csv.lines.map(\.cells) == [["Éve D’Œuvre €"]])
}

@Test func `a quotation mark that is never closed is reported where it opens`() {
  #expect {
    try CSV(parsing: Array("a\nb\n\"c\nd\n".utf8))
  } throws: {
    ($0 as? Problem)?.fields.map(\.field) == ["line 3"]
  }
}

@Test func `a spreadsheet's "Unicode text" is read as UTF-16`() throws {
  let bytes = "a\té\n1\t2\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  let csv = try CSV(parsing: [0xFF, 0xFE] + bytes)
  #expect([csv.header] + csv.lines.map(\.cells) == [["a", "é"], ["1", "2"]])
}
