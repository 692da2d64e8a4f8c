@testable import ParvisApp
import Testing

/// A code that a reader of others (ZXing) reads as “Hello, world”.
private let hello = [
  "111111100100001111111",
  "100000100000001000001",
  "101110101011101011101",
  "101110101010001011101",
  "101110101001101011101",
  "100000101100101000001",
  "111111101010101111111",
  "000000001011100000000",
  "101111100100101111100",
  "100011010110110011101",
  "001000111111011001110",
  "000110000100010101100",
  "011001100111001100001",
  "000000001010111111000",
  "111111100010111100110",
  "100000101000110101100",
  "101110101111111010011",
  "101110101100000111000",
  "101110101011101100100",
  "100000100100110011100",
  "111111101101001010010",
]

/// The corner that cameras look for, with its light border below and beside it.
private let corner = [
  "11111110", "10000010", "10111010", "10111010", "10111010", "10000010", "11111110", "00000000",
]

@Suite struct QRCodes {
  private func drawn(_ text: String) -> [String]? {
    QRCode(text)?.modules.map { row in String(row.map { $0 ? "1" : "0" }) }
  }

  @Test func `a text is the code that others read it from`() {
    #expect(drawn("Hello, world") == hello)
  }

  @Test(
    arguments: [
      (14, 21), (15, 25), (26, 25), (42, 29), (62, 33), (84, 37), (106, 41), (122, 45), (152, 49),
      (180, 53), (213, 57), (251, 61), (287, 65),
    ])
  func `a longer text takes the smallest size that holds it, with three corners`(
    length: Int, size: Int
  ) throws {
    let rows = try #require(drawn(String(repeating: "x", count: length)))
    #expect(rows.count == size && rows.allSatisfy { $0.count == size })
    #expect(rows.prefix(8).map { String($0.prefix(8)) } == corner)
    #expect(rows.prefix(8).map { String($0.suffix(8).reversed()) } == corner)
    #expect(rows.suffix(8).reversed().map { String($0.prefix(8)) } == corner)
  }

  @Test func `a text that is too long has none, and the page does without`() {
    #expect(QRCode(String(repeating: "x", count: 288)) == nil)
    #expect(QRCode(String(repeating: "é", count: 144)) == nil)
  }
}
