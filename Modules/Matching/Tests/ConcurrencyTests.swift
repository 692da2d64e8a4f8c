import AccompanimentAPI
import Foundation
import Kernel
import KernelTesting
import Matching
import MatchingAPI
import PartnersAPI
import ProgrammesAPI
import SQLite
import Testing

/// Everybody acts at the same moment, on the database as it is used: a file.
@Suite struct Crowd {
  private let briefs = (1...6).map { number in
    brief(
      number, seats: 3,
      halfDays: [number.isMultiple(of: 2) ? MatchingScene.morning : MatchingScene.afternoon])
  }
  private let people = (1...40).map { number in
    volunteer(number, level: 3 + number % 3, capacity: number.isMultiple(of: 5) ? 2 : 1)
  }

  private func platform(in folder: String, _ clock: SetClock) async throws -> Platform {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let database = try SQLiteDatabase(file: folder + "/crowd.sqlite", surviving: .process)
    let present = MatchingScene.Present(people)
    let platform = Platform(
      modules: [
        MatchingScene.module(
          Host(database: database, clock: clock.clock), try MatchingScene.sampleEdition(),
          briefs: briefs, present: present), Announcer(),
      ], database: database, clock: clock.clock)
    try await platform.migrate()
    return platform
  }

  /// Calls all at once; the codes of the problems that were met.
  private func together(_ platform: Platform, _ calls: [(String, JSON)]) async -> [String] {
    await withTaskGroup(of: String?.self) { group in
      for (endpoint, input) in calls {
        group.addTask {
          do {
            _ = try await platform.perform(Request(endpoint, as: .manager, input))
            return nil
          } catch {
            return (error as? Problem)?.code ?? "\(error)"
          }
        }
      }
      return await group.reduce(into: []) { if let code = $1 { $0.append(code) } }
    }
  }

  /// What must hold at every moment.
  private func requireOrder(_ platform: Platform) async throws -> [Place] {
    let module = try #require(platform.modules.first as? MatchingModule)
    let places = try await module.places(of: MatchingScene.edition)
    let active = places.filter { $0.state.isActive }
    for (role, held) in Dictionary(grouping: active, by: \.role) {
      let seats = briefs.flatMap(\.roles).first { $0.id == role }?.seats.value ?? 0
      #expect(held.count <= seats, "a role of \(seats) seats has \(held.count)")
    }
    for (id, held) in Dictionary(grouping: active, by: \.volunteer) {
      let capacity = people.first { $0.id == id }?.capacity ?? 0
      #expect(held.count <= capacity)
      let days = held.flatMap { place in briefs.first { $0.id == place.brief }?.halfDays ?? [] }
      #expect(Set(days).count == days.count, "\(id) is at two places at once")
    }
    // Nobody is asked twice for the same role.
    let asked = places.map { "\($0.volunteer) \($0.role)" }
    #expect(Set(asked).count == asked.count)
    return places
  }

  @Test func `nobody is double-booked and no seat given twice, whoever acts at the same moment`()
    async throws
  {
    let folder = NSTemporaryDirectory() + "/parvis-crowd-\(UInt64.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let clock = SetClock(Instant("2020-09-01T09:00:00Z") ?? .sample)
    let platform = try await platform(in: folder, clock)
    let edition = JSON.string(MatchingScene.edition.description)
    var runs: [JSON] = []
    for strategy in ["optimal", "greedy", "stable"] {
      let run = try await platform.perform(
        Request(
          "matching.run", as: .manager, ["edition": edition, "strategy": .string(strategy)]))
      runs.append(run["id"] ?? nil)
    }

    // Three runs, each published four times: one wins once.
    let refused = await together(
      platform,
      (0..<12).map {
        ("matching.publish", ["run": runs[$0 % 3], "confirmBy": "2020-09-15"])
      })
    #expect(refused.count == 11)
    #expect(Set(refused).isSubset(of: ["matching/not-draft", "matching/already-published"]))
    _ = try await requireOrder(platform)

    var random = SystemRandomNumberGenerator()
    var taken: Set<PlaceID> = []
    for round in 0..<6 {
      let places = try await requireOrder(platform)
      // Whoever accepted stays where they are until they leave themselves.
      for place in places where taken.contains(place.id) {
        #expect(place.state == .confirmed || place.state == .withdrawn)
      }
      var calls: [(String, JSON)] = []
      for place in places where place.state.isActive {
        let id = JSON.string(place.id.description)
        calls += [
          ("matching.confirm", ["place": id]), ("matching.decline", ["place": id]),
          ("matching.confirm", ["place": id]),
        ]
        if Bool.random(using: &random) { calls.append(("matching.withdraw", ["place": id])) }
        if round == 2 {
          calls.append(
            ("announcer.arrive", ["volunteer": .string(place.volunteer.description)]))
        }
      }
      calls.shuffle(using: &random)
      let orders = calls
      async let problems = together(platform, orders)
      if round == 4 { clock.advance(seconds: 30 * 86_400) }
      async let jobs: Void = platform.runDueJobs()
      async let heard = platform.deliverEvents()
      let codes = await problems
      _ = try await (jobs, heard)
      #expect(
        Set(codes).isSubset(of: [
          "matching/wrong-place-state", "matching/deadline-passed", "stale-version",
        ]), "\(Set(codes))")
      taken.formUnion(try await requireOrder(platform).filter { $0.state == .confirmed }.map(\.id))
    }
    #expect(!taken.isEmpty)
  }
}
