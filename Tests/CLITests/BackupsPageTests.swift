import Foundation
import Kernel
import Testing

@Suite struct BackupsByTheBrowser {
  @Test func `a backup is asked for, made behind the page, listed, and looked at again`()
    async throws
  {
    let shop = try Workshop()
    try await shop.parvis("init")
    let (server, _) = try await shop.serve()
    func list() async throws -> JSON { try await shop.parvis("backups", "list", "--json").json }
    #expect(try await list()["backups"]?.items.isEmpty == true)
    #expect(try await shop.parvis("backups", "make", "--json").json["state"] == "waiting")
    func ended(_ count: Int) async throws -> JSON {
      for _ in 0..<200 {
        let now = try await list()
        let work = now["work"]?.items ?? []
        if work.count == count, work.allSatisfy({ $0["state"] != "waiting" }) { return now }
        try await Task.sleep(for: .milliseconds(50))
      }
      return try await list()
    }
    let made = try await ended(1)
    let first = try #require(made["backups"]?.items.first)
    let name = try #require(first["name"]?.text)
    #expect(first["hasChecksum"] == true && first["isGood"] ?? .null == .null)
    #expect(made["work"]?.items.first?["state"] == "done")
    #expect(made["lastGood"]?.text?.hasSuffix(name) == true)
    #expect(first["at"]?.text?.isEmpty == false)

    try await shop.parvis("backups", "check", name)
    #expect(try await ended(2)["backups"]?.items.first?["isGood"] == true)
    let path = shop.data + "/backups/" + name
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 2] ^= 0x40
    try bytes.write(to: URL(fileURLWithPath: path))
    try await shop.parvis("backups", "check", name)
    let bad = try await ended(3)
    #expect(bad["backups"]?.items.first?["isGood"] == false)
    #expect(bad["work"]?.items.first?["fault"]?["fr"]?.text?.contains("somme de contrôle") == true)
    for other in ["../parvis.sqlite", "nothing", ".."] {
      #expect(try await shop.parvis("backups", "check", other).status != 0, "\(other)")
    }
    for role in ["manager", "anyone"] {
      #expect(try await shop.parvis("backups", "make", "--as", role).status != 0)
    }
    _ = try await server.stop()
    // Without a server it is done before the command ends.
    try await shop.parvis("backups", "make")
    #expect(try await list()["backups"]?.items.count == 2)
  }
}
