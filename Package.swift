// swift-tools-version: 6.2
import Foundation
import PackageDescription

// One row per module: its name, and the contracts (API targets) its implementation calls.
// `make module NAME=Training` stamps the folder; then add a row here and a line in
// Sources/Parvis/Modules.swift.
nonisolated let modules: [(name: String, uses: [String])] = [
  ("Programmes", []),
  ("Applications", ["Programmes"]),
  ("Accompaniment", ["Programmes", "Applications"]),
  ("Partners", ["Programmes", "Applications"]),
  ("Matching", ["Programmes", "Applications", "Accompaniment", "Partners"]),
  ("Missions", ["Programmes", "Applications", "Accompaniment", "Partners", "Matching"]),
  ("Reporting", ["Programmes"]),
  ("Accounts", []),
  (
    "Notifications",
    ["Programmes", "Applications", "Accompaniment", "Partners", "Matching", "Missions"]
  ),
]

// MODULE=Matching keeps only that module, its API neighbours and their fakes: one team builds and
// tests while another team's module does not compile. See CONTRIBUTING.md.
let slice = ProcessInfo.processInfo.environment["MODULE"].flatMap { $0.isEmpty ? nil : $0 }

nonisolated let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let grdb = [
  Target.Dependency.product(name: "GRDB", package: "GRDB.swift"),
  // SQLite's own functions, for the path that every request takes.
  Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift"),
]

func uses(of name: String) -> [String] { modules.first { $0.name == name }?.uses ?? [] }
func api(_ name: String) -> Target.Dependency { .target(name: name + "API") }

/// The contract of a module, and the double other teams test with.
func contract(of name: String) -> [Target] {
  // A contract may speak of the contracts of the modules its implementation uses.
  let neighbours = uses(of: name).map(api)
  return [
    .target(
      name: name + "API", dependencies: ["Kernel"] + neighbours, path: "Modules/\(name)/API",
      packageAccess: false, swiftSettings: settings),
    .target(
      name: name + "Fakes", dependencies: ["Kernel", "KernelTesting", api(name)] + neighbours,
      path: "Modules/\(name)/Fakes", packageAccess: false, swiftSettings: settings),
  ]
}

/// The secret of a module: its rules and rows, and their tests.
func implementation(of name: String) -> [Target] {
  let engine: [Target.Dependency] =
    switch name {
    case "Matching": ["MatchingEngine"]
    case "Accounts": [.product(name: "Crypto", package: "swift-crypto")]
    default: []
    }
  return [
    .target(
      name: name, dependencies: ["Kernel", "Pages", api(name)] + uses(of: name).map(api) + engine,
      path: "Modules/\(name)/Sources", packageAccess: false, swiftSettings: settings),
    .testTarget(
      name: name + "Tests",
      dependencies: ["Kernel", "Pages", "SQLite", "KernelTesting", api(name), .target(name: name)]
        + uses(of: name).flatMap { [api($0), .target(name: $0 + "Fakes")] } + engine,
      path: "Modules/\(name)/Tests", packageAccess: false, swiftSettings: settings),
  ]
}

let engine: [Target] = [
  .target(
    name: "MatchingEngine", path: "Modules/Matching/Engine", packageAccess: false,
    swiftSettings: settings),
  .testTarget(
    name: "MatchingEngineTests", dependencies: ["MatchingEngine"],
    path: "Modules/Matching/EngineTests", packageAccess: false, swiftSettings: settings),
]

let foundation: [Target] = [
  .target(name: "Kernel", swiftSettings: settings),
  .target(name: "Pages", dependencies: ["Kernel"], swiftSettings: settings),
  .target(name: "SQLite", dependencies: ["Kernel"] + grdb, swiftSettings: settings),
  .systemLibrary(
    name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
  .target(name: "Postgres", dependencies: ["Kernel", "CLibPQ"], swiftSettings: settings),
  .target(
    name: "KernelTesting", dependencies: ["Kernel", "SQLite", "Postgres"], swiftSettings: settings),
  .testTarget(
    name: "KernelTests", dependencies: ["Kernel", "SQLite", "KernelTesting"],
    swiftSettings: settings),
  .testTarget(
    name: "PagesTests", dependencies: ["Kernel", "KernelTesting", "Pages"], swiftSettings: settings),
  .testTarget(
    name: "DriverTests", dependencies: ["Kernel", "KernelTesting", "SQLite", "Postgres"],
    swiftSettings: settings),
]

let benchmarks: [Target] = [
  .executableTarget(
    name: "matching-instances", path: "Benchmarks/Matching/Generator", swiftSettings: settings),
  .executableTarget(
    name: "matching-live", dependencies: ["MatchingEngine"], path: "Benchmarks/Matching/Live",
    swiftSettings: settings),
]

/// What carries letters: the app gives it to Notifications.
let mail: [Target] = [
  .target(
    name: "SMTP",
    dependencies: [
      .product(name: "NIOCore", package: "swift-nio"),
      .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "NIOSSL", package: "swift-nio-ssl"),
    ], swiftSettings: settings),
  .target(
    name: "DKIM",
    dependencies: [
      .product(name: "Crypto", package: "swift-crypto"),
      .product(name: "CryptoExtras", package: "swift-crypto"),
    ], swiftSettings: settings),
  .testTarget(
    name: "MailTests", dependencies: ["SMTP", "DKIM", "parvis"],
    exclude: ["server.py", "check.py"],
    swiftSettings: settings),
]

let architecture: [Target] = [
  .target(name: "Boundaries", swiftSettings: settings),
  .executableTarget(
    name: "boundaries", dependencies: ["Boundaries"], path: "Sources/BoundariesMain",
    swiftSettings: settings),
  .testTarget(name: "ArchitectureTests", dependencies: ["Boundaries"], swiftSettings: settings),
]

let app: [Target] = [
  .executableTarget(
    name: "parvis", dependencies: ["ParvisApp"], path: "Sources/ParvisMain", swiftSettings: settings
  ),
  .target(
    name: "ParvisApp",
    dependencies: [
      "Kernel", "Pages", "SQLite", "Postgres", "MatchingEngine", "SMTP", "DKIM",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
      .product(name: "AsyncHTTPClient", package: "async-http-client"),
      .product(name: "Configuration", package: "swift-configuration"),
      .product(name: "Crypto", package: "swift-crypto"),
      .product(name: "CryptoExtras", package: "swift-crypto"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "HummingbirdCore", package: "hummingbird"),
      .product(name: "Logging", package: "swift-log"),
      .product(name: "NIOCore", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      .product(name: "Yams", package: "Yams"),
    ] + modules.flatMap { [api($0.name), .target(name: $0.name)] },
    path: "Sources/Parvis", exclude: ["permissions.txt"], swiftSettings: settings),
  .testTarget(
    name: "HTTPTests",
    dependencies: [
      "Kernel", "KernelTesting", "Pages", "SQLite", "ParvisApp", "AccountsAPI", "AccountsFakes",
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "HummingbirdCore", package: "hummingbird"),
      .product(name: "Logging", package: "swift-log"),
      .product(name: "NIOCore", package: "swift-nio"),
    ], swiftSettings: settings),
  .testTarget(
    name: "ReportTests",
    dependencies: [
      "Kernel", "KernelTesting", "ParvisApp", "ProgrammesAPI", "ReportingAPI", "SQLite",
    ],
    swiftSettings: settings),
  .testTarget(
    name: "ProductTests",
    dependencies: ["Kernel", "KernelTesting", "Pages", "ParvisApp", "SQLite", "parvis"],
    swiftSettings: settings),
  .testTarget(
    name: "PermissionTests", dependencies: ["Kernel", "ParvisApp"], swiftSettings: settings),
  .testTarget(
    name: "CLITests", dependencies: ["Kernel", "ParvisApp", "SQLite", "parvis"],
    exclude: ["Schemas"], swiftSettings: settings),
  .testTarget(
    name: "GuideTests",
    dependencies: ["Kernel", "KernelTesting", "Pages", "SQLite"]
      + modules.flatMap {
        [api($0.name), .target(name: $0.name + "Fakes"), .target(name: $0.name)]
      }, swiftSettings: settings),
]

var targets = foundation
switch slice {
case nil:
  targets +=
    architecture + mail + engine + benchmarks
    + modules.flatMap { contract(of: $0.name) + implementation(of: $0.name) } + app
case "Kernel":
  break
case "MatchingEngine":
  targets = engine
case let name?:
  // A contract may name a neighbour's contract, so the neighbours' neighbours come along.
  var needed: [String] = []
  func include(_ name: String) {
    uses(of: name).forEach(include)
    if !needed.contains(name) { needed.append(name) }
  }
  include(name)
  targets +=
    (name == "Matching" ? engine : []) + needed.flatMap(contract) + implementation(of: name)
}

let package = Package(
  name: "parvis",
  platforms: [.macOS(.v26)],
  products: slice == nil
    ? [
      .executable(name: "parvis", targets: ["parvis"]),
      .library(name: "MatchingEngine", targets: ["MatchingEngine"]),
    ] : [],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0")
  ]
    // The one library a module needs by itself.
    + (slice == nil || slice == "Accounts"
      ? [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.0")] : [])
    + (slice == nil
      ? [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        // Without its traits: our file is read with its lines, and flags by ArgumentParser.
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.30.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.20.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
      ] : []),
  targets: targets
)
