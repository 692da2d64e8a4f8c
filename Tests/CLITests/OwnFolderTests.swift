import Foundation
import Kernel
import Testing

/// Paths that people name, and the folder in which an instance keeps its own.
@Suite struct OwnFolderTests {
  @Test func `nothing is read from, trusted in or saved into what the instance keeps itself`()
    async throws
  {
    let shop = try Workshop()
    try await shop.parvis("init")
    let link = shop.folder + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: shop.data)
    let files = shop.data + "/files"
    try Data("a letter".utf8).write(to: URL(fileURLWithPath: files + "/one"))
    for path in [
      shop.data, shop.data + "/", files, files + "/not/there/yet", link, link + "/mailbox",
      shop.folder + "/./data/reports",
    ] {
      let returns = try await shop.parvis("notifications", "change-settings", "--returns", path)
      #expect(returns.status == 65, "\(path): \(returns.output)")
      #expect(returns.error.contains("returns"), "\(path): \(returns.error)")
    }
    for path in [shop.data + "/parvis.sqlite", link + "/keys/a.key", "relative.pem"] {
      let trusted = try await shop.parvis("notifications", "change-settings", "--trusted", path)
      #expect(trusted.status == 65 && trusted.error.contains("trusted"), "\(path)")
    }
    for path in [files, link + "/files"] {
      #expect(try await shop.parvis("notifications", "read-returns", path).status == 64)
      #expect(try await shop.parvis("backup", "--to", path).status == 64)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: files) == ["one"])
    // Beside it, and in folders called alike, all is well.
    let other = shop.data + "-returns"
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    #expect(
      try await shop.parvis("notifications", "change-settings", "--returns", other).status == 0)
    #expect(try await shop.parvis("notifications", "read-returns", other).status == 0)
    #expect(try await shop.parvis("backup", "--to", shop.folder + "/copies").status == 0)
  }
}
