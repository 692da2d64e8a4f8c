/// Writes instances in the format that `InstanceText` reads.
struct InstanceTextWriter {
  private var bytes: [UInt8] = []

  static func bytes(of instance: Instance) throws(InstanceTextError) -> [UInt8] {
    let rules = instance.rules
    let unwritable = [
      ("forbidden pairs", !rules.forbidden.isEmpty),
      ("minimum team sizes", rules.minimumTeam.contains { $0 != 0 }),
      ("role priorities", rules.rolePriority.contains { $0 != 0 }),
      ("a previous answer", !rules.previous.isEmpty),
    ]
    if let (what, _) = unwritable.first(where: \.1) {
      throw InstanceTextError(
        line: nil,
        Phrase(
          french: "le format n’a pas de place pour : \(what)",
          english: "the format has no place for \(what)"))
    }
    var writer = InstanceTextWriter()
    writer.write(instance)
    return writer.bytes
  }

  private mutating func write(_ instance: Instance) {
    bytes.append(contentsOf: (InstanceText.header + "\n").utf8)
    let rules = instance.rules
    line(
      instance.volunteerCount, instance.missionCount, instance.roleCount, instance.edgeCount,
      instance.companyCount, rules.pins.count,
      rules.companyCap.map { Int($0) } ?? min(instance.seatCount, Instance.countLimit),
      Int(rules.seekerPenalty))
    for role in 0..<instance.roleCount {
      line(Int(instance.roleMission[role]), Int(instance.roleSeats[role]))
    }
    for volunteer in 0..<instance.volunteerCount {
      let edges = Int(instance.edgeStart[volunteer])..<Int(instance.edgeStart[volunteer + 1])
      number(Int(instance.capacity[volunteer]))
      space(Int(instance.company[volunteer]))
      space(instance.seeker[volunteer] ? 1 : 0)
      space(edges.count)
      for edge in edges {
        space(Int(instance.edgeRole[edge]))
        space(Int(instance.edgeWeight[edge]))
      }
      bytes.append(0x0A)
    }
    for pin in rules.pins { line(Int(pin.volunteer), Int(pin.role)) }
  }

  private mutating func line(_ values: Int...) {
    for (position, value) in values.enumerated() {
      if position == 0 { number(value) } else { space(value) }
    }
    bytes.append(0x0A)
  }

  private mutating func space(_ value: Int) {
    bytes.append(0x20)
    number(value)
  }

  private mutating func number(_ value: Int) {
    if value < 0 { bytes.append(0x2D) }
    let first = bytes.count
    var rest = value.magnitude
    repeat {
      bytes.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[first...].reverse()
  }
}
