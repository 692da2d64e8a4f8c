/// Writes an instance in the format `matching-instance 1`, in pieces of a few hundred KiB.
struct InstanceFileText {
  private var bytes: [UInt8] = []
  private let sink: ([UInt8]) throws -> Void

  static func write(_ instance: GeneratedInstance, to sink: @escaping ([UInt8]) throws -> Void)
    throws
  {
    var text = InstanceFileText(sink: sink)
    text.bytes.append(contentsOf: "matching-instance 1\n".utf8)
    try text.line(
      instance.world.family.volunteers, instance.world.family.missions,
      instance.world.roles.count, instance.edgeCount, instance.world.family.companies,
      instance.pins.count, GeneratedInstance.companyCap, GeneratedInstance.seekerPenalty)
    for role in instance.world.roles { try text.line(Int(role.mission), role.seats) }
    for block in instance.blocks { try text.volunteers(block) }
    for pin in instance.pins { try text.line(pin.volunteer, Int(pin.role)) }
    try sink(text.bytes)
  }

  private init(sink: @escaping ([UInt8]) throws -> Void) { self.sink = sink }

  private mutating func volunteers(_ block: VolunteerBlock) throws {
    var edge = 0
    for local in 0..<block.degree.count {
      number(Int(block.capacity[local]))
      bytes.append(0x20)
      number(Int(block.company[local]))
      bytes.append(0x20)
      number(block.seeker[local] ? 1 : 0)
      bytes.append(0x20)
      number(Int(block.degree[local]))
      for _ in 0..<Int(block.degree[local]) {
        bytes.append(0x20)
        number(Int(block.role[edge]))
        bytes.append(0x20)
        number(Int(block.weight[edge]))
        edge += 1
      }
      try endLine()
    }
  }

  private mutating func line(_ values: Int...) throws {
    for (position, value) in values.enumerated() {
      if position > 0 { bytes.append(0x20) }
      number(value)
    }
    try endLine()
  }

  private mutating func endLine() throws {
    bytes.append(0x0A)
    if bytes.count > 1 << 18 {
      try sink(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
  }

  private mutating func number(_ value: Int) {
    if value < 0 { bytes.append(0x2D) }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      bytes.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}
