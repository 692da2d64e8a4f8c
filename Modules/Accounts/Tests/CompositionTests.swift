import AccountsAPI
import Testing

@Suite struct Secrets {
  @Test func `a secret never shows in a log line`() throws {
    let secret = try #require(Secret(String(repeating: "a", count: 43)))
    #expect("\(secret)" == "(secret)")
    #expect(Secret("short") == nil)
  }
}
