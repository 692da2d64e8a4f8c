internal import Foundation

/// Where somebody comes from, as attempts are counted and sessions listed: their address, of IPv6 the 64 bits that
/// one household or office is given.
enum CallerNetwork {
  /// `peer` is who connected; where that is this machine itself, a proxy stands before the server, and the last
  /// address it `forwarded` (`X-Forwarded-For`) is who asked. What others say of themselves is not believed.
  static func of(_ peer: String?, forwarded: String?) -> String {
    guard let peer, let address = IPAddress(peer) else { return "-" }
    let said = forwarded?.split(separator: ",").last?.trimmingCharacters(in: .whitespaces)
    if address.isThisMachine, let said, let told = IPAddress(said) { return told.network }
    return address.network
  }
}

/// An address of either kind, as bytes.
private struct IPAddress {
  private let bytes: [UInt8]

  /// Nil for anything but an address.
  init?(_ text: String) {
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: &four) { Array($0) }
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      let all = withUnsafeBytes(of: &six) { Array($0) }
      // An address of version 4 in the form of 6.
      let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
      bytes = isMapped ? Array(all.suffix(4)) : all
    } else {
      return nil
    }
  }

  var isThisMachine: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
  }

  var network: String {
    if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
    if isThisMachine { return "::1" }
    let groups = stride(from: 0, to: 8, by: 2).map {
      String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
    }
    return groups.joined(separator: ":") + "::/64"
  }
}
