import Foundation
@testable import Kernel
@testable import ParvisApp
import KernelTesting
import PartnersAPI
import SQLite
import Testing

@Suite struct Retained {
  @Test func `every table is kept for a purpose with a time, or with a reason`() async throws {
    let database = try SQLiteDatabase(inMemory: ())
    let platform = Platform(modules: bareModules, database: database)
    try await platform.migrate()
    let tables = Set(try await database.tableNames())
    let timed = Set(bareModules.flatMap(\.retentions).flatMap(\.tables))
    let kept = Set(bareModules.flatMap(\.keptTables).map(\.table))
    #expect(tables.subtracting(timed).subtracting(kept).sorted() == [])
    // And what is declared is there; PostgreSQL has one table more.
    #expect(timed.union(kept).subtracting(tables) == ["kernel_turn"])
    #expect(timed.intersection(kept) == [])
  }

  @Test func `every purpose says in both languages why, what goes and what stays`() {
    let purposes = Dictionary(
      grouping: bareModules.flatMap(\.retentions), by: { $0.purpose.id })
    for (id, parts) in purposes {
      // One name means one purpose.
      #expect(Set(parts.map(\.purpose.name)).count == 1, "\(id)")
      for part in parts {
        let purpose = part.purpose
        #expect(purpose.range.contains(purpose.days), "\(id)")
        #expect(purpose.outlasts.allSatisfy { purposes[$0] != nil }, "\(id)")
        for words in [purpose.name, purpose.reason, purpose.from, part.goes, part.stays] {
          #expect(!words.en.isEmpty && !words.fr.isEmpty && words.en != words.fr, "\(id)")
        }
      }
    }
  }

  /// The edition of the seeds, opened at another time.
  static func played(at moment: String) async throws -> (Instance, SetClock, URL) {
    let played = try await PlayedEdition.reference.value
    let folder = PlayedEdition.newFolder()
    try FileManager.default.copyItem(at: played.untouched, to: folder)
    let directory = try DataDirectory.chosen(folder.path)
    let lock = try #require(try DirectoryLock.attempt(directory))
    let clock = SetClock(try #require(Instant(moment)))
    return (try await .open(directory, lock: lock, clock: clock.clock), clock, folder)
  }

  private func host(of instance: Instance) -> Kernel.Host {
    Host(
      database: instance.database, clock: instance.platform.clock, workroom: instance.workroom)
  }

  private func sums(_ instance: Instance, _ edition: EditionID) async throws -> [String: [String]] {
    try await instance.database.read { connection in
      var found: [String: [String]] = [:]
      for figure in instance.platform.figures {
        let rows = try figure.checkedEvidence(for: edition, in: connection)
        found[figure.id] = Dictionary(grouping: rows) { $0.group?.en ?? "" }.map { group, rows in
          let value =
            figure.aggregate == .count ? Int64(rows.count) : rows.reduce(0) { $0 + $1.value }
          return "\(group): \(value)"
        }.sorted()
      }
      return found
    }
  }

  /// Every row of every table, as one text each.
  private func rows(_ instance: Instance) async throws -> [(table: String, text: String)] {
    let tables = try await instance.database.tableNames()
    return try await instance.database.read { connection in
      try tables.flatMap { table in
        try connection.rows(SQL(text: "SELECT * FROM \"\(table)\"", values: [])).map { row in
          (
            table,
            row.values.map { value -> String in
              if case .text(let text) = value { text } else { "" }
            }.joined(separator: "\u{1F}")
          )
        }
      }
    }
  }

  @Test func `no row says who looked for work once it is over, and every figure is as it was`()
    async throws
  {
    let (instance, _, folder) = try await Self.played(at: "2021-12-05T10:00:00Z")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (edition, people, telling) = try await instance.database.read { connection in
      let agencies = try connection.rows(
        "SELECT id, name FROM partners_partner WHERE kind = 'employment-agency'")
      let ids = try agencies.map { try $0.get("id", as: String.self) }
      return (
        try connection.rows("SELECT id FROM programmes_edition")[0].get("id", as: EditionID.self),
        try connection.rows(
          "SELECT id FROM partners_volunteer WHERE regime = 'job-seeker' OR partner IN \(list: ids)"
        ).map { try $0.get("id", as: String.self) },
        try ids + agencies.map { try $0.get("name", as: String.self) } + ["job-seeker"]
      )
    }
    try #require(people.count > 5)
    func saying() async throws -> [String] {
      try await rows(instance).filter { row in
        telling.contains { row.text.contains($0) } && people.contains { row.text.contains($0) }
      }.map(\.table)
    }
    #expect(try await Set(saying()).count > 3)
    let before = try await sums(instance, edition)
    let went = try await instance.platform.prune(on: host(of: instance))
    #expect(went.contains { $0.purpose == "job-seeking" && $0.rows >= people.count })
    #expect(try await saying() == [])
    #expect(try await sums(instance, edition) == before)
    #expect(before["missions.hours-by-regime"]?.contains { $0.hasPrefix("job seeker") } == true)
  }

  @Test func `events that had their time break neither the timeline nor who reads on`()
    async throws
  {
    let (instance, clock, folder) = try await Self.played(at: "2021-12-05T10:00:00Z")
    defer { try? FileManager.default.removeItem(at: folder) }
    let platform = instance.platform
    @Sendable func call(_ endpoint: String, _ input: JSON = [:]) async throws -> JSON {
      try await platform.perform(Request(endpoint, as: .administrator, input))
    }
    @Sendable func problem(_ endpoint: String, _ input: JSON) async -> Problem? {
      do {
        _ = try await call(endpoint, input)
        return nil
      } catch {
        return error as? Problem
      }
    }
    let edition = try #require(try await call("programmes.editions").items.first?["id"])
    let timeline = try await call("report.document", ["edition": edition])["timeline"]
    try #require(timeline != nil)
    let audited = try await call("status.show")["events"]
    // Former names are found in events: they outlast the log of letters.
    let refused = await problem(
      "privacy.set-retention", ["purpose": "events", "days": 400])
    #expect(refused?.fields.map(\.field) == ["days"])
    for purpose: JSON in ["letters-log", "events"] {
      _ = try await call("privacy.set-retention", ["purpose": purpose, "days": 400])
    }
    clock.set(try #require(Instant("2022-12-05T10:00:00Z")))
    // One that somebody has still to hear stays, however old.
    let open = try await instance.database.write { connection in
      let row = try #require(
        try connection.rows("SELECT event_id FROM kernel_delivery ORDER BY sequence LIMIT 1").first)
      let id: String = try row.get("event_id")
      try connection.execute(
        "UPDATE kernel_delivery SET state = 'parked' WHERE event_id = \(id)")
      return id
    }
    let count = try await instance.database.rowCounts()["kernel_event"] ?? 0
    _ = try await platform.prune(on: host(of: instance))
    let left = try await instance.database.rowCounts()["kernel_event"] ?? 0
    #expect(left < count / 4 && left > 0)
    #expect(try await call("events.show", ["event": .string(open)])["payload"] != [:])
    #expect(try await call("report.document", ["edition": edition])["timeline"] == timeline)
    #expect(try await call("status.show")["events"] == audited)
    let old = await problem("events.feed", ["after": 3])
    #expect(old?.code == "events/cursor-too-old" && old?.status == 410)
    let fresh = try await call("events.feed")
    let cursor = try #require(fresh["cursor"])
    #expect(await problem("events.feed", ["after": cursor]) == nil)
    // A new event is told from there.
    #expect(try await call("events.feed", ["after": cursor])["items"] == [])
  }

  @Test func `what the audit no longer names is counted`() async throws {
    let (instance, clock, folder) = try await Self.played(at: "2027-01-01T10:00:00Z")
    defer { try? FileManager.default.removeItem(at: folder) }
    let count = try await instance.database.rowCounts()["kernel_audit"] ?? 0
    try #require(count > 1000)
    _ = try await instance.platform.perform(
      Request("privacy.prune", as: .administrator, ["purpose": "audit"]))
    let past = try await instance.database.read {
      try $0.rows("SELECT CAST(SUM(number) AS BIGINT) AS n FROM events_past_audit")[0].get(
        "n", as: Int.self)
    }
    #expect(past == count)
    let page = try await instance.platform.perform(
      Request("events.past-audit", as: .administrator))
    #expect(page["items"]?.items.contains { $0["useCase"] == "missions.log-hours" } == true)
    _ = clock
  }

  @Test func `settings are dated, bounded and named, and who looks sees what is planned`()
    async throws
  {
    let (instance, clock, folder) = try await Self.played(at: "2021-09-01T10:00:00Z")
    defer { try? FileManager.default.removeItem(at: folder) }
    @Sendable func set(_ input: JSON) async throws -> JSON {
      try await instance.platform.perform(
        Request("privacy.set-retention", as: .administrator, input))
    }
    func refused(_ input: JSON) async -> [String]? {
      do {
        _ = try await set(input)
        return nil
      } catch {
        return (error as? Problem)?.fields.map(\.field)
      }
    }
    #expect(await refused(["purpose": "nonsense", "days": 30]) == ["purpose"])
    #expect(await refused(["purpose": "job-seeking", "days": 5000]) == ["days"])
    #expect(await refused(["purpose": "job-seeking"]) == ["days"])
    #expect(await refused(["purpose": "job-seeking", "days": 30, "initial": true]) == ["days"])
    #expect(
      await refused(["purpose": "job-seeking", "days": 30, "from": "2021-08-01"]) == ["from"])
    #expect(
      await refused(["purpose": "job-seeking", "part": "x", "days": 30]) == ["part"])
    let planned = try await set([
      "purpose": "job-seeking", "days": 30, "from": "2021-10-01", "reason": "The board",
    ])
    #expect(planned["days"] == 90 && planned["planned"]?.items.map { $0["days"] } == [30])
    #expect(planned["planned"]?.items.first?["reason"] == "The board")
    clock.set(try #require(Instant("2021-10-01T10:00:00Z")))
    let all = try await instance.platform.perform(Request("privacy.retention", as: .manager))
    let now = all.items.first { $0["purpose"] == "job-seeking" }
    #expect(now?["days"] == 30 && now?["current"]?["setBy"] != nil)
    let back = try await set(["purpose": "job-seeking", "initial": true])
    #expect(back["days"] == 90)
    // Staff look, an administrator sets.
    let manager = Request("privacy.set-retention", as: .manager, ["purpose": "drafts", "days": 90])
    await #expect(throws: Problem.self) { _ = try await instance.platform.perform(manager) }
  }
}
