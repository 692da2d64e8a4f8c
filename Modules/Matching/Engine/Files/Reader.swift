/// What is wrong, and at which byte; the line is counted only when it is needed.
struct InstanceTextFlaw: Error {
  var offset: Int
  var reason: String
}

/// Reads the numbers of an instance file, a few hundred MiB a second.
///
/// The text ends with a line feed (checked first), so a number always ends before the text does
/// and the loop over its digits needs no test for the end.
struct InstanceTextReader {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// Where the number read last begins.
  private var start = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func fields() throws(InstanceTextFlaw) -> InstanceTextFields {
    try firstLine()
    var fields = InstanceTextFields()
    let volunteers = try count("the number of volunteers", each: 8)
    let missions = try number("the number of missions", in: 0...InstanceText.unwrittenLimit)
    let roles = try count("the number of roles", each: 4)
    let edges = try count("the number of edges", each: 4)
    let companies = try number("the number of companies", in: 0...InstanceText.unwrittenLimit)
    let pins = try count("the number of pins", each: 4)
    fields.missionCount = missions
    fields.companyCount = companies
    fields.rules.companyCap = Int32(try number("the company cap", in: 0...Instance.countLimit))
    fields.rules.seekerPenalty = Int64(
      try number("the seeker penalty", in: 0...Int(Rules.penaltyLimit)))
    try readRoles(roles, &fields)
    try readVolunteers(volunteers, edges: edges, &fields)
    try readPins(pins, &fields)
    skipSpace()
    if position < text.count { throw flaw(at: position, "there is more text after the end") }
    return fields
  }

  private mutating func firstLine() throws(InstanceTextFlaw) {
    let expected = Array(InstanceText.header.utf8)
    guard text.count > expected.count, text.prefix(expected.count).elementsEqual(expected),
      text[expected.count] == 0x0A
    else { throw flaw(at: 0, "the first line must be \"\(InstanceText.header)\"") }
    guard text[text.count - 1] == 0x0A else {
      throw flaw(at: text.count - 1, "no line feed at the end: the file may be cut off")
    }
    position = expected.count + 1
  }

  private mutating func readRoles(_ count: Int, _ fields: inout InstanceTextFields)
    throws(InstanceTextFlaw)
  {
    fields.roleMission.reserveCapacity(count)
    fields.roleSeats.reserveCapacity(count)
    var last = -1
    var seen = [Bool](repeating: false, count: fields.missionCount)
    for role in 0..<count {
      let mission = try index("the mission of role \(role)", below: fields.missionCount)
      if mission != last {
        if seen[mission] {
          throw flaw(at: start, "the roles of mission \(mission) are not consecutive")
        }
        seen[mission] = true
        last = mission
      }
      fields.roleMission.append(Int32(mission))
      let seats = try number("the seats of role \(role)", in: 0...Instance.countLimit)
      fields.roleSeats.append(Int32(seats))
    }
  }

  private mutating func readVolunteers(
    _ count: Int, edges: Int, _ fields: inout InstanceTextFields
  ) throws(InstanceTextFlaw) {
    fields.capacity.reserveCapacity(count)
    fields.company.reserveCapacity(count)
    fields.seeker.reserveCapacity(count)
    fields.edgeStart.reserveCapacity(count + 1)
    fields.edgeRole.reserveCapacity(edges)
    fields.edgeWeight.reserveCapacity(edges)
    for volunteer in 0..<count {
      let capacity = try number(
        "the capacity of volunteer \(volunteer)", in: 0...Instance.countLimit)
      let company = try number(
        "the company of volunteer \(volunteer)", in: -1...(fields.companyCount - 1))
      let seeker = try number("the job-seeker flag of volunteer \(volunteer)", in: 0...1)
      let degree = try number("the number of edges of volunteer \(volunteer)", in: 0...edges)
      if fields.edgeRole.count + degree > edges {
        throw flaw(at: start, "more edges than the \(edges) that line 2 announces")
      }
      fields.capacity.append(Int32(capacity))
      fields.company.append(Int32(company))
      fields.seeker.append(seeker == 1)
      try readEdges(degree, of: volunteer, roles: fields.roleSeats.count, &fields)
      fields.edgeStart.append(Int32(fields.edgeRole.count))
    }
    if fields.edgeRole.count != edges {
      throw flaw(
        at: max(0, position - 1),
        "\(fields.edgeRole.count) edges in all, where line 2 announces \(edges)")
    }
  }

  private mutating func readEdges(
    _ degree: Int, of volunteer: Int, roles: Int, _ fields: inout InstanceTextFields
  ) throws(InstanceTextFlaw) {
    var last = -1
    for _ in 0..<degree {
      let role = try index("a role of volunteer \(volunteer)", below: roles)
      if role <= last {
        throw flaw(
          at: start,
          role == last ? "role \(role) twice" : "role \(role) after role \(last): not ascending")
      }
      last = role
      let weight = try number(
        "the affinity of volunteer \(volunteer) and role \(role)", in: 0...Instance.weightLimit)
      fields.edgeRole.append(Int32(role))
      fields.edgeWeight.append(Int32(weight))
    }
  }

  private mutating func readPins(_ count: Int, _ fields: inout InstanceTextFields)
    throws(InstanceTextFlaw)
  {
    let lines = InstanceTextDiagnosis(text)
    var counted = (offset: 0, line: 1)
    var seen = Set<Pair>()
    for pin in 0..<count {
      let volunteer = try index("the volunteer of pin \(pin)", below: fields.capacity.count)
      let here = start
      let role = try index("the role of pin \(pin)", below: fields.roleSeats.count)
      let range = Int(fields.edgeStart[volunteer])..<Int(fields.edgeStart[volunteer + 1])
      guard fields.edgeRole[range].contains(Int32(role)) else {
        throw flaw(
          at: here,
          "the pin of volunteer \(volunteer) to role \(role) is not an edge: not eligible")
      }
      let pair = Pair(volunteer: Int32(volunteer), role: Int32(role))
      if !seen.insert(pair).inserted { throw flaw(at: here, "the same pin twice") }
      counted = (here, counted.line + lines.lineFeeds(in: counted.offset..<here))
      fields.rules.pins.append(pair)
      fields.pinLines.append(counted.line)
    }
  }

  /// A number of things, each of which takes at least that many bytes of the file: a count that the
  /// file cannot hold is refused before any room is made for it.
  private mutating func count(_ what: @autoclosure () -> String, each bytes: Int)
    throws(InstanceTextFlaw) -> Int
  {
    let value = try number(what(), in: 0...Instance.countLimit)
    guard value <= text.count / bytes else {
      throw flaw(at: start, "\(what()) is \(value), more than a file of this length holds")
    }
    return value
  }

  @inline(__always)
  private mutating func index(_ what: @autoclosure () -> String, below limit: Int)
    throws(InstanceTextFlaw) -> Int
  {
    let value = try number(what(), in: -1...Int(Int32.max))
    guard value >= 0, value < limit else {
      throw flaw(
        at: start, "\(what()) is \(value), where only 0 ..< \(limit) exist")
    }
    return value
  }

  @inline(__always)
  private mutating func number(_ what: @autoclosure () -> String, in range: ClosedRange<Int>)
    throws(InstanceTextFlaw) -> Int
  {
    skipSpace()
    start = position
    guard position < text.count else { throw flaw(at: position, "\(what()) is missing") }
    let negative = text[position] == 0x2D
    if negative { position += 1 }
    let digits = position
    var value = 0
    // Up to 18 digits fit; the text ends with a line feed, so the loop ends inside it.
    while case let digit = Int(text[position]) - 0x30, digit >= 0, digit <= 9 {
      if position - digits == 18 { throw flaw(at: start, "\(what()) is out of range") }
      value = value * 10 + digit
      position += 1
    }
    guard position > digits, text[position] == 0x20 || text[position] == 0x0A else {
      throw flaw(at: start, "\(what()) must be a whole number, not \(word(at: start))")
    }
    if negative { value = -value }
    guard value >= range.lowerBound, value <= range.upperBound else {
      throw flaw(
        at: start,
        "\(what()) is \(value), outside \(range.lowerBound) ... \(range.upperBound)")
    }
    return value
  }

  @inline(__always)
  private mutating func skipSpace() {
    while position < text.count, text[position] == 0x20 || text[position] == 0x0A {
      position += 1
    }
  }

  private func word(at offset: Int) -> String {
    let rest = text[offset...].prefix(24).prefix { $0 != 0x20 && $0 != 0x0A }
    return "\"" + String(decoding: rest.map { $0 > 0x20 && $0 < 0x7F ? $0 : 0x3F }, as: UTF8.self)
      + "\""
  }

  private func flaw(at offset: Int, _ reason: String) -> InstanceTextFlaw {
    InstanceTextFlaw(offset: offset, reason: reason)
  }
}
