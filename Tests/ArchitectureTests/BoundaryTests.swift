import Boundaries
import Foundation
import Testing

/// Two modules as they should be.
private func sound() -> Manifest {
  func module(_ name: String, uses: [String]) -> [Manifest.Target] {
    let contracts = uses.map { $0 + "API" }
    return [
      .init(name: name + "API", dependencies: ["Kernel"] + contracts),
      .init(name: name, dependencies: ["Kernel", "Pages", name + "API"] + contracts),
      .init(name: name + "Fakes", dependencies: ["Kernel", "KernelTesting", name + "API"]),
      .init(name: name + "Tests", dependencies: ["Kernel", "KernelTesting", "SQLite", name]),
    ]
  }
  return Manifest(
    targets: [
      .init(name: "Kernel", dependencies: []),
      .init(name: "Pages", dependencies: ["Kernel"]),
      .init(name: "SQLite", dependencies: ["Kernel", "GRDB"]),
      .init(name: "SMTP", dependencies: ["NIOSSL"]), .init(name: "DKIM", dependencies: ["Crypto"]),
    ]
      + module("Calls", uses: []) + module("Teams", uses: ["Calls"]))
}

private func offences(
  _ manifest: Manifest, folders: [String] = ["Calls", "Teams"], _ files: [SourceFile] = []
) -> [String] {
  Rules(manifest: manifest, folders: folders, files: files).offences()
}

private func adding(_ dependency: String, to target: String) -> Manifest {
  var manifest = sound()
  manifest.targets = manifest.targets.map {
    $0.name == target ? .init(name: $0.name, dependencies: $0.dependencies + [dependency]) : $0
  }
  return manifest
}

@Suite struct Boundaries {
  @Test func `a sound package has no offence`() { #expect(offences(sound()) == []) }

  @Test(arguments: [
    ("Calls", "Teams"), ("Teams", "Calls"), ("Calls", "GRDB"), ("Teams", "Hummingbird"),
    ("CallsAPI", "Calls"), ("CallsAPI", "SQLite"), ("CallsFakes", "Teams"), ("TeamsTests", "Calls"),
    ("Kernel", "GRDB"), ("SQLite", "Calls"), ("Calls", "MatchingEngine"),
    ("Pages", "Hummingbird"), ("CallsAPI", "Pages"), ("Kernel", "Pages"),
    ("Calls", "SMTP"), ("Teams", "DKIM"), ("SMTP", "Kernel"), ("DKIM", "TeamsAPI"),
  ])
  func `a dependency across the border is found`(target: String, other: String) {
    #expect(offences(adding(other, to: target)).contains("\(target) must not depend on \(other)"))
  }

  @Test func `contracts that go round in a circle are found`() {
    let found = offences(adding("TeamsAPI", to: "CallsAPI"))
    #expect(found.contains("the contract CallsAPI depends on itself through others"))
    #expect(found.contains("the contract TeamsAPI depends on itself through others"))
  }

  @Test func `a folder without a row, and a row without a folder, are found`() {
    #expect(offences(sound(), folders: ["Calls", "Teams", "Training"]).count == 4)
    #expect(offences(sound(), folders: ["Calls"]).count == 1)
  }

  @Test func `a table of another module or of the kernel is found, one’s own is not`() {
    func file(_ sql: String) -> [SourceFile] {
      [SourceFile(path: "Modules/Teams/Sources/X.swift", text: "let x: SQL = \"\(sql)\"")]
    }
    #expect(offences(sound(), file("SELECT * FROM teams_place JOIN teams_run")) == [])
    #expect(offences(sound(), file("SELECT * FROM calls_call")).count == 1)
    #expect(offences(sound(), file("DELETE FROM kernel_event")).count == 1)
    #expect(offences(sound(), file("UPDATE calls_call SET x = 1")).count == 1)
  }

  @Test(arguments: ["Date()", "UUID()", "Int.random(in: 0..<9)"])
  func `time, identifiers and chance taken past the kernel are found`(call: String) {
    let file = SourceFile(path: "Modules/Teams/Sources/X.swift", text: "let x = \(call)")
    #expect(offences(sound(), [file]).count == 1)
    let test = SourceFile(path: "Modules/Teams/Tests/X.swift", text: "let x = \(call)")
    #expect(offences(sound(), [test]) == [])
  }

  @Test func `a use case in no list, and a list that the module leaves out, are found`() {
    func found(_ list: String, joined: String) -> [String] {
      offences(
        sound(),
        [
          SourceFile(
            path: "Modules/Teams/Sources/Places.swift",
            text: """
              @UseCases var aboutPlaces: [Endpoint] {
                \(list)
              }
              var offer: UseCase<Offer, Place> { .command() }
              var take: UseCase<Take, Place> { .command() }
              """),
          SourceFile(
            path: "Modules/Teams/Sources/TeamsModule.swift",
            text: "public var endpoints: [Endpoint] { \(joined) }"),
        ])
    }
    #expect(found("offer\n  take", joined: "aboutPlaces") == [])
    #expect(
      found("offer", joined: "aboutPlaces") == [
        "Modules/Teams/Sources/Places.swift declares the use case take and has it in no list"
      ])
    #expect(
      found("offer\n  take", joined: "aboutRuns") == [
        "Modules/Teams/Sources/Places.swift has the list aboutPlaces, which its module’s endpoints leave out"
      ])
  }

  @Test func `the dump of a package is read in each of its forms`() throws {
    let dump = """
      {"targets": [{"name": "A", "dependencies": [
        {"byName": ["B", null]}, {"target": ["C", {"platformNames": []}]}, {"product": ["D", "d", null, null]}]}]}
      """
    #expect(try Manifest(dump: Data(dump.utf8)).targets[0].dependencies == ["B", "C", "D"])
  }
}
