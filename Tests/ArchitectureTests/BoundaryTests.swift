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

  @Test func `a public declaration that does not say what it is is named with its line`() {
    func found(_ text: String, in path: String = "Modules/Teams/API/TeamsAPI.swift") -> [String] {
      offences(sound(), [SourceFile(path: path, text: text)])
    }
    let contract = """
      /// A team.
      public struct Team {
        /// Its people, “public let” in a text.
        public let people: [String]
        public let name = "{ public }"
        var hidden: Int { 1 }

        public init(people: [String]) {
          self.people = people
        }
        public init() {
          people = []
        }
        @discardableResult
        public func leave() -> Int {
          let count = 1
          switch count { case 1: return 1 default: return 2 }
        }
        public var description: String { "a team" }
      }

      public protocol TeamsAPI: Sendable {
        /// Those there are.
        func teams() async throws -> [Team]
        @discardableResult
        func form(
          size: Int
        ) async throws -> Team
      }

      /// Why not.
      public enum TeamsError: UserFacing {
        case full
        // A remark is no documentation.
        case over(String)
        public var problem: Problem { .forbidden }
      }

      extension Team {
        public static func < (left: Team, right: Team) -> Bool { true }
        public static func + (left: Team, right: Team) -> Team { left }
      }
      """
    #expect(
      found(contract)
        == [
          (5, "let name"), (11, "init of Team"), (15, "func leave"), (22, "protocol TeamsAPI"),
          (26, "func form"), (33, "case full"), (35, "case over"), (41, "func +"),
        ].map {
          "Modules/Teams/API/TeamsAPI.swift:\($0) declares \($1) without saying what it is or promises"
        }.sorted())
    // What modules stand on is held to it, too, but for choices that are plain; modules' own sources are not.
    let open = "public enum Side {\n  case left\n}\n"
    for folder in ["Sources/Kernel", "Sources/Pages", "Sources/SQLite", "Modules/Matching/Engine"] {
      #expect(found(open, in: "\(folder)/Open.swift").count == 1)
    }
    #expect(found(open, in: "Modules/Teams/API/Open.swift").count == 2)
    #expect(found(open, in: "Modules/Teams/Sources/Open.swift") == [])
  }

  @Test func `an event that does not say when it is said is found`() {
    func found(_ words: String) -> [String] {
      let text = """
        /// A team is there.
        \(words)
        public struct TeamFormed: Event {
          public let edition: EditionID?
          /// Which.
          public let team: TeamID
          public static let name = "teams.formed"
          public var aggregate: String { team.description }
        }
        """
      return offences(sound(), [SourceFile(path: "Modules/Teams/API/Events.swift", text: text)])
    }
    #expect(found("/// Said when staff form one.") == [])
    #expect(
      found("/// It is new.") == [
        "Modules/Teams/API/Events.swift:3 declares the event TeamFormed without “Said …”: when it is said"
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
