import Kernel
@testable import ParvisApp
import Testing

/// The roles a line of the table stands for.
private func roles(_ line: String) -> Set<Role> {
  let words = line.split(separator: " ").map(String.init)
  return words.reduce(into: Set<Role>()) { roles, word in
    switch word {
    case "staff": roles.formUnion(Set<Role>.staff)
    case "signedIn": roles.formUnion(Set<Role>.signedIn)
    case "everyone": roles.formUnion(Set<Role>.everyone)
    default: if let role = Role(rawValue: word) { roles.insert(role) }
    }
  }
}

@Test func `every use case is in the table of permissions, with exactly its roles`() {
  for endpoint in bareEndpoints {
    guard let line = permissions[endpoint.id] else {
      Issue.record("\(endpoint.id) is not in Tests/PermissionTests/Permissions.swift")
      continue
    }
    #expect(endpoint.callers == roles(line), "\(endpoint.id)")
  }
}

@Test func `the table names nothing that is gone`() {
  let known = Set(bareEndpoints.map(\.id))
  #expect(permissions.keys.filter { !known.contains($0) }.sorted() == [])
}

@Test func `whoever is not in the table is turned away before anything is read`() async {
  let platform = Platform(modules: bareModules, database: NoDatabase())
  for endpoint in bareEndpoints {
    for role in Role.allCases where role != .system {
      guard !roles(permissions[endpoint.id] ?? "").contains(role) else { continue }
      do {
        _ = try await platform.perform(Request(endpoint.id, as: Actor(role)))
        Issue.record("\(role) may call \(endpoint.id)")
      } catch {
        #expect(error.status == (role == .anyone ? 401 : 403), "\(role) \(endpoint.id)")
      }
    }
  }
}

@Test func `only administrators make, list and revoke tokens and see events`() {
  for endpoint in bareEndpoints where ["token", "events"].contains(endpoint.module) {
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
