import Testing

@testable import ParvisApp

/// Attempts are counted by who asked, whatever stands before the server.
@Suite struct CallerNetworkTests {
  @Test(
    arguments: [
      ("192.0.2.7", nil, "192.0.2.7"),
      // A proxy on this machine says who asked; what was before it may be made up.
      ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
      ("127.0.0.1", "10.9.9.9, 192.0.2.7", "192.0.2.7"),
      ("::1", " 2001:db8:1:2:aaaa::1 ", "2001:db8:1:2::/64"),
      ("::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7"),
      // Anybody else may claim what they like.
      ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
      ("127.0.0.1", "nobody", "127.0.0.1"), ("127.0.0.1", "", "127.0.0.1"),
      ("127.0.0.1", nil, "127.0.0.1"), ("::1", nil, "::1"), (nil, "192.0.2.7", "-"),
    ] as [(String?, String?, String)])
  func network(peer: String?, forwarded: String?, expected: String) {
    #expect(CallerNetwork.of(peer, forwarded: forwarded) == expected)
  }

  @Test func `an office with many addresses of version 6 is one`() {
    #expect(
      CallerNetwork.of("2001:db8:1:2::1", forwarded: nil)
        == CallerNetwork.of("2001:db8:1:2:ffff:ffff:ffff:ffff", forwarded: nil))
    #expect(
      CallerNetwork.of("2001:db8:1:2::1", forwarded: nil)
        != CallerNetwork.of("2001:db8:1:3::1", forwarded: nil))
  }
}
