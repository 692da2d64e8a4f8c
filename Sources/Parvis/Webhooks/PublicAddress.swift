internal import Foundation
internal import NIOCore
internal import NIOPosix

/// An address of the network, found once: whoever answers a name says another one a moment later, so what
/// was looked at is what is connected to.
struct NetworkAddress: Sendable {
  /// In the usual form: `203.0.113.7`, `2001:db8::7`.
  let text: String
  private let bytes: [UInt8]

  init?(_ address: SocketAddress) {
    guard let text = address.ipAddress else { return nil }
    var found = [UInt8](repeating: 0, count: text.contains(":") ? 16 : 4)
    guard inet_pton(found.count == 16 ? AF_INET6 : AF_INET, text, &found) == 1 else { return nil }
    bytes = found
    self.text = text
  }

  /// The first address of a host. Throws what the system says.
  static func resolving(_ host: String, port: Int) async throws -> NetworkAddress? {
    let address = try await NIOThreadPool.singleton.runIfActive {
      try SocketAddress.makeAddressResolvingHost(host, port: port)
    }
    return NetworkAddress(address)
  }

  /// Whether anybody in the world means the same by it: not this machine, its network, or one of the
  /// ranges that are set aside (RFC 6890).
  var isPublic: Bool {
    bytes.count == 4 ? Self.isPublic(four: bytes) : Self.isPublic(sixteen: bytes)
  }

  private static func isPublic(four bytes: [UInt8]) -> Bool {
    switch (bytes[0], bytes[1], bytes[2]) {
    case (0, _, _), (10, _, _), (127, _, _), (100, 64...127, _), (169, 254, _), (172, 16...31, _),
      (192, 168, _), (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 18...19, _), (198, 51, 100),
      (203, 0, 113), (224..., _, _):
      false
    default: true
    }
  }

  private static func isPublic(sixteen bytes: [UInt8]) -> Bool {
    let groups = stride(from: 0, to: 16, by: 2).map {
      UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
    }
    // Addresses of the old kind in clothes of the new: mapped, compatible, translated, tunnelled.
    if groups[0...4].allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF || groups[5] == 0 {
      return groups[5] == 0xFFFF && isPublic(four: Array(bytes[12...]))
    }
    if groups[0] == 0x64, groups[1] == 0xFF9B { return isPublic(four: Array(bytes[12...])) }
    if groups[0] == 0x2002 { return isPublic(four: Array(bytes[2...5])) }
    // Only 2000::/3 is given out; of it, not what is for teaching and tunnels.
    guard groups[0] & 0xE000 == 0x2000 else { return false }
    return !(groups[0] == 0x2001 && (groups[1] == 0 || groups[1] == 0xDB8))
      && !(groups[0] == 0x3FFF && groups[1] & 0xF000 == 0)
  }
}
