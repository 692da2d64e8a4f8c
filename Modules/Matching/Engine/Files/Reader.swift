/// What is wrong, and at which byte; the line is counted only when it is needed.
struct InstanceTextFlaw: Error {
  var offset: Int
  var reason: Phrase
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
    let volunteers = try count(
      say("le nombre de volontaires", "the number of volunteers"), each: 8)
    let missions = try number(
      say("le nombre de missions", "the number of missions"), in: 0...InstanceText.unwrittenLimit)
    let roles = try count(say("le nombre de rôles", "the number of roles"), each: 4)
    let edges = try count(say("le nombre d’arêtes", "the number of edges"), each: 4)
    let companies = try number(
      say("le nombre d’entreprises", "the number of companies"),
      in: 0...InstanceText.unwrittenLimit)
    let pins = try count(say("le nombre d’épingles", "the number of pins"), each: 4)
    fields.missionCount = missions
    fields.companyCount = companies
    fields.rules.companyCap = Int32(
      try number(
        say("le plafond par entreprise", "the company cap"), in: 0...Instance.countLimit))
    fields.rules.seekerPenalty = Int64(
      try number(
        say("la pénalité sans demandeur d’emploi", "the seeker penalty"),
        in: 0...Int(Rules.penaltyLimit)))
    try readRoles(roles, &fields)
    try readVolunteers(volunteers, edges: edges, &fields)
    try readPins(pins, &fields)
    skipSpace()
    if position < text.count {
      throw flaw(
        at: position, "il y a du texte en trop après la fin", "there is more text after the end")
    }
    return fields
  }

  private mutating func firstLine() throws(InstanceTextFlaw) {
    if let phrase = InstanceText.flaw(ofFirstLine: text.prefix(InstanceText.headLength)) {
      throw InstanceTextFlaw(offset: 0, reason: phrase)
    }
    guard text[text.count - 1] == 0x0A else {
      throw flaw(
        at: text.count - 1, "pas de saut de ligne à la fin : le fichier est peut-être coupé",
        "no line feed at the end: the file may be cut off")
    }
    position = InstanceText.header.utf8.count + 1
  }

  private mutating func readRoles(_ count: Int, _ fields: inout InstanceTextFields)
    throws(InstanceTextFlaw)
  {
    fields.roleMission.reserveCapacity(count)
    fields.roleSeats.reserveCapacity(count)
    var last = -1
    var seen = [Bool](repeating: false, count: fields.missionCount)
    var total = 0
    for role in 0..<count {
      let mission = try index(
        say("la mission du rôle \(role)", "the mission of role \(role)"),
        below: fields.missionCount)
      if mission != last {
        if seen[mission] {
          throw flaw(
            at: start, "les rôles de la mission \(mission) ne se suivent pas",
            "the roles of mission \(mission) are not consecutive")
        }
        seen[mission] = true
        last = mission
      }
      fields.roleMission.append(Int32(mission))
      let seats = try number(
        say("les places du rôle \(role)", "the seats of role \(role)"), in: 0...Instance.countLimit)
      total += seats
      if total > Instance.countLimit {
        throw flaw(
          at: start, "\(total) places en tout, plus que \(Instance.countLimit)",
          "\(total) seats in all, more than \(Instance.countLimit)")
      }
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
    var total = 0
    for volunteer in 0..<count {
      let capacity = try number(
        say("la capacité du volontaire \(volunteer)", "the capacity of volunteer \(volunteer)"),
        in: 0...Instance.countLimit)
      total += capacity
      if total > Instance.countLimit {
        throw flaw(
          at: start, "\(total) de capacité en tout, plus que \(Instance.countLimit)",
          "\(total) of capacity in all, more than \(Instance.countLimit)")
      }
      let company = try number(
        say("l’entreprise du volontaire \(volunteer)", "the company of volunteer \(volunteer)"),
        in: -1...(fields.companyCount - 1))
      let seeker = try number(
        say(
          "l’indicateur de recherche d’emploi du volontaire \(volunteer)",
          "the job-seeker flag of volunteer \(volunteer)"), in: 0...1)
      let degree = try number(
        say(
          "le nombre d’arêtes du volontaire \(volunteer)",
          "the number of edges of volunteer \(volunteer)"), in: 0...edges)
      if fields.edgeRole.count + degree > edges {
        throw flaw(
          at: start, "plus d’arêtes que les \(edges) annoncées à la ligne 2",
          "more edges than the \(edges) that line 2 announces")
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
        "\(fields.edgeRole.count) arêtes en tout, la ligne 2 en annonce \(edges)",
        "\(fields.edgeRole.count) edges in all, where line 2 announces \(edges)")
    }
  }

  private mutating func readEdges(
    _ degree: Int, of volunteer: Int, roles: Int, _ fields: inout InstanceTextFields
  ) throws(InstanceTextFlaw) {
    var last = -1
    for _ in 0..<degree {
      let role = try index(
        say("un rôle du volontaire \(volunteer)", "a role of volunteer \(volunteer)"), below: roles)
      if role <= last {
        throw flaw(
          at: start,
          role == last
            ? "le rôle \(role) deux fois"
            : "le rôle \(role) après le rôle \(last) : pas dans l’ordre croissant",
          role == last ? "role \(role) twice" : "role \(role) after role \(last): not ascending")
      }
      last = role
      let weight = try number(
        say(
          "l’affinité du volontaire \(volunteer) et du rôle \(role)",
          "the affinity of volunteer \(volunteer) and role \(role)"), in: 0...Instance.weightLimit)
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
      let volunteer = try index(
        say("le volontaire de l’épingle \(pin)", "the volunteer of pin \(pin)"),
        below: fields.capacity.count)
      let here = start
      let role = try index(
        say("le rôle de l’épingle \(pin)", "the role of pin \(pin)"), below: fields.roleSeats.count)
      let range = Int(fields.edgeStart[volunteer])..<Int(fields.edgeStart[volunteer + 1])
      guard fields.edgeRole[range].contains(Int32(role)) else {
        throw flaw(
          at: here,
          "l’épingle du volontaire \(volunteer) au rôle \(role) n’est pas une arête : pas éligible",
          "the pin of volunteer \(volunteer) to role \(role) is not an edge: not eligible")
      }
      let pair = Pair(volunteer: Int32(volunteer), role: Int32(role))
      if !seen.insert(pair).inserted {
        throw flaw(at: here, "deux fois la même épingle", "the same pin twice")
      }
      counted = (here, counted.line + lines.lineFeeds(in: counted.offset..<here))
      fields.rules.pins.append(pair)
      fields.pinLines.append(counted.line)
    }
  }

  /// A number of things, each of which takes at least that many bytes of the file: a count that the
  /// file cannot hold is refused before any room is made for it.
  private mutating func count(_ what: @autoclosure () -> Phrase, each bytes: Int)
    throws(InstanceTextFlaw) -> Int
  {
    let value = try number(what(), in: 0...Instance.countLimit)
    guard value <= text.count / bytes else {
      let what = what()
      throw flaw(
        at: start,
        "\(what.french) : \(value), plus que ce que contient un fichier de cette longueur",
        "\(what.english) is \(value), more than a file of this length holds")
    }
    return value
  }

  @inline(__always)
  private mutating func index(_ what: @autoclosure () -> Phrase, below limit: Int)
    throws(InstanceTextFlaw) -> Int
  {
    let value = try number(what(), in: -1...Int(Int32.max))
    guard value >= 0, value < limit else {
      let what = what()
      throw flaw(
        at: start, "\(what.french) : \(value), alors que seuls 0 ..< \(limit) existent",
        "\(what.english) is \(value), where only 0 ..< \(limit) exist")
    }
    return value
  }

  @inline(__always)
  private mutating func number(_ what: @autoclosure () -> Phrase, in range: ClosedRange<Int>)
    throws(InstanceTextFlaw) -> Int
  {
    skipSpace()
    start = position
    guard position < text.count else {
      let what = what()
      throw flaw(at: position, "il manque \(what.french)", "\(what.english) is missing")
    }
    let negative = text[position] == 0x2D
    if negative { position += 1 }
    let digits = position
    var value = 0
    // Up to 18 digits fit; the text ends with a line feed, so the loop ends inside it.
    while case let digit = Int(text[position]) - 0x30, digit >= 0, digit <= 9 {
      if position - digits == 18 {
        let what = what()
        throw flaw(
          at: start, "\(what.french) : nombre trop grand", "\(what.english) is out of range")
      }
      value = value * 10 + digit
      position += 1
    }
    guard position > digits, text[position] == 0x20 || text[position] == 0x0A else {
      let (what, word) = (what(), word(at: start))
      throw flaw(
        at: start, "\(what.french) doit être un nombre entier, pas \(word)",
        "\(what.english) must be a whole number, not \(word)")
    }
    if negative { value = -value }
    guard value >= range.lowerBound, value <= range.upperBound else {
      let what = what()
      throw flaw(
        at: start,
        "\(what.french) : \(value), hors de \(range.lowerBound) ... \(range.upperBound)",
        "\(what.english) is \(value), outside \(range.lowerBound) ... \(range.upperBound)")
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

  private func flaw(at offset: Int, _ french: String, _ english: String) -> InstanceTextFlaw {
    InstanceTextFlaw(offset: offset, reason: say(french, english))
  }
}

private func say(_ french: String, _ english: String) -> Phrase {
  Phrase(french: french, english: english)
}
