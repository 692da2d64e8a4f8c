import Foundation
@testable import Kernel
@testable import ParvisApp
import SQLite
import Testing

/// A backup that was asked for from the page, when the program ends in the middle of it.
@Suite struct BackupWorkTests {
  fileprivate struct House {
    let site: Site
    let directory: DataDirectory
    let backups: BackupsModule
    let platform: Platform

    init() async throws {
      site = try await Site()
      directory = DataDirectory(path: site.folder)
      let host = Kernel.Host(database: site.database, clock: site.clock.clock)
      backups = BackupsModule(host: host, directory: directory, staying: true)
      platform = Platform(
        modules: [backups], database: site.database, clock: site.clock.clock)
    }

    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: directory.backups).sorted()
    }
    func work() async throws -> [WorkRow] {
      try await site.database.read { try $0.select(WorkRow.self, "ORDER BY asked_at, id") }
    }
    func ask() async throws {
      _ = try await platform.perform(Kernel.Request("backups.make", as: .administrator))
    }
  }

  @Test func `one that stopped with its program is made by the next, and leaves no half file`()
    async throws
  {
    let house = try await House()
    try await house.ask()
    // The program ends before it has begun, or in the middle of it.
    try await house.platform.deliverEvents()
    await house.backups.host.workroom.close()
    let left = try await house.work()
    #expect(left.count == 1)
    #expect(try house.files().allSatisfy { !$0.contains(".part") })
    let next = try await House(like: house)
    try await next.platform.runDueJobs()
    await next.backups.host.workroom.rest("backups")
    #expect(try await next.work().map(\.state) == [.done])
    #expect(try next.files().contains { $0.hasSuffix(".backup") })
  }

  @Test func `one that was wanted long ago is said to have failed`() async throws {
    let house = try await House()
    try await house.ask()
    house.site.clock.advance(seconds: 7200)
    try await house.platform.runDueJobs()
    let row = try #require(try await house.work().first)
    #expect(row.state == .failed && row.fault?.en.contains("ended") == true)
  }

  @Test func `what a program that died left half done goes when the next begins`() async throws {
    let house = try await House()
    let part = house.directory.backups + "/parvis-2020-03-01T02-00-00.000Z.backup.part"
    let incoming = house.directory.files + "/incoming"
    try FileManager.default.createDirectory(
      atPath: incoming, withIntermediateDirectories: true)
    for path in [part, part + ".sha256", incoming + "/one"] {
      try Data("half".utf8).write(to: URL(fileURLWithPath: path))
    }
    // Another program writes this one just now.
    let held = try HalfFiles(house.directory.backups + "/other.backup.part")
    HalfFiles.sweep(house.directory)
    #expect(try house.files() == ["other.backup.part"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: incoming).isEmpty)
    held.discard()
    #expect(try house.files().isEmpty)
  }
}

extension BackupWorkTests.House {
  /// The next process on the same data.
  fileprivate init(like other: Self) async throws {
    site = other.site
    directory = other.directory
    let host = Kernel.Host(database: site.database, clock: site.clock.clock)
    backups = BackupsModule(host: host, directory: directory, staying: true)
    platform = Platform(modules: [backups], database: site.database, clock: site.clock.clock)
  }
}
