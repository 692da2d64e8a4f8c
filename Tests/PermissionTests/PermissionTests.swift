import Foundation
import Kernel
@testable import ParvisApp
import Testing

@Suite struct WhoMayCallWhat {
  let permissions: Permissions
  let byID: [String: Set<Role>]

  init() throws {
    var permissions = try Permissions()
    // `make record`: what the code says is written down, for the review to see.
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try permissions.record(bareEndpoints)
    }
    self.permissions = permissions
    byID = Dictionary(permissions.lines.map { ($0.id, $0.roles) }) { first, _ in first }
  }

  @Test func `every use case is stated beside its module, with exactly its roles`() {
    for endpoint in bareEndpoints {
      #expect(
        byID[endpoint.id] == endpoint.callers,
        "\(endpoint.id)  \(words(for: endpoint.callers)): run `make record` if it is meant")
    }
  }

  @Test func `nothing is stated that is gone, and nothing twice`() {
    let known = Set(bareEndpoints.map(\.id))
    #expect(permissions.lines.map(\.id).filter { !known.contains($0) } == [])
    #expect(byID.count == permissions.lines.count)
  }

  @Test func `a module states its own use cases only`() {
    for file in permissions.files {
      let folder = file.path.deletingLastPathComponent().lastPathComponent.lowercased()
      let modules = Set(file.lines.map { String($0.id.prefix { $0 != "." }) })
      switch folder {
      case "parvis":
        let own: Set = [
          "backups", "events", "files", "privacy", "settings", "status", "webhooks",
        ]
        #expect(modules == own)
      case "reporting": #expect(modules == ["report"])
      case "accounts": #expect(modules == ["accounts", "token"])
      default: #expect(modules == [folder])
      }
    }
  }

  @Test func `who is not stated is turned away before anything is read`() async {
    let platform = Platform(modules: bareModules, database: NoDatabase())
    for endpoint in bareEndpoints {
      for role in Role.allCases where role != .system {
        guard byID[endpoint.id]?.contains(role) != true else { continue }
        do {
          _ = try await platform.perform(Request(endpoint.id, as: Actor(role)))
          Issue.record("\(role) may call \(endpoint.id)")
        } catch {
          #expect(error.status == (role == .anyone ? 401 : 403), "\(role) \(endpoint.id)")
        }
      }
    }
  }
}

@Test func `only administrators make, list and revoke tokens and see events`() {
  // The feed tells each role what it may know, by ids alone.
  for endpoint in bareEndpoints
  where ["token", "events", "webhooks"].contains(endpoint.module) && endpoint.id != "events.feed" {
    #expect(endpoint.callers == [.administrator], "\(endpoint.id)")
  }
}

@Test func `every field that somebody may be asked for has its words`() {
  for endpoint in bareEndpoints {
    #expect(
      endpoint.input().unlabelled() == [],
      "\(endpoint.id): add them to its input (Labelled) or to the glossary")
  }
}
