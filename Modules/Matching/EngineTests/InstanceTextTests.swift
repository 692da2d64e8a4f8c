import MatchingEngine
import Testing

@Suite struct InstanceTextTests {
  /// Two volunteers, two missions, three roles, four edges, one company, one pin.
  static let lines = [
    "matching-instance 1",
    "2 2 3 4 1 1 3 1000",
    "0 2", "0 1", "1 1",
    "1 0 0 2 0 500 2 70",
    "2 -1 1 2 1 10 2 999",
    "1 2",
  ]

  static func text(_ lines: [String]) -> [UInt8] {
    Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  static func replacing(_ line: Int, with text: String) -> [UInt8] {
    var changed = lines
    changed[line - 1] = text
    return Self.text(changed)
  }

  @Test func `a file is read as it is written`() throws {
    let instance = try InstanceText.parse(Self.text(Self.lines))
    #expect(instance.volunteerCount == 2)
    #expect(instance.missionCount == 2)
    #expect(instance.roleMission == [0, 0, 1])
    #expect(instance.roleSeats == [2, 1, 1])
    #expect(instance.capacity == [1, 2])
    #expect(instance.company == [0, -1])
    #expect(instance.seeker == [false, true])
    #expect(instance.edgeStart == [0, 2, 4])
    #expect(instance.edgeRole == [0, 2, 1, 2])
    #expect(instance.edgeWeight == [500, 70, 10, 999])
    #expect(instance.rules.companyCap == 3)
    #expect(instance.rules.seekerPenalty == 1000)
    #expect(instance.rules.pins == [Pair(volunteer: 1, role: 2)])
    #expect(try InstanceText.render(instance) == Self.text(Self.lines))
  }

  @Test func `line breaks may lie anywhere`() throws {
    let flowing = Self.lines[0] + "\n" + Self.lines.dropFirst().joined(separator: " ") + "\n"
    let instance = try InstanceText.parse(Array(flowing.utf8))
    #expect(instance == (try InstanceText.parse(Self.text(Self.lines))))
  }

  @Test func `an empty instance is an instance`() throws {
    let instance = try InstanceText.parse(Array("matching-instance 1\n0 0 0 0 0 0 0 0\n".utf8))
    #expect(instance.volunteerCount == 0)
    #expect(instance.edgeCount == 0)
  }

  @Test(arguments: 0..<300)
  func `what is written is read back`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let drawn = randomInstance(&random, seed % 10 == 0 ? .large : RandomShape())
    let instance = try drawn.with(
      rules: Rules(
        companyCap: drawn.rules.companyCap ?? 2, seekerPenalty: drawn.rules.seekerPenalty))
    #expect(try InstanceText.parse(InstanceText.render(instance)) == instance)
  }

  @Test func `no company cap is written as one that binds nobody`() throws {
    let instance = try smallInstance(edges: [[(0, 1)], [(0, 2)]], seats: [5])
    let back = try InstanceText.parse(InstanceText.render(instance))
    #expect(back.rules.companyCap == 5)
  }

  @Test func `rules that the format has no place for are not lost silently`() throws {
    let edges: [[(role: Int32, weight: Int32)]] = [[(0, 1)]]
    let pair = Pair(volunteer: 0, role: 0)
    for rules in [
      Rules(forbidden: [pair]), Rules(minimumTeam: [1]), Rules(rolePriority: [1]),
      Rules(previous: [pair]),
    ] {
      let instance = try smallInstance(edges: edges, seats: [1], rules: rules)
      #expect(throws: InstanceTextError.self) { try InstanceText.render(instance) }
    }
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    var line: Int
    var text: String
    var says: String
    var testDescription: String { "line \(line): \(text)" }
  }

  static let damages = [
    Damage(line: 1, text: "matching-instance 2", says: "first line"),
    Damage(line: 1, text: "", says: "first line"),
    Damage(line: 1, text: "matching-instance 1 ", says: "first line"),
    Damage(line: 1, text: "matching-instance 1\r", says: "CR LF"),
    Damage(line: 1, text: "\u{FEFF}matching-instance 1", says: "byte order mark"),
    Damage(line: 2, text: "2 2 3 4 1 1 3", says: "too few numbers"),
    Damage(line: 2, text: "x 2 3 4 1 1 3 1000", says: "number of volunteers"),
    Damage(line: 2, text: "+2 2 3 4 1 1 3 1000", says: "not \"+2\""),
    Damage(line: 2, text: "2 2 3 4 1 1 -3 1000", says: "company cap"),
    Damage(line: 2, text: "2 2 3 4 1 1 3 -1", says: "seeker penalty"),
    Damage(line: 2, text: "2 2 3 4 1 1 3 9999999", says: "seeker penalty"),
    Damage(line: 2, text: "1000000000 2 3 4 1 1 3 1000", says: "more than a file"),
    Damage(line: 2, text: "2 2 3 999999999 1 1 3 1000", says: "more than a file"),
    Damage(line: 2, text: "2 2 3 99999999999999999999 1 1 3 1000", says: "out of range"),
    Damage(line: 2, text: "2 999999999 3 4 1 1 3 1000", says: "number of missions"),
    Damage(line: 2, text: "2 2 -3 4 1 1 3 1000", says: "number of roles"),
    Damage(line: 3, text: "2 2", says: "mission of role 0"),
    Damage(line: 3, text: "-1 2", says: "mission of role 0"),
    Damage(line: 3, text: "1 2", says: ""),
    Damage(line: 4, text: "0 -1", says: "seats of role 1"),
    Damage(line: 4, text: "0 1000000001", says: "seats of role 1"),
    Damage(line: 4, text: "0", says: "too few"),
    Damage(line: 4, text: "0 1 1", says: "too many"),
    Damage(line: 6, text: "-1 0 0 2 0 500 2 70", says: "capacity of volunteer 0"),
    Damage(line: 6, text: "1 1 0 2 0 500 2 70", says: "company of volunteer 0"),
    Damage(line: 6, text: "1 -2 0 2 0 500 2 70", says: "company of volunteer 0"),
    Damage(line: 6, text: "1 0 2 2 0 500 2 70", says: "job-seeker flag"),
    Damage(line: 6, text: "1 0 0 -2 0 500 2 70", says: "number of edges"),
    Damage(line: 6, text: "1 0 0 2 0 500 3 70", says: "role of volunteer 0"),
    Damage(line: 6, text: "1 0 0 2 -1 500 2 70", says: "role of volunteer 0"),
    Damage(line: 6, text: "1 0 0 2 2 500 0 70", says: "not ascending"),
    Damage(line: 6, text: "1 0 0 2 2 500 2 70", says: "twice"),
    Damage(line: 6, text: "1 0 0 2 0 1000001 2 70", says: "affinity"),
    Damage(line: 6, text: "1 0 0 2 0 -5 2 70", says: "affinity"),
    Damage(line: 6, text: "1 0 0 2 0 5.5 2 70", says: "whole number"),
    Damage(line: 6, text: "1 0 0 2 0 5,5 2 70", says: "whole number"),
    Damage(line: 6, text: "1 0 0 2 0 \u{7F} 2 70", says: "whole number"),
    Damage(line: 6, text: "1 0 0 2 0 - 2 70", says: "whole number"),
    Damage(line: 6, text: "1 0 0 2 0 500 2", says: "too few"),
    Damage(line: 6, text: "1 0 0 2 0 500 2 70 9", says: "too many"),
    Damage(line: 6, text: "1 0 0", says: "too few"),
    Damage(line: 7, text: "2 -1 1 3 0 1 1 10 2 999", says: "more edges"),
    Damage(line: 7, text: "2 -1 1 1 1 10", says: "3 edges in all"),
    Damage(line: 8, text: "2 2", says: "volunteer of pin 0"),
    Damage(line: 8, text: "1 3", says: "role of pin 0"),
    Damage(line: 8, text: "1 0", says: "not an edge"),
    Damage(line: 8, text: "1", says: "too few"),
    Damage(line: 8, text: "1 2 7", says: "too many"),
    Damage(line: 8, text: "1 2\nPS: thanks", says: "more text"),
    Damage(line: 8, text: "1 2\nthank you very much", says: "more text"),
    Damage(line: 4, text: "0 1000000000", says: "1000000002 seats in all"),
    Damage(line: 7, text: "1000000000 -1 1 2 1 10 2 999", says: "1000000001 of capacity in all"),
  ]

  @Test(arguments: damages)
  func `a damaged file is refused with its line and reason`(damage: Damage) throws {
    let error = try #require(throws: InstanceTextError.self) {
      try InstanceText.parse(Self.replacing(damage.line, with: damage.text))
    }
    let line = try #require(error.line)
    #expect(abs(line - damage.line) <= 2, "line \(line): \(error.reason)")
    #expect(error.reason.contains(damage.says), "\(error.reason)")
  }

  @Test(arguments: damages)
  func `a refusal is said in French as well`(damage: Damage) throws {
    let error = try #require(throws: InstanceTextError.self) {
      try InstanceText.parse(Self.replacing(damage.line, with: damage.text))
    }
    let french = error.description(in: .french)
    #expect(french.hasPrefix("ligne "), "\(french)")
    #expect(french != error.description(in: .english))
    #expect(!french.contains(" is ") && !french.contains("must"), "\(french)")
  }

  @Test func `the first bytes tell whether the rest is worth reading`() {
    let head = Array("matching-instance 1\n2 2".utf8)
    #expect(InstanceText.flaw(ofFirstLine: head) == nil)
    #expect(InstanceText.flaw(ofFirstLine: [UInt8](repeating: 0x79, count: 64)) != nil)
    #expect(InstanceText.flaw(ofFirstLine: []) != nil)
    #expect(InstanceText.flaw(ofFirstLine: head.prefix(19)) != nil)
  }

  @Test func `most damage is found on the very line`() throws {
    var exact = 0
    for damage in Self.damages {
      let bytes = Self.replacing(damage.line, with: damage.text)
      do throws(InstanceTextError) { _ = try InstanceText.parse(bytes) } catch {
        if error.line == damage.line { exact += 1 }
      }
    }
    #expect(exact >= Self.damages.count - 3)
  }

  @Test func `a file cut off anywhere is refused`() throws {
    let whole = Self.text(Self.lines)
    for length in 0..<whole.count {
      #expect(throws: InstanceTextError.self) { try InstanceText.parse(Array(whole[..<length])) }
    }
  }

  @Test func `a byte changed anywhere is refused or read, never a crash`() throws {
    let whole = Self.text(Self.lines)
    for place in whole.indices {
      for byte: UInt8 in [0, 0x09, 0x0A, 0x20, 0x2D, 0x30, 0x39, 0x41, 0xFF] {
        var changed = whole
        changed[place] = byte
        if let instance = try? InstanceText.parse(changed) {
          #expect(try !InstanceText.render(instance).isEmpty)
        }
      }
    }
  }

  @Test func `pins that break a rule together are named with their line`() throws {
    var lines = Self.lines
    lines[1] = "2 2 3 4 1 2 3 1000"
    lines[7] = "0 0"
    lines.append("0 2")
    let error = try #require(throws: InstanceTextError.self) {
      try InstanceText.parse(Self.text(lines))
    }
    #expect(error.line == 9)
    #expect(error.description.contains("volunteer 0, role 0"))
    #expect(error.description.contains("volunteer 0, role 2"))
  }

  @Test func `the same pin twice is refused`() throws {
    var lines = Self.lines
    lines[1] = "2 2 3 4 1 2 3 1000"
    lines.append("1 2")
    let error = try #require(throws: InstanceTextError.self) {
      try InstanceText.parse(Self.text(lines))
    }
    #expect(error.line == 9)
  }
}
